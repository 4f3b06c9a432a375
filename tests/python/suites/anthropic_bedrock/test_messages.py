"""AnthropicBedrock: whole messages."""

import json

import jsonschema
import pytest

from support import clients, media, models
from support.offline import ACCOUNT
from support.parts import WEATHER, encoded, schema_of, unique

TOOL = {"name": "get_weather", "description": "The weather of a city.", "input_schema": schema_of(WEATHER)}


def create(claude, *messages, model=models.SONNET, max_tokens=500, **rest):
    turns = [{"role": ("user", "assistant")[turn % 2], "content": content} for turn, content in enumerate(messages)]
    return claude.messages.create(model=model, max_tokens=max_tokens, messages=turns, **rest)


def test_a_message(claude):
    message = create(claude, "Tell me about marble.", system="You are a geologist.", temperature=0.3)
    assert message.type == "message" and message.role == "assistant"
    assert message.stop_reason == "end_turn" and message.stop_sequence is None
    assert "marble" in message.content[0].text
    assert message.usage.input_tokens > 0 and message.usage.output_tokens > 0


def test_turns(claude):
    first = create(claude, "Name a rock.")
    second = create(claude, "Name a rock.", first.content, "And another?")
    assert "And another?" in second.content[0].text
    assert second.usage.input_tokens > first.usage.input_tokens


@pytest.mark.parametrize(
    "model",
    [
        models.HAIKU_3,
        f"global.{models.SONNET_MODEL}",
        f"arn:aws:bedrock:us-east-1:{ACCOUNT}:inference-profile/{models.SONNET}",
    ],
    ids=["model", "profile", "ARN"],
)
def test_names_with_raw_colons(claude, model):
    assert "Hello" in create(claude, "Hello", model=model).content[0].text


def test_a_tool_makes_a_round_trip(claude):
    prompt = "Use get_weather for Oslo."
    message = create(claude, prompt, tools=[TOOL])
    assert message.stop_reason == "tool_use"
    use = message.content[-1]
    assert use.type == "tool_use" and use.name == "get_weather"
    jsonschema.validate(use.input, TOOL["input_schema"])
    result = {"type": "tool_result", "tool_use_id": use.id, "content": [{"type": "text", "text": "cloudless"}]}
    message = create(claude, prompt, message.content, [result], tools=[TOOL])
    assert message.stop_reason == "end_turn"
    assert "cloudless" in message.content[0].text


def test_a_forced_tool(claude):
    message = create(claude, "Hello", tools=[TOOL], tool_choice={"type": "tool", "name": "get_weather"})
    assert [block.type for block in message.content] == ["tool_use"]


def test_thinking_is_sent_back(claude):
    thinking = {"type": "enabled", "budget_tokens": 1024}
    first = create(claude, "Hello", max_tokens=2048, thinking=thinking)
    assert [block.type for block in first.content] == ["thinking", "text"]
    assert first.content[0].thinking and first.content[0].signature
    second = create(claude, "Hello", first.content, "And now?", max_tokens=2048, thinking=thinking)
    assert "And now?" in second.content[-1].text


def test_images_and_documents(claude):
    def block(kind: str, media_type: str, data: bytes) -> dict:
        return {"type": kind, "source": {"type": "base64", "media_type": media_type, "data": encoded(data)}}

    question = {"type": "text", "text": "What is this?"}
    image = block("image", "image/png", media.png(300, 300))
    document = block("document", "application/pdf", media.pdf())
    plain, seen, read = (create(claude, [*blocks, question]).usage.input_tokens for blocks in ([], [image], [document]))
    assert plain < seen < read


def test_caching(claude):
    system = [
        {"type": "text", "text": unique("The rock cycle. " * 1000), "cache_control": {"type": "ephemeral", "ttl": "1h"}}
    ]
    first = create(claude, "Hello", system=system).usage
    second = create(claude, "Hello", system=system).usage
    assert first.cache_creation.ephemeral_1h_input_tokens == first.cache_creation_input_tokens > 2000
    assert second.cache_read_input_tokens == first.cache_creation_input_tokens


def test_limits_and_stop_sequences(claude):
    assert create(claude, "Hello", max_tokens=1).stop_reason == "max_tokens"
    message = create(claude, "one two three", stop_sequences=["three"])
    assert (message.stop_reason, message.stop_sequence) == ("stop_sequence", "three")


def test_structured_output(claude):
    schema = {
        "type": "object",
        "properties": {"hard": {"type": "boolean"}},
        "required": ["hard"],
        "additionalProperties": False,
    }
    message = create(claude, "Is granite hard?", output_config={"format": {"type": "json_schema", "schema": schema}})
    jsonschema.validate(json.loads(message.content[0].text), schema)


def test_betas_are_taken(claude):
    message = claude.beta.messages.create(
        model=models.SONNET,
        max_tokens=100,
        messages=[{"role": "user", "content": "Hello"}],
        betas=["interleaved-thinking-2025-05-14"],
    )
    assert "Hello" in message.content[0].text


def test_the_address_can_come_from_the_environment(server, monkeypatch):
    from anthropic import AnthropicBedrock

    monkeypatch.setenv("ANTHROPIC_BEDROCK_BASE_URL", server.url)
    with AnthropicBedrock(max_retries=0, timeout=20) as client:
        assert "Hello" in create(client, "Hello").content[0].text


def test_api_keys(server):
    with clients.AnthropicBedrock(
        base_url=server.url, api_key="my-key", aws_region="us-east-1", max_retries=0
    ) as client:
        assert "Hello" in create(client, "Hello").content[0].text
