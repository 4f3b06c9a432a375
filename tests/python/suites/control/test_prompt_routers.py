"""Prompt routers, the service's and one's own, from creation to deletion, with tags, pages and inference."""

import pytest

from support import models
from support.errors import invalid, refused
from support.offline import ACCOUNT
from support.parts import text_of, user

LITE = f"arn:aws:bedrock:us-east-1:{ACCOUNT}:inference-profile/us.amazon.nova-lite-v1:0"
PRO = f"arn:aws:bedrock:us-east-1:{ACCOUNT}:inference-profile/us.amazon.nova-pro-v1:0"
NOVA = f"arn:aws:bedrock:us-east-1:{ACCOUNT}:default-prompt-router/amazon.nova:1"


def request(name: str, **members) -> dict:
    return {
        "promptRouterName": name,
        "models": [{"modelArn": LITE}, {"modelArn": PRO}],
        "fallbackModel": {"modelArn": PRO},
        "routingCriteria": {"responseQualityDifference": 0.1},
    } | members


@pytest.fixture
def create(control):
    """Makes routers, and deletes them at the end."""
    made = []

    def create(name: str, **members) -> str:
        made.append(control.create_prompt_router(**request(name, **members))["promptRouterArn"])
        return made[-1]

    yield create
    for arn in made:
        control.delete_prompt_router(promptRouterArn=arn)


def test_from_creation_to_deletion(control):
    arn = control.create_prompt_router(**request("short lived", description="Gone soon"))["promptRouterArn"]
    found = control.get_prompt_router(promptRouterArn=arn)
    assert (found["type"], found["status"], found["promptRouterArn"]) == ("custom", "AVAILABLE", arn)
    assert (found["promptRouterName"], found["description"]) == ("short lived", "Gone soon")
    assert found["routingCriteria"] == {"responseQualityDifference": 0.1}
    assert (found["models"], found["fallbackModel"]) == ([{"modelArn": LITE}, {"modelArn": PRO}], {"modelArn": PRO})
    control.delete_prompt_router(promptRouterArn=arn)
    for operation in (control.get_prompt_router, control.delete_prompt_router):
        with refused("ResourceNotFoundException", 404):
            operation(promptRouterArn=arn)


def test_the_service_has_its_own(control):
    paginator = control.get_paginator("list_prompt_routers")
    pages = paginator.paginate(PaginationConfig={"PageSize": 1})
    listed = [router for page in pages for router in page["promptRouterSummaries"]]
    assert NOVA in [router["promptRouterArn"] for router in listed]
    for router in listed:
        assert router["type"] == "default"
        found = control.get_prompt_router(promptRouterArn=router["promptRouterArn"])
        found.pop("ResponseMetadata")
        assert found == router
        with invalid():
            control.delete_prompt_router(promptRouterArn=router["promptRouterArn"])


def test_pages_have_each_once(control, create):
    made = {create(f"page {number}") for number in range(5)}
    paginator = control.get_paginator("list_prompt_routers")
    pages = paginator.paginate(type="custom", PaginationConfig={"PageSize": 2})
    listed = [router["promptRouterArn"] for page in pages for router in page["promptRouterSummaries"]]
    assert len(listed) == len(set(listed))
    assert made <= set(listed)


@pytest.mark.parametrize("own", [True, False], ids=["own", "default"])
def test_it_tells_which_model_it_asked(runtime, create, own):
    arn = create("asked") if own else NOVA
    for text, model in [("Hello there", LITE), ("Hello there. " * 100, PRO)]:
        answer = runtime.converse(modelId=arn, messages=[user(text)])
        assert "Hello there" in text_of(answer)
        assert answer["trace"]["promptRouter"] == {"invokedModelId": model}
        events = runtime.converse_stream(modelId=arn, messages=[user(text)])["stream"]
        metadata = [event["metadata"] for event in events if "metadata" in event]
        assert metadata[0]["trace"]["promptRouter"] == {"invokedModelId": model}


def test_names_are_unique(control, create):
    create("taken")
    with refused("ConflictException", 400):
        control.create_prompt_router(**request("taken"))


def test_models_are_of_one_family(control):
    haiku = f"arn:aws:bedrock:us-east-1::foundation-model/{models.HAIKU_3}"
    for others in ([{"modelArn": haiku}], [{"modelArn": PRO}], []):
        with invalid():
            control.create_prompt_router(**request("refused", models=others))
