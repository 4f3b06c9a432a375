"""AnthropicBedrock: errors have their types, and say what the service says."""

import pytest
from anthropic import APIStatusError, BadRequestError, NotFoundError

from support import models

REQUEST = {"model": models.SONNET, "max_tokens": 500, "messages": [{"role": "user", "content": "Hello"}]}


def stream(claude, **request):
    with claude.messages.stream(**request) as events:
        return list(events)


def create(claude, **request):
    return claude.messages.create(**request)


@pytest.fixture(params=[create, stream], ids=["whole", "streamed"])
def call(request, claude):
    return lambda **rest: request.param(claude, **REQUEST | rest)


def check(raised, status: int, message: str) -> None:
    error = raised.value
    assert isinstance(error, APIStatusError)
    assert error.status_code == status
    assert error.body["message"] == message
    assert error.response.headers["x-amzn-requestid"]


def test_an_unknown_model(call):
    with pytest.raises(BadRequestError) as raised:
        call(model=models.UNKNOWN)
    check(raised, 400, "The provided model identifier is invalid.")


def test_a_model_at_its_end_of_life(call):
    with pytest.raises(NotFoundError) as raised:
        call(model=models.RETIRED)
    text = "This model version has reached the end of its life. Please refer to the AWS documentation for more details."
    check(raised, 404, text)


def test_more_tokens_than_the_model_gives(call):
    with pytest.raises(BadRequestError) as raised:
        call(max_tokens=64_001, timeout=10)
    text = (
        "max_tokens: 64001 > 64000, which is the maximum allowed number of output tokens for claude-sonnet-4-5-20250929"
    )
    check(raised, 400, text)


def test_a_broken_conversation(call):
    messages = [{"role": "user", "content": ""}, {"role": "user", "content": "Hello"}]
    with pytest.raises(BadRequestError) as raised:
        call(messages=messages)
    assert raised.value.body["message"].startswith("messages")


def test_a_missing_tool_result(call):
    use = {"type": "tool_use", "id": "toolu_1", "name": "get_weather", "input": {}}
    messages = [
        {"role": "user", "content": "Hello"},
        {"role": "assistant", "content": [use]},
        {"role": "user", "content": "Well?"},
    ]
    tool = {"name": "get_weather", "input_schema": {"type": "object"}}
    with pytest.raises(BadRequestError) as raised:
        call(messages=messages, tools=[tool])
    check(
        raised,
        400,
        "messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: toolu_1. Each "
        "`tool_use` block must have a corresponding `tool_result` block in the next message.",
    )


def test_a_changed_thought(claude):
    thinking = {"type": "enabled", "budget_tokens": 1024}
    request = REQUEST | {"max_tokens": 2048, "thinking": thinking}
    content = [block.to_dict() for block in claude.messages.create(**request).content]
    content[0]["thinking"] += " Or so."
    turns = [*REQUEST["messages"], {"role": "assistant", "content": content}, {"role": "user", "content": "And now?"}]
    with pytest.raises(BadRequestError) as raised:
        claude.messages.create(**request | {"messages": turns})
    assert "signature" in raised.value.body["message"]
