"""ConverseStream: the order of events, and that they come to what Converse answers."""

import json

import pytest

from support import models
from support.events import check_order, collect, fold, kinds
from support.parts import TIME, WEATHER, untyped, user

SCHEMA = json.dumps({"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]})
JSON_FORMAT = {"type": "json_schema", "structure": {"jsonSchema": {"schema": SCHEMA}}}
TOOLS = {"tools": [WEATHER, TIME]}

REQUESTS = {
    "text": {"messages": [user("Tell me about marble.")]},
    "every alphabet": {"messages": [user("Grüße, 世界, שלום 🎂🎂🎂 " * 4)]},
    "system": {"messages": [user("Hello")], "system": [{"text": "You are a geologist."}]},
    "one tool": {"messages": [user("Use get_time.")], "toolConfig": TOOLS},
    "two tools": {"messages": [user("Use get_time and get_weather.")], "toolConfig": TOOLS},
    "reasoning": {
        "messages": [user("Hello")],
        "additionalModelRequestFields": {"thinking": {"type": "enabled", "budget_tokens": 1024}},
        "inferenceConfig": {"maxTokens": 4096},
    },
    "a schema": {"messages": [user("Hello")], "outputConfig": {"textFormat": JSON_FORMAT}},
    "a limit": {"messages": [user("Hello")], "inferenceConfig": {"maxTokens": 3}},
    "a stop sequence": {"messages": [user("one two three")], "inferenceConfig": {"stopSequences": ["three"]}},
}


# What Nova does not do.
CLAUDE_ONLY = ("reasoning", "a schema")
CASES = {f"Claude, {name}": (models.SONNET, request) for name, request in REQUESTS.items()} | {
    f"Nova, {name}": (models.NOVA_LITE, request) for name, request in REQUESTS.items() if name not in CLAUDE_ONLY
}


@pytest.mark.parametrize(("model", "request_"), CASES.values(), ids=CASES)
def test_events_come_to_the_whole_answer(runtime, model, request_):
    events = collect(runtime.converse_stream(modelId=model, **request_))
    check_order(events)
    whole = runtime.converse(modelId=model, **request_)
    folded = fold(events)
    assert untyped(folded["output"]["message"]) == untyped(whole["output"]["message"])
    assert folded["stopReason"] == whole["stopReason"]
    # Whole answers of Claude say how much was cached even if nothing was; streams do not.
    used = {name: value for name, value in whole["usage"].items() if value or not name.startswith("cache")}
    assert folded["usage"] == used


def test_text_comes_in_several_deltas_without_a_start(runtime):
    events = collect(runtime.converse_stream(modelId=models.SONNET, messages=[user("Tell me about marble.")]))
    assert kinds(events).count("contentBlockDelta") > 3
    assert "contentBlockStart" not in kinds(events)
    assert all(event["contentBlockDelta"]["delta"]["text"] for event in events if "contentBlockDelta" in event)


def test_tool_calls_start_with_their_name_and_id(runtime):
    events = collect(runtime.converse_stream(modelId=models.SONNET, messages=[user("Use get_time.")], toolConfig=TOOLS))
    (start,) = [event["contentBlockStart"] for event in events if "contentBlockStart" in event]
    assert start["start"]["toolUse"]["name"] == "get_time"
    assert start["start"]["toolUse"]["toolUseId"].startswith("tooluse_")
    deltas = [event["contentBlockDelta"] for event in events if "contentBlockDelta" in event]
    parts = [delta["delta"]["toolUse"]["input"] for delta in deltas if "toolUse" in delta["delta"]]
    assert isinstance(json.loads("".join(parts)), dict)


def test_the_end_tells_usage_and_latency(runtime):
    events = collect(runtime.converse_stream(modelId=models.SONNET, messages=[user("Hello")]))
    assert events[0] == {"messageStart": {"role": "assistant"}}
    metadata = events[-1]["metadata"]
    assert metadata["metrics"]["latencyMs"] >= 0
    usage = metadata["usage"]
    assert usage["totalTokens"] == usage["inputTokens"] + usage["outputTokens"]


def test_streams_that_are_not_read_to_the_end_do_no_harm(runtime):
    for _ in range(20):
        response = runtime.converse_stream(modelId=models.SONNET, messages=[user("Hello " * 500)])
        next(iter(response["stream"]))
        response["stream"].close()
    assert runtime.converse(modelId=models.SONNET, messages=[user("Hello")])["stopReason"] == "end_turn"
