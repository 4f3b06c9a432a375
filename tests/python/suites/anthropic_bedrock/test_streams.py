"""AnthropicBedrock: streams."""

from support.parts import WEATHER, schema_of

TOOL = {"name": "get_weather", "description": "The weather of a city.", "input_schema": schema_of(WEATHER)}


def check(claude, prompt: str, **rest):
    """Streams a message, and requires that it is the one that comes whole. Gives it, and its events."""
    with claude.stream(prompt, **rest) as stream:
        events = list(stream)
        message = stream.get_final_message()
    whole = claude.create(prompt, **rest)
    assert [block.to_dict() for block in message.content] == [block.to_dict() for block in whole.content]
    assert message.stop_reason == whole.stop_reason
    assert message.usage.input_tokens == whole.usage.input_tokens
    assert message.usage.output_tokens == whole.usage.output_tokens
    return message, events


def test_text(claude):
    message, events = check(claude, "Tell me about marble.")
    texts = [event.text for event in events if event.type == "text"]
    assert len(texts) > 3
    assert "".join(texts) == message.content[0].text
    assert message.stop_reason == "end_turn"


def test_raw_events(claude):
    kinds = [event.type for event in claude.create("Hello", stream=True)]
    assert kinds[:2] == ["message_start", "content_block_start"]
    assert kinds[-3:] == ["content_block_stop", "message_delta", "message_stop"]


def test_a_tool_call(claude):
    message, events = check(claude, "Use get_weather for Oslo.", tools=[TOOL])
    assert message.stop_reason == "tool_use"
    assert [event for event in events if event.type == "input_json"]
    assert message.content[-1].input["unit"] in ("celsius", "fahrenheit")


def test_thinking(claude):
    message, events = check(claude, "Hello", thinking=claude.generation.thinking)
    kinds = [event.type for event in events]
    assert "thinking" in kinds
    assert kinds.count("signature") == 1
    assert [block.type for block in message.content] == ["thinking", "text"]


def test_stop_sequences(claude):
    message, _ = check(claude, "one two three", stop_sequences=["three"])
    assert (message.stop_reason, message.stop_sequence) == ("stop_sequence", "three")
