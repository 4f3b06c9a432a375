"""All the ways to name a model, and to write its name into a path."""

import pytest

from support import models, raw
from support.offline import ACCOUNT
from support.parts import text_of, user

PROFILE_ARN = f"arn:aws:bedrock:us-east-1:{ACCOUNT}:inference-profile/{models.SONNET}"
MODEL_ARN = f"arn:aws:bedrock:us-east-1::foundation-model/{models.HAIKU_3}"


@pytest.mark.parametrize(
    "model",
    [models.HAIKU_3, models.SONNET, f"global.{models.SONNET_MODEL}", MODEL_ARN, PROFILE_ARN],
    ids=["model", "profile", "global profile", "model's ARN", "profile's ARN"],
)
def test_every_kind_of_name(runtime, model):
    assert "Hello" in text_of(runtime.converse(modelId=model, messages=[user("Hello")]))
    events = list(runtime.converse_stream(modelId=model, messages=[user("Hello")])["stream"])
    assert "metadata" in events[-1]


@pytest.mark.parametrize(
    "path",
    [
        f"/model/{models.HAIKU_3}/converse",
        f"/model/{models.HAIKU_3.replace(':', '%3A')}/converse",
        f"/model/{models.HAIKU_3.replace(':', '%3a')}/converse",
        f"/model/{MODEL_ARN}/converse",
        f"/model/{PROFILE_ARN}/converse",
        f"/model/{PROFILE_ARN.replace('/', '%2F')}/converse",
        f"/v1/model/{models.HAIKU_3}/converse",
    ],
    ids=["raw", "escaped", "lower case", "raw ARN", "raw ARN of a profile", "half escaped ARN", "base path"],
)
def test_every_way_to_write_it(server, path):
    answer = raw.send(server, "POST", path, {"messages": [user("Hello")]})
    assert answer.status == 200, answer.body
    assert answer.json()["stopReason"] == "end_turn"


@pytest.mark.parametrize(
    "headers",
    [{"content-type": "application/json; charset=utf-8"}, {"accept": "text/plain"}, {"content-type": ""}],
    ids=["charset", "accept", "empty content type"],
)
def test_headers_are_not_held_against_a_request(server, headers):
    answer = raw.send(server, "POST", f"/model/{models.HAIKU_3}/converse", {"messages": [user("Hello")]}, **headers)
    assert answer.status == 200, answer.body


def test_unknown_members_are_passed_over(server):
    body = {"messages": [user("Hello")], "futureConfig": {"a": 1}}
    body["messages"][0]["future"] = True
    assert raw.post(server, models.HAIKU_3, "converse", body).status == 200


def test_unknown_paths_and_methods(server):
    answer = raw.send(server, "POST", "/no-such-path", {})
    assert answer.status == 404
    assert answer.headers["x-amzn-errortype"].startswith("UnknownOperationException:")
    assert raw.send(server, "GET", f"/model/{models.HAIKU_3}/converse").status in (404, 405)
