"""Reasoning: only when asked for, with a signature that can be sent back."""

import pytest

from support import models
from support.errors import invalid
from support.events import check_order, collect, fold
from support.parts import TIME, text_of, tool_result, tool_uses, user

THINKING = {"thinking": {"type": "enabled", "budget_tokens": 1024}}
LIMIT = {"maxTokens": 4096}


def ask(runtime, *messages, **rest):
    request = {"inferenceConfig": LIMIT, "additionalModelRequestFields": THINKING} | rest
    return runtime.converse(modelId=models.SONNET, messages=list(messages), **request)


def reasoning_of(answer: dict) -> list[dict]:
    content = answer["output"]["message"]["content"]
    return [block["reasoningContent"] for block in content if "reasoningContent" in block]


def test_the_answer_begins_with_reasoning(runtime):
    answer = ask(runtime, user("Which rock is oldest?"))
    kinds = [next(iter(block)) for block in answer["output"]["message"]["content"]]
    assert kinds == ["reasoningContent", "text"]
    text = reasoning_of(answer)[0]["reasoningText"]
    assert text["text"] and len(text["signature"]) > 50
    assert "Which rock is oldest?" in text_of(answer)


def test_without_being_asked_there_is_none(runtime):
    answer = runtime.converse(modelId=models.SONNET, messages=[user("Which rock is oldest?")])
    assert reasoning_of(answer) == []


def test_reasoning_counts_as_output(runtime):
    plain = runtime.converse(modelId=models.SONNET, messages=[user("Which rock is oldest?")])
    thought = ask(runtime, user("Which rock is oldest?"))
    assert thought["usage"]["outputTokens"] > plain["usage"]["outputTokens"]


def test_it_can_be_sent_back(runtime):
    first = user("Which rock is oldest?")
    answer = ask(runtime, first)
    follow_up = ask(runtime, first, answer["output"]["message"], user("And the youngest?"))
    assert "And the youngest?" in text_of(follow_up)


def test_a_changed_text_is_refused(runtime):
    first = user("Which rock is oldest?")
    message = ask(runtime, first)["output"]["message"]
    message["content"][0]["reasoningContent"]["reasoningText"]["text"] += " Or so."
    with invalid() as error:
        ask(runtime, first, message, user("And the youngest?"))
    assert "messages.1.content.0" in error["message"]
    assert "signature" in error["message"]


def test_tools_and_reasoning_make_a_round_trip(runtime):
    tools = {"tools": [TIME]}
    first = user("Use get_time now.")
    answer = ask(runtime, first, toolConfig=tools)
    assert answer["stopReason"] == "tool_use"
    assert len(reasoning_of(answer)) == 1
    (use,) = tool_uses(answer)
    last = ask(runtime, first, answer["output"]["message"], user(tool_result(use, {"text": "noon"})), toolConfig=tools)
    assert last["stopReason"] == "end_turn"
    assert "noon" in text_of(last)


def test_a_forced_tool_and_reasoning_exclude_each_other(runtime):
    with invalid() as error:
        ask(runtime, user("Hello"), toolConfig={"tools": [TIME], "toolChoice": {"any": {}}})
    text = "Thinking may not be enabled when tool_choice forces tool use."
    assert error["message"] == f"The model returned the following errors: {text}"


def test_the_stream_has_text_and_then_one_signature(runtime):
    request = {
        "modelId": models.SONNET,
        "messages": [user("Which rock is oldest?")],
        "inferenceConfig": LIMIT,
        "additionalModelRequestFields": THINKING,
    }
    events = collect(runtime.converse_stream(**request))
    check_order(events)
    deltas = [event["contentBlockDelta"] for event in events if "contentBlockDelta" in event]
    members = [next(iter(delta["delta"]["reasoningContent"])) for delta in deltas if delta["contentBlockIndex"] == 0]
    assert members[:-1] == ["text"] * (len(members) - 1) and members[:-1]
    assert members[-1] == "signature"
    whole = runtime.converse(**request)
    assert fold(events)["output"] == whole["output"]


@pytest.mark.parametrize("model", ["us.deepseek.r1-v1:0", "openai.gpt-oss-120b-1:0"])
def test_models_that_always_reason_do_not_sign(runtime, model):
    answer = runtime.converse(modelId=model, messages=[user("Which rock is oldest?")])
    (reasoning,) = reasoning_of(answer)
    assert list(reasoning["reasoningText"]) == ["text"]
