"""What holds for every kind of resource that callers make: listings, tags, tokens, names, deletion, and whose it is."""

import datetime
import itertools

import pytest
from botocore.exceptions import ClientError

from support import clients
from support.errors import invalid, refused
from support.resources import KINDS

ELSEWHERE = [("999999999999", "us-east-1"), ("123456789012", "us-west-2")]
NAMES = (f"every-{number}" for number in itertools.count())


def kinds(condition=lambda kind: True):
    return pytest.mark.parametrize("kind", filter(condition, KINDS), ids=str)


@pytest.fixture(scope="module")
def server(start_server):
    """A server of this module's own, so that what it lists is known."""
    return start_server()


@pytest.fixture(scope="module")
def control(server):
    return clients.boto("bedrock", server.url)


@pytest.fixture(scope="module")
def of(control):
    """Five of a kind, made once, oldest first. Their names begin as the kind's does."""
    made = {}

    def of(kind) -> list[str]:
        if kind not in made:
            start = kind.name.replace(" ", "-").lower()
            made[kind] = [kind.create(control, f"{start}-{number}") for number in range(5)]
        return made[kind]

    return of


def tags(control, arn: str) -> dict[str, str]:
    return {tag["key"]: tag["value"] for tag in control.list_tags_for_resource(resourceARN=arn)["tags"]}


@kinds()
def test_pages_have_each_once(control, of, kind):
    made = of(kind)
    for size in (1, 2, 5, 1000):
        pages = kind.pages(control, size)
        assert all(len(page) <= size for page in pages)
        found = [arn for page in pages for arn in page]
        assert len(set(found)) == len(found) and set(made) <= set(found)
        # Newest first where nothing is said.
        assert [arn for arn in found if arn in made] == made[::-1]


@kinds(lambda kind: kind.sorted)
def test_orders(control, of, kind):
    made = of(kind)
    for order, expected in (("Ascending", made), ("Descending", made[::-1])):
        pages = kind.pages(control, 2, sortBy="CreationTime", sortOrder=order)
        assert [arn for page in pages for arn in page if arn in made] == expected


@kinds(lambda kind: kind.filters)
def test_filters(control, of, kind):
    made = of(kind)
    name, after, before = kind.filters
    start = kind.name.replace(" ", "-")
    assert kind.page(control, **{name: f"{start}-3"}) == ([made[3]], None)
    if kind.name != "evaluation job":  # whose names have small letters only
        assert kind.page(control, **{name: f"{start}-3".upper()}) == ([made[3]], None)
    assert kind.page(control, **{name: "no-such-part"}) == ([], None)
    long_ago = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    far_off = datetime.datetime(2200, 1, 1, tzinfo=datetime.UTC)
    assert kind.page(control, **{after: far_off}) == ([], None)
    assert kind.page(control, **{before: long_ago}) == ([], None)
    found, _ = kind.page(control, **{after: long_ago, before: far_off, name: start})
    assert found == made[::-1]


@kinds()
def test_tokens_are_of_one_listing(control, of, kind):
    of(kind)
    _, token = kind.page(control, maxResults=2)
    assert token
    other = next(other for other in KINDS if other is not kind)
    of(other)
    _, theirs = other.page(control, maxResults=2)
    for wrong in (theirs, "garbage", "Z2FyYmFnZQ==", token[:-4], "x" * 2048):
        with invalid():
            kind.page(control, nextToken=wrong)
    if kind.filters:
        with invalid():
            kind.page(control, nextToken=token, **{kind.filters[0]: "other"})
    if kind.sorted:
        with invalid():
            kind.page(control, nextToken=token, sortOrder="Ascending")


@kinds()
def test_the_size_of_a_page_is_bounded(server, kind):
    unchecked = clients.boto("bedrock", server.url, parameter_validation=False)
    for size in (0, -1, 1001):
        with invalid():
            kind.page(unchecked, maxResults=size)


