"""InvokeModelWithResponseStream with Anthropic's Messages body: one event of Anthropic's in every chunk."""

import json

import pytest

from support import models
from support.parts import TIME, schema_of

METRICS = "amazon-bedrock-invocationMetrics"
TOOL = {"name": "get_time", "description": "The time of day.", "input_schema": schema_of(TIME)}


def body(prompt: str, **rest) -> str:
    request = {
        "anthropic_version": "bedrock-2023-05-31",
        "max_tokens": 3000,
        "messages": [{"role": "user", "content": prompt}],
    }
    return json.dumps(request | rest)


def stream(runtime, data: str) -> list[dict]:
    response = runtime.invoke_model_with_response_stream(modelId=models.SONNET, body=data)
    assert response["contentType"] == "application/json"
    return [json.loads(event["chunk"]["bytes"]) for event in response["body"]]


def fold(events: list[dict]) -> dict:
    """The message that the events come to, as Anthropic documents it."""
    message = None
    for event in events:
        match event["type"]:
            case "message_start":
                message = event["message"]
            case "content_block_start":
                assert event["index"] == len(message["content"])
                message["content"].append(dict(event["content_block"]))
            case "content_block_delta":
                add(message["content"][event["index"]], event["delta"])
            case "message_delta":
                message |= event["delta"]
                message["usage"] = message["usage"] | event["usage"]
    for block in message["content"]:
        if "json" in block:
            block["input"] = json.loads(block.pop("json") or "{}")
    return message


def add(block: dict, delta: dict) -> None:
    match delta["type"]:
        case "text_delta":
            block["text"] += delta["text"]
        case "thinking_delta":
            block["thinking"] += delta["thinking"]
        case "signature_delta":
            block["signature"] = delta["signature"]
        case "input_json_delta":
            block["json"] = block.get("json", "") + delta["partial_json"]
        case kind:
            raise AssertionError(kind)


def test_events_are_in_order(runtime):
    events = stream(runtime, body("Tell me about marble."))
    kinds = [event["type"] for event in events]
    deltas = kinds.count("content_block_delta")
    assert deltas > 3
    assert kinds == [
        "message_start",
        "content_block_start",
        *["content_block_delta"] * deltas,
        "content_block_stop",
        "message_delta",
        "message_stop",
    ]


def test_the_last_chunk_has_the_metrics(runtime):
    events = stream(runtime, body("Tell me about marble."))
    assert [METRICS in event for event in events] == [False] * (len(events) - 1) + [True]
    metrics, usage = events[-1][METRICS], fold(events)["usage"]
    assert metrics["inputTokenCount"] == usage["input_tokens"]
    assert metrics["outputTokenCount"] == usage["output_tokens"]
    assert 0 <= metrics["firstByteLatency"] <= metrics["invocationLatency"]


@pytest.mark.parametrize(
    "data",
    [
        body("Tell me about marble."),
        body("Use get_time.", tools=[TOOL]),
        body("Hello", thinking={"type": "enabled", "budget_tokens": 1024}),
        body("one two three", stop_sequences=["three"]),
        body("Hello", max_tokens=3),
    ],
    ids=["text", "a tool", "thinking", "a stop sequence", "a limit"],
)
def test_chunks_come_to_the_whole_answer(runtime, data):
    folded = fold(stream(runtime, data))
    whole = json.loads(runtime.invoke_model(modelId=models.SONNET, body=data)["body"].read())
    for member in ("content", "stop_reason", "stop_sequence", "role", "model"):
        assert folded[member] == whole[member], member
    for member in ("input_tokens", "output_tokens"):
        assert folded["usage"][member] == whole["usage"][member]


def test_no_headers_tell_of_tokens(runtime):
    response = runtime.invoke_model_with_response_stream(modelId=models.SONNET, body=body("Hello"))
    found = response["ResponseMetadata"]["HTTPHeaders"]
    assert found["x-amzn-bedrock-content-type"] == "application/json"
    assert not [name for name in found if "count" in name or "latency" in name]
    list(response["body"])
