"""The headers of every operation, as the service sends them."""

import json
import re

import pytest

from support import models, raw
from support.parts import encoded, user

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
CONVERSE = {"messages": [user("Hello")]}
CLAUDE = {
    "anthropic_version": "bedrock-2023-05-31",
    "max_tokens": 100,
    "messages": [{"role": "user", "content": "Hello"}],
}
COMMON = {"content-type", "date", "connection", "x-amzn-requestid"}
WHOLE = COMMON | {"content-length"}
STREAM = COMMON | {"transfer-encoding"}
COUNTS = {
    "x-amzn-bedrock-invocation-latency",
    "x-amzn-bedrock-input-token-count",
    "x-amzn-bedrock-output-token-count",
}
CACHE_COUNTS = {
    "x-amzn-bedrock-cache-read-input-token-count",
    "x-amzn-bedrock-cache-write-input-token-count",
}

ANSWERS = {
    "Converse": (models.SONNET, "converse", CONVERSE, WHOLE),
    "ConverseStream": (models.SONNET, "converse-stream", CONVERSE, STREAM),
    "InvokeModel": (models.HAIKU_3, "invoke", CLAUDE, WHOLE | COUNTS),
    "InvokeModel with a cache": (models.SONNET, "invoke", CLAUDE, WHOLE | COUNTS | CACHE_COUNTS),
    "InvokeModel for embeddings": (
        models.TITAN_EMBED,
        "invoke",
        {"inputText": "Hello"},
        WHOLE | COUNTS - {"x-amzn-bedrock-output-token-count"},
    ),
    "InvokeModelWithResponseStream": (
        models.SONNET,
        "invoke-with-response-stream",
        CLAUDE,
        STREAM | {"x-amzn-bedrock-content-type"},
    ),
    "CountTokens": (
        models.SONNET_MODEL,
        "count-tokens",
        {"input": {"invokeModel": {"body": encoded(json.dumps(CLAUDE).encode())}}},
        WHOLE,
    ),
}


@pytest.mark.parametrize(("model", "operation", "body", "expected"), ANSWERS.values(), ids=ANSWERS)
def test_answers_have_exactly_these(server, model, operation, body, expected):
    answer = raw.post(server, model, operation, body)
    assert answer.status == 200, answer.body
    assert set(answer.headers) == expected
    assert UUID.fullmatch(answer.headers["x-amzn-requestid"])
    stream = "transfer-encoding" in expected
    assert answer.headers["content-type"] == ("application/vnd.amazon.eventstream" if stream else "application/json")


@pytest.mark.parametrize("operation", ["converse", "converse-stream", "invoke", "invoke-with-response-stream"])
def test_errors_have_their_type(server, operation):
    answer = raw.post(server, models.UNKNOWN, operation, CONVERSE)
    assert answer.status == 400
    assert set(answer.headers) == WHOLE | {"x-amzn-errortype"}
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-amzn-errortype"] == (
        "ValidationException:http://internal.amazon.com/coral/com.amazon.bedrock/"
    )
    text = "The provided model identifier is invalid."
    assert answer.json() == {"__type": "ValidationException", "message": text}


@pytest.mark.parametrize("path", ["/foundation-models", f"/foundation-models/{models.HAIKU_3}", "/inference-profiles"])
def test_the_control_plane_has_the_common_ones(server, path):
    answer = raw.send(server, "GET", path)
    assert answer.status == 200
    assert set(answer.headers) == WHOLE


def test_request_ids_differ(server):
    found = {raw.post(server, models.SONNET, "converse", CONVERSE).headers["x-amzn-requestid"] for _ in range(5)}
    assert len(found) == 5


def test_clients_read_the_request_id(runtime):
    metadata = runtime.converse(modelId=models.SONNET, **CONVERSE)["ResponseMetadata"]
    assert UUID.fullmatch(metadata["RequestId"])
