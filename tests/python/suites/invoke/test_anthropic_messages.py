"""InvokeModel with Anthropic's Messages body."""

import json

import jsonschema
import pytest

from support import media, models
from support.errors import invalid
from support.parts import WEATHER, encoded, schema_of, unique

TOOL = {"name": "get_weather", "description": "The weather of a city.", "input_schema": schema_of(WEATHER)}


def body(*messages, **rest) -> dict:
    turns = [{"role": ("user", "assistant")[turn % 2], "content": content} for turn, content in enumerate(messages)]
    return {"anthropic_version": "bedrock-2023-05-31", "max_tokens": 500, "messages": turns} | rest


def invoke(runtime, request: dict, model: str = models.SONNET) -> dict:
    response = runtime.invoke_model(modelId=model, body=json.dumps(request))
    assert response["contentType"] == "application/json"
    return json.loads(response["body"].read())


def headers(response: dict) -> dict:
    return response["ResponseMetadata"]["HTTPHeaders"]


def test_the_answer_is_a_message(runtime):
    answer = invoke(runtime, body("Tell me about marble."))
    assert answer["type"] == "message" and answer["role"] == "assistant"
    assert answer["id"].startswith("msg_bdrk_")
    assert answer["model"] == "claude-sonnet-4-5-20250929"
    assert answer["stop_reason"] == "end_turn" and answer["stop_sequence"] is None
    (block,) = answer["content"]
    assert block["type"] == "text" and "marble" in block["text"]
    assert answer["usage"]["input_tokens"] > 0 and answer["usage"]["output_tokens"] > 0


def test_it_says_what_converse_says(runtime):
    native = invoke(runtime, body("Tell me about marble.", system="You are a geologist."))
    answer = runtime.converse(
        modelId=models.SONNET,
        messages=[{"role": "user", "content": [{"text": "Tell me about marble."}]}],
        system=[{"text": "You are a geologist."}],
        inferenceConfig={"maxTokens": 500},
    )
    assert native["content"][0]["text"] == answer["output"]["message"]["content"][0]["text"]
    assert native["usage"]["input_tokens"] == answer["usage"]["inputTokens"]
    assert native["usage"]["output_tokens"] == answer["usage"]["outputTokens"]


def test_the_headers_count_tokens(runtime):
    response = runtime.invoke_model(modelId=models.SONNET, body=json.dumps(body("Hello")))
    usage = json.loads(response["body"].read())["usage"]
    found = headers(response)
    assert int(found["x-amzn-bedrock-input-token-count"]) == usage["input_tokens"]
    assert int(found["x-amzn-bedrock-output-token-count"]) == usage["output_tokens"]
    assert int(found["x-amzn-bedrock-invocation-latency"]) >= 0
    assert found["x-amzn-bedrock-cache-read-input-token-count"] == "0"
    assert found["x-amzn-bedrock-cache-write-input-token-count"] == "0"


def test_models_without_a_cache_do_not_tell_of_one(runtime):
    response = runtime.invoke_model(modelId=models.HAIKU_3, body=json.dumps(body("Hello")))
    assert not [name for name in headers(response) if "cache" in name]
    assert set(json.loads(response["body"].read())["usage"]) == {"input_tokens", "output_tokens"}


def test_systems_are_texts_or_lists(runtime):
    one = invoke(runtime, body("Hello", system="You are a geologist."))
    other = invoke(runtime, body("Hello", system=[{"type": "text", "text": "You are a geologist."}]))
    assert one["content"] == other["content"]


def test_limits_and_stop_sequences(runtime):
    limited = invoke(runtime, body("Hello", max_tokens=2))
    assert limited["stop_reason"] == "max_tokens"
    assert limited["usage"]["output_tokens"] == 2
    stopped = invoke(runtime, body("one two three", stop_sequences=["three", "four"]))
    assert (stopped["stop_reason"], stopped["stop_sequence"]) == ("stop_sequence", "three")
    assert "three" not in stopped["content"][0]["text"]


def test_a_tool_makes_a_round_trip(runtime):
    request = body("Use get_weather for Oslo.", tools=[TOOL])
    answer = invoke(runtime, request)
    assert answer["stop_reason"] == "tool_use"
    use = answer["content"][-1]
    assert use["type"] == "tool_use" and use["name"] == "get_weather" and use["id"].startswith("toolu_bdrk_")
    jsonschema.validate(use["input"], TOOL["input_schema"])
    result = {"type": "tool_result", "tool_use_id": use["id"], "content": "cloudless"}
    answer = invoke(runtime, body("Use get_weather for Oslo.", answer["content"], [result], tools=[TOOL]))
    assert answer["stop_reason"] == "end_turn"
    assert "cloudless" in answer["content"][0]["text"]


