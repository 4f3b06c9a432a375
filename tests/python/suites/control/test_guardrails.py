"""Guardrails from create to delete: the draft, its versions, and what may not be deleted."""

import pytest

from support.errors import invalid, refused

MESSAGES = {"blockedInputMessaging": "Not that.", "blockedOutputsMessaging": "Not this."}


def words(*texts: str) -> dict:
    return {"wordPolicyConfig": {"wordsConfig": [{"text": text} for text in texts]}}


@pytest.fixture
def guardrail(control):
    """A guardrail that is gone after the test."""
    made = control.create_guardrail(name="granite", **MESSAGES, **words("granite"))
    yield made["guardrailId"]
    try:
        control.delete_guardrail(guardrailIdentifier=made["guardrailId"])
    except control.exceptions.ResourceNotFoundException:
        pass


def test_from_create_to_delete(control, guardrail):
    draft = control.get_guardrail(guardrailIdentifier=guardrail)
    assert (draft["version"], draft["status"], draft["name"]) == ("DRAFT", "READY", "granite")
    assert draft["wordPolicy"] == {"words": [{"text": "granite"}]}
    assert draft["createdAt"] == draft["updatedAt"]

    updated = control.update_guardrail(
        guardrailIdentifier=draft["guardrailArn"], name="basalt", **MESSAGES, **words("basalt")
    )
    assert (updated["guardrailId"], updated["version"]) == (guardrail, "DRAFT")
    again = control.get_guardrail(guardrailIdentifier=guardrail)
    assert (again["name"], again["updatedAt"]) == ("basalt", updated["updatedAt"])
    assert again["updatedAt"] > again["createdAt"]

    control.delete_guardrail(guardrailIdentifier=guardrail)
    with refused("ResourceNotFoundException", 404):
        control.get_guardrail(guardrailIdentifier=guardrail)


def test_versions_are_snapshots(control, guardrail):
    first = control.create_guardrail_version(guardrailIdentifier=guardrail, description="The first")
    control.update_guardrail(guardrailIdentifier=guardrail, name="granite", **MESSAGES, **words("basalt"))
    second = control.create_guardrail_version(guardrailIdentifier=guardrail)
    assert (first["version"], second["version"]) == ("1", "2")
    seen = control.get_guardrail(guardrailIdentifier=guardrail, guardrailVersion="1")
    assert (seen["description"], seen["wordPolicy"]["words"][0]["text"]) == ("The first", "granite")
    seen = control.get_guardrail(guardrailIdentifier=guardrail, guardrailVersion="2")
    assert seen["wordPolicy"]["words"][0]["text"] == "basalt"

    pages = control.get_paginator("list_guardrails").paginate(
        guardrailIdentifier=guardrail, PaginationConfig={"PageSize": 2}
    )
    assert [item["version"] for page in pages for item in page["guardrails"]] == ["DRAFT", "2", "1"]
    control.delete_guardrail(guardrailIdentifier=guardrail, guardrailVersion="1")
    with refused("ResourceNotFoundException", 404):
        control.get_guardrail(guardrailIdentifier=guardrail, guardrailVersion="1")


def test_pages_make_up_the_listing(control):
    names = [f"page-{number}" for number in range(5)]
    made = [control.create_guardrail(name=name, **MESSAGES, **words("rock"))["guardrailId"] for name in names]
    try:
        pages = list(control.get_paginator("list_guardrails").paginate(PaginationConfig={"PageSize": 2}))
        assert all(len(page["guardrails"]) == 2 for page in pages[:-1])
        listed = [item["name"] for page in pages for item in page["guardrails"]]
        assert [name for name in listed if name in names] == names[::-1]
    finally:
        for identifier in made:
            control.delete_guardrail(guardrailIdentifier=identifier)


def test_the_same_token_makes_one(control):
    request = {"name": "once", "clientRequestToken": "once-1", **MESSAGES, **words("rock")}
    first = control.create_guardrail(**request)
    assert control.create_guardrail(**request)["guardrailId"] == first["guardrailId"]
    with refused("ConflictException", 400):
        control.create_guardrail(**{**request, "description": "another"})
    control.delete_guardrail(guardrailIdentifier=first["guardrailId"])


def test_what_the_service_refuses(control, guardrail):
    with invalid("Guardrail must have at least one policy"):
        control.create_guardrail(name="empty", **MESSAGES)
    with refused("ConflictException", 400):
        control.create_guardrail(name="granite", **MESSAGES, **words("rock"))
    attack = {"filtersConfig": [{"type": "PROMPT_ATTACK", "inputStrength": "HIGH", "outputStrength": "HIGH"}]}
    with invalid("PROMPT ATTACK content filter strength for response must be NONE"):
        control.create_guardrail(name="attack", contentPolicyConfig=attack, **MESSAGES)


def test_an_enforced_guardrail_stays(control, guardrail):
    version = control.create_guardrail_version(guardrailIdentifier=guardrail)["version"]
    made = control.put_enforced_guardrail_configuration(
        guardrailInferenceConfig={"guardrailIdentifier": guardrail, "guardrailVersion": version}
    )
    listed = control.get_paginator("list_enforced_guardrails_configuration").paginate().build_full_result()
    assert [(item["configId"], item["guardrailId"]) for item in listed["guardrailsConfig"]] == [
        (made["configId"], guardrail)
    ]
    with refused("ConflictException", 400):
        control.delete_guardrail(guardrailIdentifier=guardrail, guardrailVersion=version)
    control.delete_enforced_guardrail_configuration(configId=made["configId"])
    assert control.list_enforced_guardrails_configuration()["guardrailsConfig"] == []
    control.delete_guardrail(guardrailIdentifier=guardrail, guardrailVersion=version)


def test_a_resource_policy(control, guardrail):
    arn = control.get_guardrail(guardrailIdentifier=guardrail)["guardrailArn"]
    statement = '{"Effect":"Allow","Principal":{"AWS":"210987654321"},"Action":"bedrock:ApplyGuardrail","Resource":"*"}'
    policy = f'{{"Version":"2012-10-17","Statement":[{statement}]}}'
    with refused("ResourceNotFoundException", 404):
        control.get_resource_policy(resourceArn=arn)
    assert control.put_resource_policy(resourceArn=arn, resourcePolicy=policy)["resourceArn"] == arn
    assert control.get_resource_policy(resourceArn=arn)["resourcePolicy"] == policy
    control.delete_resource_policy(resourceArn=arn)
    with refused("ResourceNotFoundException", 404):
        control.delete_resource_policy(resourceArn=arn)
