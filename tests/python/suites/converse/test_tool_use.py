"""Tools: calls, results, and loops of agents that end."""

import json

import jsonschema
import pytest

from support import models
from support.events import check_order, collect, fold
from support.parts import TIME, WEATHER, schema_of, text_of, tool_result, tool_uses, user

RESULTS = {
    "get_weather": {"json": {"sky": "cloudless", "degrees": 21}},
    "get_time": {"text": "five past noon"},
}
SCHEMAS = {spec["toolSpec"]["name"]: schema_of(spec) for spec in (WEATHER, TIME)}
TOOLS = {"tools": [WEATHER, TIME]}


def converse(runtime, **request):
    return runtime.converse(**request)


def converse_stream(runtime, **request):
    events = collect(runtime.converse_stream(**request))
    check_order(events)
    return fold(events)


@pytest.fixture(params=[converse, converse_stream], ids=["whole", "streamed"])
def call(request, runtime):
    """Both ways to ask; the streamed one is folded into a whole answer."""
    return lambda **rest: request.param(runtime, modelId=models.SONNET, **rest)


def run_agent(call, prompt: str, turns: int = 5) -> tuple[list[dict], list[dict]]:
    """Runs tools until the model stops asking for them. Gives the answers and the calls."""
    messages, answers, calls = [user(prompt)], [], []
    for _ in range(turns):
        answers.append(call(messages=messages, toolConfig=TOOLS))
        uses = tool_uses(answers[-1])
        assert bool(uses) == (answers[-1]["stopReason"] == "tool_use")
        if not uses:
            return answers, calls
        calls += uses
        messages.append(answers[-1]["output"]["message"])
        messages.append(user(*(tool_result(use, RESULTS[use["name"]]) for use in uses)))
    raise AssertionError(f"the agent does not end: {calls}")


def test_a_round_trip_ends_with_the_result(call):
    answers, calls = run_agent(call, "Use get_weather to tell the weather of Oslo.")
    assert [use["name"] for use in calls] == ["get_weather"]
    jsonschema.validate(calls[0]["input"], SCHEMAS["get_weather"])
    assert calls[0]["toolUseId"].startswith("tooluse_")
    assert len(answers) == 2
    assert answers[1]["stopReason"] == "end_turn"
    assert "cloudless" in text_of(answers[1])


def test_tools_are_called_in_parallel(call):
    answers, calls = run_agent(call, "Call get_weather and get_time for Lima, please.")
    assert {use["name"] for use in calls} == {"get_weather", "get_time"}
    assert len({use["toolUseId"] for use in calls}) == 2
    assert len(tool_uses(answers[0])) == 2
    for use in calls:
        jsonschema.validate(use["input"], SCHEMAS[use["name"]])
    assert "cloudless" in text_of(answers[-1])
    assert "five past noon" in text_of(answers[-1])


def test_a_prompt_that_names_no_tool_is_answered_in_text(call):
    answers, calls = run_agent(call, "Tell me about basalt.")
    assert calls == []
    assert "basalt" in text_of(answers[0])


def test_failed_tools_are_told_of(call):
    messages = [user("Use get_weather for Rome.")]
    answer = call(messages=messages, toolConfig=TOOLS)
    (use,) = tool_uses(answer)
    result = tool_result(use, {"text": "the station is closed"}, status="error")
    messages += [answer["output"]["message"], user(result)]
    answer = call(messages=messages, toolConfig=TOOLS)
    assert answer["stopReason"] == "end_turn"
    assert "the station is closed" in text_of(answer)


def test_a_conversation_goes_on_after_tools(call):
    messages = [user("Use get_time now.")]
    first = call(messages=messages, toolConfig=TOOLS)
    (use,) = tool_uses(first)
    messages += [first["output"]["message"], user(tool_result(use, RESULTS["get_time"]))]
    messages.append(call(messages=messages, toolConfig=TOOLS)["output"]["message"])
    messages.append(user("Thank you, that was about gneiss."))
    last = call(messages=messages, toolConfig=TOOLS)
    assert last["stopReason"] == "end_turn"
    assert "gneiss" in text_of(last)


def test_results_can_come_with_text_and_in_several_blocks(call):
    first = call(messages=[user("Use get_time now.")], toolConfig=TOOLS)
    (use,) = tool_uses(first)
    result = tool_result(use, {"text": "noon"}, {"json": {"zone": "UTC"}}, status="success")
    messages = [user("Use get_time now."), first["output"]["message"], user(result, "Say it politely.")]
    answer = call(messages=messages, toolConfig=TOOLS)
    assert answer["stopReason"] in ("end_turn", "tool_use")
    assert "noon" in text_of(answer)


def test_tools_are_counted(runtime):
    plain = runtime.converse(modelId=models.SONNET, messages=[user("Hello")])
    armed = runtime.converse(modelId=models.SONNET, messages=[user("Hello")], toolConfig=TOOLS)
    schema = json.dumps(SCHEMAS["get_weather"])
    assert armed["usage"]["inputTokens"] > plain["usage"]["inputTokens"] + len(schema) // 10


@pytest.mark.parametrize("model", [models.NOVA_LITE, models.HAIKU_3, "mistral.mistral-large-2402-v1:0"])
def test_other_families_call_tools_too(runtime, model):
    answer = runtime.converse(modelId=model, messages=[user("Use get_time now.")], toolConfig=TOOLS)
    assert answer["stopReason"] == "tool_use"
    assert [use["name"] for use in tool_uses(answer)] == ["get_time"]
