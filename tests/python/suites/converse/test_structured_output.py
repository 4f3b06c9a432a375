"""Answers in the form of a JSON schema."""

import json

import jsonschema
import pytest

from support import models
from support.errors import invalid
from support.events import check_order, collect, fold
from support.parts import text_of, user

ROCK = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "kind": {"type": "string", "enum": ["igneous", "sedimentary", "metamorphic"]},
        "hardness": {"type": "number", "minimum": 1, "maximum": 10},
        "minerals": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "site": {"$ref": "#/$defs/site"},
    },
    "required": ["name", "kind", "hardness", "minerals", "site"],
    "additionalProperties": False,
    "$defs": {
        "site": {
            "type": "object",
            "properties": {"country": {"type": "string"}, "visited": {"type": "boolean"}},
            "required": ["country", "visited"],
            "additionalProperties": False,
        }
    },
}


def request(schema=None, model=models.SONNET) -> dict:
    definition = {"schema": json.dumps(ROCK) if schema is None else schema, "name": "rock"}
    text_format = {"type": "json_schema", "structure": {"jsonSchema": definition}}
    return {
        "modelId": model,
        "messages": [user("Describe granite.")],
        "outputConfig": {"textFormat": text_format},
    }


@pytest.mark.parametrize("model", [models.SONNET, "mistral.mistral-large-3-675b-instruct"])
def test_the_answer_satisfies_the_schema(runtime, model):
    answer = runtime.converse(**request(model=model))
    assert [list(block) for block in answer["output"]["message"]["content"]] == [["text"]]
    assert answer["stopReason"] == "end_turn"
    jsonschema.validate(json.loads(text_of(answer)), ROCK)


def test_the_stream_has_the_same_instance(runtime):
    events = collect(runtime.converse_stream(**request()))
    check_order(events)
    streamed = text_of(fold(events))
    assert json.loads(streamed) == json.loads(text_of(runtime.converse(**request())))


def test_a_schema_that_is_no_json_is_refused(runtime):
    with invalid():
        runtime.converse(**request(schema="{"))
