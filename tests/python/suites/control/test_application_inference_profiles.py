"""Inference profiles of an application's own, from creation to deletion, with tags, pages and inference."""

import pytest

from support import models
from support.errors import invalid, refused
from support.offline import ACCOUNT
from support.parts import text_of, user

MODEL_ARN = f"arn:aws:bedrock:us-east-1::foundation-model/{models.NOVA_LITE}"
PROFILE_ARN = f"arn:aws:bedrock:us-east-1:{ACCOUNT}:inference-profile/{models.SONNET}"


@pytest.fixture
def create(control):
    """Makes profiles, and deletes them at the end."""
    made = []

    def create(source: str, name: str, **members) -> str:
        answer = control.create_inference_profile(
            inferenceProfileName=name, modelSource={"copyFrom": source}, **members
        )
        assert answer["status"] == "ACTIVE"
        made.append(answer["inferenceProfileArn"])
        return made[-1]

    yield create
    for arn in made:
        control.delete_inference_profile(inferenceProfileIdentifier=arn)


def test_from_creation_to_deletion(control):
    arn = control.create_inference_profile(
        inferenceProfileName="short lived",
        description="Gone soon",
        modelSource={"copyFrom": MODEL_ARN},
        tags=[{"key": "team", "value": "red"}],
    )["inferenceProfileArn"]
    assert arn.startswith(f"arn:aws:bedrock:us-east-1:{ACCOUNT}:application-inference-profile/")
    profile_id = arn.rsplit("/", 1)[1]
    for identifier in (arn, profile_id):
        found = control.get_inference_profile(inferenceProfileIdentifier=identifier)
        assert found["inferenceProfileArn"] == arn
        assert (found["type"], found["status"]) == ("APPLICATION", "ACTIVE")
        assert (found["inferenceProfileName"], found["description"]) == ("short lived", "Gone soon")
        assert found["models"] == [{"modelArn": MODEL_ARN}]
    assert control.list_tags_for_resource(resourceARN=arn)["tags"] == [{"key": "team", "value": "red"}]
    control.delete_inference_profile(inferenceProfileIdentifier=profile_id)
    with refused("ResourceNotFoundException", 404, "Inference profile not found"):
        control.get_inference_profile(inferenceProfileIdentifier=arn)


def test_pages_have_each_once(control, create):
    made = {create(MODEL_ARN, f"page {number}") for number in range(5)}
    paginator = control.get_paginator("list_inference_profiles")
    pages = paginator.paginate(typeEquals="APPLICATION", PaginationConfig={"PageSize": 2})
    listed = [profile["inferenceProfileArn"] for page in pages for profile in page["inferenceProfileSummaries"]]
    assert len(listed) == len(set(listed))
    assert made <= set(listed)


@pytest.mark.parametrize("source", [MODEL_ARN, PROFILE_ARN], ids=["model", "profile"])
def test_it_answers_as_its_model_does(runtime, create, source):
    arn = create(source, "asked")
    assert "Hello there" in text_of(runtime.converse(modelId=arn, messages=[user("Hello there")]))


def test_broken_sources_are_refused(control):
    for source in (MODEL_ARN.replace("nova", "none"), MODEL_ARN.replace("us-east-1", "us-west-2")):
        with invalid("copyFrom must be a valid inference profile model source ARN."):
            control.create_inference_profile(inferenceProfileName="no", modelSource={"copyFrom": source})
    with refused("ResourceNotFoundException", 404, "Inference profile not found"):
        control.create_inference_profile(
            inferenceProfileName="no", modelSource={"copyFrom": PROFILE_ARN.replace("us.", "eu.")}
        )


def test_profiles_of_the_system_stay(control):
    with invalid():
        control.delete_inference_profile(inferenceProfileIdentifier=models.SONNET)
