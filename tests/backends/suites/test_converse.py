"""Converse: what goes to the engine and what comes back."""

import json

import pytest
from jsonschema import validate

from support import models
from support.parts import assistant, text_of, user

HELLO = [user("Hello")]
# An answer that the engine is held to, whatever its weights say.
SAYS = {"grammar": 'root ::= "one END more"'}
ENDLESS = {"ignore_eos": True}
SCHEMA = {
    "type": "object",
    "properties": {"city": {"enum": ["Bonn", "Rome"]}, "rain": {"type": "boolean"}},
    "required": ["city", "rain"],
    "additionalProperties": False,
}


@pytest.mark.parametrize("model", [models.SONNET, models.NOVA_LITE, f"us.{models.DEEPSEEK_R1}"])
def test_an_answer_ends(runtime, model):
    answer = runtime.converse(modelId=model, messages=HELLO, additionalModelRequestFields=SAYS)
    assert answer["output"]["message"] == {"role": "assistant", "content": [{"text": "one END more"}]}
    assert answer["stopReason"] == "end_turn"


def test_max_tokens(runtime):
    config = {"maxTokens": 12, "temperature": 0.0}
    answer = runtime.converse(
        modelId=models.NOVA_LITE, messages=HELLO, inferenceConfig=config, additionalModelRequestFields=ENDLESS
    )
    assert answer["stopReason"] == "max_tokens"
    assert answer["usage"]["outputTokens"] == 12
    assert len(text_of(answer)) >= 12


def test_stop_sequences(runtime):
    """The engine leaves the sequence out, and tells it where it is asked to."""
    answer = runtime.converse(
        modelId=models.NOVA_LITE,
        messages=HELLO,
        inferenceConfig={"stopSequences": ["END"]},
        additionalModelRequestFields=SAYS,
    )
    assert text_of(answer) == "one "
    assert answer["stopReason"] == "stop_sequence"


def test_a_stop_sequence_that_is_not_met(runtime):
    answer = runtime.converse(
        modelId=models.NOVA_LITE,
        messages=HELLO,
        inferenceConfig={"stopSequences": ["STOP"]},
        additionalModelRequestFields=SAYS,
    )
    assert answer["stopReason"] == "end_turn"


def test_the_whole_conversation_arrives(runtime, engine):
    """What the engine counts is what it counts when it is asked without Outcrop."""
    answer = runtime.converse(
        modelId=models.SONNET,
        system=[{"text": "Be brief."}],
        messages=[user("Héllo 🎂"), assistant("Hi."), user("Again?")],
        additionalModelRequestFields=SAYS,
    )
    messages = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Héllo 🎂"},
        {"role": "assistant", "content": "Hi."},
        {"role": "user", "content": "Again?"},
    ]
    counted = engine.post("/chat/completions", {"messages": messages} | SAYS)["usage"]
    usage = answer["usage"]
    assert usage["inputTokens"] + usage["cacheReadInputTokens"] == counted["prompt_tokens"]
    assert usage["outputTokens"] == counted["completion_tokens"]
    assert usage["totalTokens"] == counted["total_tokens"]


def test_greedy_answers_are_the_engines_own(runtime, engine):
    fields = {"seed": 1, "cache_prompt": False}
    config = {"maxTokens": 40, "temperature": 0.0}
    answer = runtime.converse(
        modelId=models.SONNET, messages=HELLO, inferenceConfig=config, additionalModelRequestFields=fields
    )
    body = {"messages": [{"role": "user", "content": "Hello"}], "max_tokens": 40, "temperature": 0} | fields
    direct = engine.post("/chat/completions", body)
    assert text_of(answer) == direct["choices"][0]["message"]["content"]


def test_a_json_schema_is_kept(runtime):
    structure = {"jsonSchema": {"name": "weather", "schema": json.dumps(SCHEMA)}}
    for seed in range(3):
        answer = runtime.converse(
            modelId=models.SONNET,
            messages=HELLO,
            outputConfig={"textFormat": {"type": "json_schema", "structure": structure}},
            additionalModelRequestFields={"seed": seed},
        )
        validate(json.loads(text_of(answer)), SCHEMA)
        assert answer["stopReason"] == "end_turn"


def test_fields_of_the_engine_come_back(runtime):
    answer = runtime.converse(
        modelId=models.SONNET,
        messages=HELLO,
        inferenceConfig={"maxTokens": 3},
        additionalModelRequestFields={"logprobs": True} | ENDLESS,
        additionalModelResponseFieldPaths=["/logprobs/content", "/timings/predicted_n"],
    )
    fields = answer["additionalModelResponseFields"]
    assert len(fields["logprobs"]["content"]) == 3
    assert fields["timings"]["predicted_n"] == 3
