"""How a request has its tool chosen, and that arguments satisfy the schema of the tool."""

import jsonschema
import pytest

from support import models
from support.events import collect, fold
from support.parts import TIME, WEATHER, schema_of, text_of, tool, tool_uses, user

SCHEMAS = {
    "enumerations": {
        "type": "object",
        "properties": {"kind": {"enum": ["igneous", "metamorphic"]}, "always": {"const": 7}},
        "required": ["kind", "always"],
        "additionalProperties": False,
    },
    "numbers": {
        "type": "object",
        "properties": {
            "count": {"type": "integer", "minimum": 3, "maximum": 5},
            "step": {"type": "integer", "multipleOf": 7, "exclusiveMinimum": 7},
            "ratio": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.5},
        },
        "required": ["count", "step", "ratio"],
    },
    "strings": {
        "type": "object",
        "properties": {
            "date": {"type": "string", "format": "date"},
            "moment": {"type": "string", "format": "date-time"},
            "mail": {"type": "string", "format": "email"},
            "id": {"type": "string", "format": "uuid"},
            "code": {"type": "string", "pattern": "^[A-Z]{2}-[0-9]{3}$"},
            "long": {"type": "string", "minLength": 40},
            "short": {"type": "string", "maxLength": 2},
        },
        "required": ["date", "moment", "mail", "id", "code", "long", "short"],
    },
    "nesting": {
        "type": "object",
        "$defs": {
            "point": {
                "type": "object",
                "properties": {"x": {"type": "number"}, "y": {"type": "number"}},
                "required": ["x", "y"],
            },
            "tree": {
                "type": "object",
                "properties": {
                    "value": {"type": "string"},
                    "children": {"type": "array", "items": {"$ref": "#/$defs/tree"}},
                },
                "required": ["value", "children"],
            },
        },
        "properties": {
            "line": {"type": "array", "items": {"$ref": "#/$defs/point"}, "minItems": 2, "maxItems": 3},
            "tree": {"$ref": "#/$defs/tree"},
            "either": {"anyOf": [{"type": "string", "minLength": 3}, {"type": "null"}]},
            "both": {"allOf": [{"type": "integer", "minimum": 4}, {"maximum": 4}]},
        },
        "required": ["line", "tree", "either", "both"],
    },
    "nothing required": {"type": "object", "properties": {}},
}


def ask(runtime, prompt, tools, choice=None, model=models.SONNET):
    config = {"tools": tools} | ({"toolChoice": choice} if choice else {})
    return runtime.converse(modelId=model, messages=[user(prompt)], toolConfig=config)


@pytest.mark.parametrize("model", [models.SONNET, models.NOVA_LITE])
def test_any_calls_a_tool(runtime, model):
    answer = ask(runtime, "Hello there", [WEATHER, TIME], {"any": {}}, model)
    assert answer["stopReason"] == "tool_use"
    (use,) = tool_uses(answer)
    assert use["name"] in ("get_weather", "get_time")


def test_any_prefers_the_tool_that_is_named(runtime):
    answer = ask(runtime, "I want get_time.", [WEATHER, TIME], {"any": {}})
    assert [use["name"] for use in tool_uses(answer)] == ["get_time"]


@pytest.mark.parametrize("name", ["get_weather", "get_time"])
def test_tool_calls_that_tool(runtime, name):
    answer = ask(runtime, "Hello there", [WEATHER, TIME], {"tool": {"name": name}})
    assert answer["stopReason"] == "tool_use"
    assert [use["name"] for use in tool_uses(answer)] == [name]


def test_auto_answers_in_text_unless_a_tool_is_named(runtime):
    for choice in (None, {"auto": {}}):
        answer = ask(runtime, "Tell me about slate.", [WEATHER, TIME], choice)
        assert answer["stopReason"] == "end_turn"
        assert tool_uses(answer) == []
        assert "slate" in text_of(answer)
        answer = ask(runtime, "Ask get_time, please.", [WEATHER, TIME], choice)
        assert [use["name"] for use in tool_uses(answer)] == ["get_time"]


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_arguments_satisfy_the_schema(runtime, schema):
    spec = tool("record", {})
    spec["toolSpec"]["inputSchema"]["json"] = schema
    request = {
        "modelId": models.SONNET,
        "messages": [user("Hello")],
        "toolConfig": {"tools": [spec], "toolChoice": {"tool": {"name": "record"}}},
    }
    whole = tool_uses(runtime.converse(**request))[0]["input"]
    checker = jsonschema.FormatChecker()
    jsonschema.Draft202012Validator(schema, format_checker=checker).validate(whole)
    streamed = tool_uses(fold(collect(runtime.converse_stream(**request))))[0]["input"]
    assert streamed == whole


def test_strict_tools_are_taken(runtime):
    spec = tool("record", {"kind": {"enum": ["a", "b"]}})
    schema_of(spec)["additionalProperties"] = False
    spec["toolSpec"]["strict"] = True
    answer = ask(runtime, "Hello", [spec], {"any": {}})
    jsonschema.validate(tool_uses(answer)[0]["input"], schema_of(spec))
