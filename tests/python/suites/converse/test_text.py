"""Converse with text: the answer refers to the prompt, and the rest of it is as documented."""

import pytest

from support import models
from support.parts import assistant, text_of, user


def ask(runtime, *messages, model=models.SONNET, **rest):
    return runtime.converse(modelId=model, messages=list(messages), **rest)


def test_answers_refer_to_the_prompt(runtime):
    first = ask(runtime, user("What is the capital of France?"))
    second = ask(runtime, user("Write a haiku about granite."))
    assert "capital of France" in text_of(first)
    assert "granite" in text_of(second)
    assert len(text_of(first).split()) > 5


def test_the_answer_is_complete(runtime):
    answer = ask(runtime, user("Hello"))
    message = answer["output"]["message"]
    assert message["role"] == "assistant"
    assert [list(block) for block in message["content"]] == [["text"]]
    assert answer["stopReason"] == "end_turn"
    assert answer["metrics"]["latencyMs"] >= 0
    usage = answer["usage"]
    assert usage["inputTokens"] > 0 and usage["outputTokens"] > 0
    assert usage["totalTokens"] == usage["inputTokens"] + usage["outputTokens"]


def test_system_prompts_are_counted_and_refer_to(runtime):
    plain = ask(runtime, user("Hello"))
    told = ask(runtime, user("Hello"), system=[{"text": "You are a geologist."}])
    assert told["usage"]["inputTokens"] > plain["usage"]["inputTokens"]
    assert text_of(told) != text_of(plain)


def test_an_empty_system_and_an_empty_configuration_are_none(runtime):
    plain = ask(runtime, user("Hello"))
    empty = ask(runtime, user("Hello"), system=[], inferenceConfig={})
    assert text_of(empty) == text_of(plain)
    assert empty["usage"] == plain["usage"]


def test_longer_prompts_count_more(runtime):
    counts = [ask(runtime, user("word " * size))["usage"]["inputTokens"] for size in (10, 100, 1000)]
    assert counts == sorted(counts)
    assert counts[2] - counts[1] == pytest.approx(900, rel=0.05)


def test_text_of_every_alphabet_comes_through(runtime):
    prompt = 'Grüße, 世界, שלום, 🎂 and "quotes" \\ too'
    assert "Grüße, 世界, שלום, 🎂" in text_of(ask(runtime, user(prompt)))


def test_large_prompts_are_taken(runtime):
    answer = ask(runtime, user("The word is basalt. " + "lorem ipsum " * 20_000), model=models.NOVA_LITE)
    assert "The word is basalt." in text_of(answer)


def test_the_models_own_parameters_are_taken(runtime):
    answer = ask(
        runtime,
        user("Hello"),
        inferenceConfig={"maxTokens": 200, "temperature": 0.5},
        additionalModelRequestFields={"top_k": 200},
        requestMetadata={"team": "rocks"},
    )
    assert answer["stopReason"] == "end_turn"


def test_text_for_a_guardrail_is_part_of_the_prompt(runtime):
    guarded = {"guardContent": {"text": {"text": "What is gneiss?", "qualifiers": ["query"]}}}
    assert "What is gneiss?" in text_of(ask(runtime, user(guarded)))


def test_members_of_the_models_own_answer_can_be_asked_for(runtime):
    answer = ask(
        runtime,
        user("one two three four"),
        inferenceConfig={"stopSequences": ["three"]},
        additionalModelResponseFieldPaths=["/stop_sequence"],
    )
    assert answer["additionalModelResponseFields"] == {"stop_sequence": "three"}


def test_tier_and_latency_are_echoed(runtime):
    answer = ask(runtime, user("Hello"), serviceTier={"type": "priority"}, performanceConfig={"latency": "optimized"})
    assert answer["serviceTier"] == {"type": "priority"}
    assert answer["performanceConfig"] == {"latency": "optimized"}
    plain = ask(runtime, user("Hello"))
    assert "performanceConfig" not in plain


def test_every_listed_chat_model_answers(runtime, control):
    asked = 0
    for model in control.list_foundation_models(byOutputModality="TEXT", byInferenceType="ON_DEMAND")["modelSummaries"]:
        other = any(kind in model["modelId"] for kind in ("rerank", "sonic", "pegasus"))
        if other:
            continue
        answer = ask(runtime, user("Hello there"), model=model["modelId"])
        assert "Hello there" in text_of(answer), model["modelId"]
        assert answer["stopReason"] == "end_turn", model["modelId"]
        asked += 1
    assert asked > 30


def test_a_begun_answer_is_taken(runtime):
    answer = ask(runtime, user("A list of rocks, as JSON"), assistant("{"))
    assert answer["stopReason"] == "end_turn"