@pytest.mark.parametrize("choice", [{"type": "any"}, {"type": "tool", "name": "get_weather"}])
def test_tools_can_be_forced(runtime, choice):
    answer = invoke(runtime, body("Hello", tools=[TOOL], tool_choice=choice))
    assert answer["stop_reason"] == "tool_use"


def test_thinking_comes_first_and_goes_back(runtime):
    thinking = {"type": "enabled", "budget_tokens": 1024}
    answer = invoke(runtime, body("Hello", max_tokens=2048, thinking=thinking))
    assert [block["type"] for block in answer["content"]] == ["thinking", "text"]
    assert answer["content"][0]["signature"]
    again = invoke(runtime, body("Hello", answer["content"], "And now?", max_tokens=2048, thinking=thinking))
    assert "And now?" in again["content"][-1]["text"]


def test_images_and_documents_are_counted(runtime):
    def source(kind: str, data: bytes) -> dict:
        return {"type": "base64", "media_type": kind, "data": encoded(data)}

    image = {"type": "image", "source": source("image/png", media.png(300, 300))}
    document = {"type": "document", "source": source("application/pdf", media.pdf())}
    question = {"type": "text", "text": "What is this?"}
    plain, seen, read = (
        invoke(runtime, body([*blocks, question]))["usage"]["input_tokens"] for blocks in ([], [image], [document])
    )
    assert plain < seen < read


def test_prefixes_are_cached(runtime):
    prefix = {"type": "text", "text": unique("The rock cycle. " * 1000), "cache_control": {"type": "ephemeral"}}
    first = invoke(runtime, body("Hello", system=[prefix]))["usage"]
    response = runtime.invoke_model(modelId=models.SONNET, body=json.dumps(body("Hello", system=[prefix])))
    second = json.loads(response["body"].read())["usage"]
    written = first["cache_creation_input_tokens"]
    assert written > 2000 and first["cache_read_input_tokens"] == 0
    assert first["cache_creation"] == {"ephemeral_5m_input_tokens": written, "ephemeral_1h_input_tokens": 0}
    assert second["cache_read_input_tokens"] == written and second["cache_creation_input_tokens"] == 0
    assert headers(response)["x-amzn-bedrock-cache-read-input-token-count"] == str(written)
    assert headers(response)["x-amzn-bedrock-input-token-count"] == str(second["input_tokens"])


def test_structured_output(runtime):
    schema = {"type": "object", "properties": {"hard": {"type": "boolean"}}, "required": ["hard"]}
    output = {"format": {"type": "json_schema", "schema": schema | {"additionalProperties": False}}}
    answer = invoke(runtime, body("Is granite hard?", output_config=output))
    jsonschema.validate(json.loads(answer["content"][0]["text"]), schema)


def without(member: str) -> dict:
    request = body("Hello")
    del request[member]
    return request


BROKEN = {
    "not JSON": (b"{", "Malformed input request, please reformat your input and try again."),
    "another version": (
        json.dumps(body("Hello", anthropic_version="2023-06-01")).encode(),
        "Invalid API version: 2023-06-01",
    ),
    "no messages": (json.dumps(body()).encode(), "messages: at least one message is required"),
    "empty content": (
        json.dumps(body([], "Hello", "Hello")).encode(),
        "messages.0: all messages must have non-empty content except for the optional final assistant message",
    ),
    "a dangling result": (
        json.dumps(body([{"type": "tool_result", "tool_use_id": "toolu_1", "content": "noon"}], tools=[TOOL])).encode(),
        "messages.0.content.0: unexpected `tool_use_id` found in `tool_result` blocks: toolu_1. Each `tool_result` "
        "block must have a corresponding `tool_use` block in the previous message.",
    ),
}


@pytest.mark.parametrize(("data", "message"), BROKEN.values(), ids=BROKEN)
def test_broken_bodies_are_refused_in_the_providers_words(runtime, data, message):
    for operation in (runtime.invoke_model, runtime.invoke_model_with_response_stream):
        with invalid(message):
            operation(modelId=models.SONNET, body=data)


@pytest.mark.parametrize("member", ["anthropic_version", "max_tokens", "messages"])
def test_required_members_are_named(runtime, member):
    with invalid() as error:
        invoke(runtime, without(member))
    assert member in error["message"]


def test_a_body_of_another_family_is_refused(runtime):
    with invalid() as error:
        runtime.invoke_model(modelId=models.SONNET, body=b'{"foo": 1}')
    assert "required" in error["message"].lower()
