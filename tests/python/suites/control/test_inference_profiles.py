"""ListInferenceProfiles with its pages, and GetInferenceProfile."""

import pytest

from support import clients, models
from support.errors import invalid, refused
from support.offline import ACCOUNT
from support.parts import text_of, user


@pytest.fixture(scope="module")
def everything(control) -> list[dict]:
    return control.list_inference_profiles(maxResults=1000)["inferenceProfileSummaries"]


def ids(profiles: list[dict]) -> list[str]:
    return [profile["inferenceProfileId"] for profile in profiles]


def test_the_listing_is_complete(everything):
    assert len(everything) > 20
    assert {profile_id.split(".")[0] for profile_id in ids(everything)} == {"us", "global"}
    assert models.SONNET in ids(everything)
    for profile in everything:
        arn = f"arn:aws:bedrock:us-east-1:{ACCOUNT}:inference-profile/{profile['inferenceProfileId']}"
        assert profile["inferenceProfileArn"] == arn
        assert (profile["status"], profile["type"]) == ("ACTIVE", "SYSTEM_DEFINED")
        assert profile["models"] and profile["inferenceProfileName"] and profile["description"]
        assert profile["createdAt"].tzinfo is not None


def test_pages_make_up_the_listing(control, everything):
    paginator = control.get_paginator("list_inference_profiles")
    pages = list(paginator.paginate(PaginationConfig={"PageSize": 7}))
    assert all(len(page["inferenceProfileSummaries"]) == 7 for page in pages[:-1])
    assert "nextToken" not in pages[-1]
    assert ids([profile for page in pages for profile in page["inferenceProfileSummaries"]]) == ids(everything)


def test_types(control, everything):
    system = control.list_inference_profiles(maxResults=1000, typeEquals="SYSTEM_DEFINED")
    assert ids(system["inferenceProfileSummaries"]) == ids(everything)
    own = control.list_inference_profiles(maxResults=1000, typeEquals="APPLICATION")
    assert {profile["type"] for profile in own["inferenceProfileSummaries"]} <= {"APPLICATION"}


def test_a_profile_by_id_and_by_arn(control, everything):
    listed = next(profile for profile in everything if profile["inferenceProfileId"] == models.SONNET)
    for identifier in (models.SONNET, listed["inferenceProfileArn"]):
        found = control.get_inference_profile(inferenceProfileIdentifier=identifier)
        found.pop("ResponseMetadata")
        assert found == listed
    assert all(model["modelArn"].endswith(models.SONNET_MODEL) for model in listed["models"])


def test_every_listed_profile_can_be_used(runtime, control, everything):
    asked = 0
    for profile in everything:
        model_id = profile["models"][0]["modelArn"].rsplit("/", 1)[1]
        model = control.get_foundation_model(modelIdentifier=model_id)["modelDetails"]
        # Pegasus reads a video with every prompt, which Converse cannot send it.
        if "TEXT" in model["outputModalities"] and model["providerName"] != "TwelveLabs":
            answer = runtime.converse(modelId=profile["inferenceProfileId"], messages=[user("Hello there")])
            assert "Hello there" in text_of(answer), model_id
            asked += 1
    assert asked > 15


def test_an_unknown_profile(control):
    with refused("ResourceNotFoundException", 404):
        control.get_inference_profile(inferenceProfileIdentifier="us.acme.chat-v1:0")


def test_profiles_of_other_geographies_are_not_there(server):
    european = clients.boto("bedrock", server.url, region="eu-central-1")
    found = ids(european.list_inference_profiles(maxResults=1000)["inferenceProfileSummaries"])
    assert {profile_id.split(".")[0] for profile_id in found} == {"eu", "global"}


@pytest.mark.parametrize("request_", [{"maxResults": 0}, {"maxResults": 1001}, {"nextToken": "made up"}])
def test_broken_pages_are_refused(server, request_):
    unchecked = clients.boto("bedrock", server.url, parameter_validation=False)
    with invalid():
        unchecked.list_inference_profiles(**request_)
