"""AnthropicBedrock: errors have their types, and say what the service says."""

import pytest
from anthropic import APIStatusError, BadRequestError, NotFoundError

from support import models
from support.claude import EARLIER, NEWEST, Claude


def stream(claude, *contents, **rest):
    with claude.stream(*contents, **rest) as events:
        return list(events)


def create(claude, *contents, **rest):
    return claude.create(*contents, **rest)


@pytest.fixture(params=[create, stream], ids=["whole", "streamed"])
def call(request, claude):
    return lambda *contents, **rest: request.param(claude, *contents, **rest)


def check(raised, status: int, message: str) -> None:
    error = raised.value
    assert isinstance(error, APIStatusError)
    assert error.status_code == status
    assert error.body["message"] == message
    assert error.response.headers["x-amzn-requestid"]


def test_an_unknown_model(call):
    with pytest.raises(BadRequestError) as raised:
        call("Hello", model=models.UNKNOWN)
    check(raised, 400, "The provided model identifier is invalid.")


def test_a_model_at_its_end_of_life(call):
    with pytest.raises(NotFoundError) as raised:
        call("Hello", model=models.RETIRED)
    text = "This model version has reached the end of its life. Please refer to the AWS documentation for more details."
    check(raised, 404, text)


def test_earlier_models_do_not_know_the_newest_version_of_the_api(client):
    with pytest.raises(BadRequestError) as raised:
        Claude(client, NEWEST).create("Hello", model=EARLIER.model)
    check(raised, 400, "Invalid API version: 2026-10-21")


@pytest.mark.parametrize("parameter", ["temperature", "top_p", "top_k"])
def test_the_newest_version_has_no_sampling_parameters(client, parameter):
    with pytest.raises(BadRequestError) as raised:
        Claude(client, NEWEST).create("Hello", extra_body={parameter: 1})
    check(raised, 400, f"{parameter}: Extra inputs are not permitted")


def test_more_tokens_than_the_model_gives(client):
    with pytest.raises(BadRequestError) as raised:
        Claude(client, EARLIER).create("Hello", max_tokens=64_001, timeout=10)
    limit = "64001 > 64000, which is the maximum allowed number of output tokens for claude-sonnet-4-5-20250929"
    check(raised, 400, f"max_tokens: {limit}")


def test_an_empty_text(call):
    with pytest.raises(BadRequestError) as raised:
        call("", "Hello", "Hello")
    assert raised.value.body["message"].startswith("messages")


def test_a_missing_tool_result(call):
    use = {"type": "tool_use", "id": "toolu_1", "name": "get_weather", "input": {}}
    tool = {"name": "get_weather", "input_schema": {"type": "object"}}
    with pytest.raises(BadRequestError) as raised:
        call("Hello", [use], "Well?", tools=[tool])
    check(
        raised,
        400,
        "messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: toolu_1. Each "
        "`tool_use` block must have a corresponding `tool_result` block in the next message.",
    )


def test_a_changed_thought(claude):
    thinking = claude.generation.thinking
    content = [block.to_dict() for block in claude.create("Hello", thinking=thinking).content]
    content[0]["thinking"] += " Or so."
    with pytest.raises(BadRequestError) as raised:
        claude.create("Hello", content, "And now?", thinking=thinking)
    assert "signature" in raised.value.body["message"]
