"""Anthropic's client for Bedrock with the engine behind it."""

import pytest
from jsonschema import validate

from support.claude import EARLIER, NEWEST, Claude

TOOL = {
    "name": "weather",
    "description": "The weather of a city.",
    "input_schema": {
        "type": "object",
        "properties": {"city": {"enum": ["Bonn", "Rome"]}},
        "required": ["city"],
    },
}


@pytest.fixture(name="claude", params=[NEWEST, EARLIER], ids=["newest", "earlier"])
def asking(request, anthropic) -> Claude:
    return Claude(anthropic, request.param)


def test_a_message(claude):
    message = claude.create("Hello", max_tokens=20)
    assert message.content[0].text
    assert message.stop_reason in ("end_turn", "max_tokens")
    assert 0 < message.usage.output_tokens <= 20


def test_a_stream(claude):
    with claude.stream("Hello", max_tokens=20) as stream:
        text = "".join(stream.text_stream)
        message = stream.get_final_message()
    assert message.content[0].text == text
    assert 0 < message.usage.output_tokens <= 20


@pytest.mark.parametrize("choice", [{"type": "any"}, {"type": "tool", "name": "weather"}], ids=["any", "tool"])
def test_a_loop_ends(claude, choice):
    tools = {"tools": [TOOL], "max_tokens": 4000}
    first = claude.create("Hello", tool_choice=choice, **tools)
    assert first.stop_reason == "tool_use"
    results = []
    for use in first.content:
        assert (use.type, use.name) == ("tool_use", TOOL["name"])
        validate(use.input, TOOL["input_schema"])
        results.append({"type": "tool_result", "tool_use_id": use.id, "content": "20 degrees"})
    content = [block.model_dump(exclude_none=True) for block in first.content]
    second = claude.create("Hello", content, results, **tools)
    assert {block.type for block in second.content} == {"text"}


def test_a_tool_call_in_pieces(claude):
    with claude.stream("Hello", tools=[TOOL], tool_choice={"type": "any"}, max_tokens=4000) as stream:
        pieces = [event.partial_json for event in stream if event.type == "input_json"]
        message = stream.get_final_message()
    assert len(pieces) > 1
    for use in message.content:
        validate(use.input, TOOL["input_schema"])