@kinds(lambda kind: kind.tags)
def test_tags(control, kind):
    given = [{"key": "team", "value": "red"}, {"key": "stage", "value": ""}]
    arn = kind.create(control, next(NAMES), **{kind.tags: given})
    assert tags(control, arn) == {"team": "red", "stage": ""}
    control.tag_resource(resourceARN=arn, tags=[{"key": "team", "value": "blue"}, {"key": "new", "value": "1"}])
    assert tags(control, arn) == {"team": "blue", "stage": "", "new": "1"}
    control.untag_resource(resourceARN=arn, tagKeys=["stage", "never there"])
    assert tags(control, arn) == {"team": "blue", "new": "1"}
    many = [{"key": f"k{number}", "value": "v"} for number in range(49)]
    with refused("TooManyTagsException", 400):
        control.tag_resource(resourceARN=arn, tags=many)
    for wrong in ([{"key": "aws:team", "value": "red"}], [{"key": "a", "value": "1"}, {"key": "a", "value": "2"}]):
        with invalid():
            control.tag_resource(resourceARN=arn, tags=wrong)
        with invalid():
            kind.create(control, next(NAMES), **{kind.tags: wrong})
    assert tags(control, arn) == {"team": "blue", "new": "1"}
    control.tag_resource(resourceARN=arn, tags=many[:48])
    assert len(tags(control, arn)) == 50


@kinds(lambda kind: kind.tags)
def test_too_many_tags_make_nothing(control, kind):
    name = next(NAMES)
    many = [{"key": f"k{number}", "value": "v"} for number in range(51)]
    # The operations that do not declare it say that the request is invalid.
    with pytest.raises(ClientError) as raised:
        kind.create(control, name, **{kind.tags: many})
    assert raised.value.response["Error"]["Code"] in ("TooManyTagsException", "ValidationException")
    kind.create(control, name, **{kind.tags: many[:50]})


@kinds(lambda kind: kind.token)
def test_a_token_makes_one(control, kind):
    name, token = next(NAMES), {kind.token: f"token-of-{kind.name.replace(' ', '-')}"}
    arn = kind.create(control, name, **token)
    assert kind.create(control, name, **token) == arn
    with pytest.raises(ClientError) as raised:
        kind.create(control, next(NAMES), **token)
    # Where a creation does not declare ConflictException.
    assert raised.value.response["Error"]["Code"] in ("ConflictException", "ValidationException")
    assert "oken" in raised.value.response["Error"]["Message"]


@kinds(lambda kind: kind.own_name)
def test_a_name_is_taken_once(control, kind):
    name = next(NAMES)
    arn = kind.create(control, name)
    with pytest.raises(ClientError) as raised:
        kind.create(control, name)
    assert raised.value.response["Error"]["Code"] in ("ConflictException", "ValidationException")
    assert "in use" in raised.value.response["Error"]["Message"]
    if kind.delete and "model" not in kind.name.split()[-1]:
        kind.remove(control, arn)
        kind.create(control, name)


@kinds(lambda kind: kind.delete)
def test_what_is_deleted_is_gone(control, kind):
    arn = kind.create(control, next(NAMES))
    kind.read(control, arn)
    kind.remove(control, arn)
    with refused("ResourceNotFoundException", 404):
        kind.read(control, arn)
    assert all(arn not in page for page in kind.pages(control, 1000))
    if kind.tags:
        with refused("ResourceNotFoundException", 404):
            control.list_tags_for_resource(resourceARN=arn)
        with refused("ResourceNotFoundException", 404):
            control.tag_resource(resourceARN=arn, tags=[{"key": "a", "value": "1"}])
    if kind.name == "Automated Reasoning policy":
        kind.remove(control, arn)
    else:
        with refused("ResourceNotFoundException", 404):
            kind.remove(control, arn)


@pytest.mark.parametrize(("account", "region"), ELSEWHERE)
@kinds()
def test_others_do_not_see_it(server, of, kind, account, region):
    arn = of(kind)[0]
    other = clients.boto("bedrock", server.url, region=region, account=account)
    assert kind.page(other) == ([], None)
    with refused("ResourceNotFoundException", 404):
        kind.read(other, arn)
    if kind.delete and kind.name != "Automated Reasoning policy":
        with refused("ResourceNotFoundException", 404):
            kind.remove(other, arn)
    if kind.tags:
        with refused("ResourceNotFoundException", 404):
            other.list_tags_for_resource(resourceARN=arn)
        with refused("ResourceNotFoundException", 404):
            other.untag_resource(resourceARN=arn, tagKeys=["a"])
