"""AnthropicBedrock: whole messages."""

import json

import jsonschema
import pytest
from anthropic import AnthropicBedrock

from support import media, models
from support.claude import EARLIER, NEWEST, Claude
from support.offline import ACCOUNT, REGION
from support.parts import WEATHER, encoded, schema_of, unique

TOOL = {"name": "get_weather", "description": "The weather of a city.", "input_schema": schema_of(WEATHER)}


def test_a_message(claude):
    message = claude.create("Tell me about marble.", system="You are a geologist.")
    assert message.type == "message"
    assert message.role == "assistant"
    assert message.stop_reason == "end_turn"
    assert message.stop_sequence is None
    assert "marble" in message.content[0].text
    assert message.usage.input_tokens > 0
    assert message.usage.output_tokens > 0


def test_turns(claude):
    first = claude.create("Name a rock.")
    second = claude.create("Name a rock.", first.content, "And another?")
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
def test_names_with_raw_colons(client, model):
    assert "Hello" in Claude(client, EARLIER).create("Hello", model=model).content[0].text


def test_a_tool_makes_a_round_trip(claude):
    prompt = "Use get_weather for Oslo."
    message = claude.create(prompt, tools=[TOOL])
    assert message.stop_reason == "tool_use"
    use = message.content[-1]
    assert use.type == "tool_use"
    assert use.name == "get_weather"
    jsonschema.validate(use.input, TOOL["input_schema"])
    result = {"type": "tool_result", "tool_use_id": use.id, "content": [{"type": "text", "text": "cloudless"}]}
    message = claude.create(prompt, message.content, [result], tools=[TOOL])
    assert message.stop_reason == "end_turn"
    assert "cloudless" in message.content[0].text


def test_a_forced_tool(claude):
    message = claude.create("Hello", tools=[TOOL], tool_choice={"type": "tool", "name": "get_weather"})
    assert [block.type for block in message.content] == ["tool_use"]


def test_no_tool_if_none_is_wanted(claude):
    message = claude.create("Use get_weather for Oslo.", tools=[TOOL], tool_choice={"type": "none"})
    assert [block.type for block in message.content] == ["text"]


def test_thinking_is_sent_back(claude):
    thinking = claude.generation.thinking
    first = claude.create("Hello", thinking=thinking)
    assert [block.type for block in first.content] == ["thinking", "text"]
    assert first.content[0].thinking
    assert first.content[0].signature
    second = claude.create("Hello", first.content, "And now?", thinking=thinking)
    assert "And now?" in second.content[-1].text


def test_images_and_documents(claude):
    def block(kind: str, media_type: str, data: bytes) -> dict:
        return {"type": kind, "source": {"type": "base64", "media_type": media_type, "data": encoded(data)}}

    question = {"type": "text", "text": "What is this?"}
    image = block("image", "image/png", media.png(300, 300))
    document = block("document", "application/pdf", media.pdf())
    plain, seen, read = (claude.create([*blocks, question]).usage.input_tokens for blocks in ([], [image], [document]))
    assert plain < seen < read


def test_caching(claude):
    text = unique("The rock cycle. " * 1500)
    system = [{"type": "text", "text": text, "cache_control": {"type": "ephemeral", "ttl": "1h"}}]
    first = claude.create("Hello", system=system).usage
    second = claude.create("Hello", system=system).usage
    assert first.cache_creation.ephemeral_1h_input_tokens == first.cache_creation_input_tokens > 4000
    assert second.cache_read_input_tokens == first.cache_creation_input_tokens


def test_limits_and_stop_sequences(claude):
    assert claude.create("Hello", max_tokens=1).stop_reason == "max_tokens"
    message = claude.create("one two three", stop_sequences=["three"])
    assert (message.stop_reason, message.stop_sequence) == ("stop_sequence", "three")


def test_structured_output(claude):
    schema = {
        "type": "object",
        "properties": {"hard": {"type": "boolean"}},
        "required": ["hard"],
        "additionalProperties": False,
    }
    message = claude.create("Is granite hard?", output_config={"format": {"type": "json_schema", "schema": schema}})
    jsonschema.validate(json.loads(message.content[0].text), schema)


def test_betas_are_taken(claude):
    request = claude.request("Hello", betas=["interleaved-thinking-2025-05-14"])
    assert "Hello" in claude.client.beta.messages.create(**request).content[0].text


def test_the_address_can_come_from_the_environment(server, monkeypatch):
    monkeypatch.setenv("ANTHROPIC_BEDROCK_BASE_URL", server.url)
    with AnthropicBedrock(max_retries=0, timeout=20) as client:
        assert "Hello" in Claude(client, NEWEST).create("Hello").content[0].text


def test_api_keys(server):
    with AnthropicBedrock(base_url=server.url, api_key="my-key", aws_region=REGION, max_retries=0) as client:
        assert "Hello" in Claude(client, NEWEST).create("Hello").content[0].text
