"""Tools. The engine's grammar forces calls: its model calls whatever tools there are, with anything that fits."""

import pytest
from jsonschema import validate

from support import models
from support.events import check_order, collect, fold
from support.parts import assistant, schema_of, text_of, tool, tool_result, tool_uses, user

DAYS = {"type": "array", "maxItems": 2, "items": {"type": "boolean"}}
CITY = tool("weather", {"city": {"enum": ["Bonn", "Köln", "Rome"]}, "days": DAYS})
ROUTE = tool("route", {"by": {"enum": ["train", "bus"]}})
TIME = tool("time", {"zone": {"enum": ["UTC", "CET"]}})
TOOLS = {"weather": CITY, "route": ROUTE, "time": TIME}
QUESTION = user("What is the weather?")


def config(**choice) -> dict:
    return {"tools": list(TOOLS.values())} | ({"toolChoice": choice} if choice else {})


def check(answer: dict) -> list[dict]:
    """The calls of an answer, whose inputs fit their tools."""
    assert answer["stopReason"] == "tool_use"
    uses = tool_uses(answer)
    for use in uses:
        validate(use["input"], schema_of(TOOLS[use["name"]]))
    assert len({use["toolUseId"] for use in uses}) == len(uses) > 0
    return uses


@pytest.mark.parametrize("model", [models.SONNET, models.NOVA_LITE])
@pytest.mark.parametrize("seed", range(3))
def test_any_tool(runtime, model, seed):
    request = {
        "modelId": model,
        "messages": [QUESTION],
        "toolConfig": config(any={}),
        "additionalModelRequestFields": {"seed": seed},
    }
    check(runtime.converse(**request))
    events = collect(runtime.converse_stream(**request))
    check_order(events)
    check(fold(events))


@pytest.mark.parametrize("name", TOOLS)
def test_one_tool(runtime, name):
    request = {"modelId": models.SONNET, "messages": [QUESTION], "toolConfig": config(tool={"name": name})}
    for answer in (runtime.converse(**request), fold(collect(runtime.converse_stream(**request)))):
        assert {use["name"] for use in check(answer)} == {name}


def test_a_loop_ends(runtime):
    """The model calls tools of its own accord, and answers in text once it has their results."""
    tools = config(auto={})
    first = runtime.converse(modelId=models.SONNET, messages=[QUESTION], toolConfig=tools)
    result = {"json": {"degrees": 20, "place": "Köln"}}
    results = user(*(tool_result(use, result) for use in check(first)))
    second = runtime.converse(
        modelId=models.SONNET, messages=[QUESTION, first["output"]["message"], results], toolConfig=tools
    )
    assert not tool_uses(second)
    assert text_of(second)


def test_results_arrive(runtime):
    """The engine counts the tokens of a result that it was given by Outcrop, byte by byte."""
    use = {"toolUseId": "call1", "name": "weather", "input": {"city": "Bonn", "days": []}}

    def tokens(*results) -> int:
        answer = runtime.converse(
            modelId=models.SONNET,
            messages=[QUESTION, assistant({"toolUse": use}), user(tool_result(use, *results))],
            toolConfig=config(),
            inferenceConfig={"maxTokens": 1},
        )
        return answer["usage"]["inputTokens"] + answer["usage"]["cacheReadInputTokens"]

    empty = tokens({"text": "."})
    assert tokens({"text": "." + "x" * 100}) == empty + 100
    assert tokens({"json": {"degrees": 20}}) == empty + len('{"degrees":20}') - 1
