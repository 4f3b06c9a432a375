"""Rules between reading a request and calling a model, in the service's wording."""

import pytest

from support import models
from support.errors import invalid
from support.parts import TIME, assistant, tool_result, user

CALL = {"toolUseId": "tooluse_1", "name": "get_time", "input": {}}
OTHER = CALL | {"toolUseId": "tooluse_2"}
RESULT = tool_result(CALL, {"text": "noon"})
TOOLS = {"tools": [TIME]}
CALLED = [user("Now?"), assistant({"toolUse": CALL})]

BROKEN = {
    "blank text": (
        [user("Hello", "")],
        None,
        "The text field in the ContentBlock object at messages.0.content.1 is blank. Add text to the text field, and "
        "try again.",
    ),
    "empty content": (
        [user("Hello"), assistant("Hello"), {"role": "user", "content": []}],
        None,
        "The content field in the Message object at messages.2 is empty. Add a ContentBlock object to the content "
        "field and try again.",
    ),
    "no messages": (
        [],
        None,
        "A conversation must start with a user message. Try again with a conversation that starts with a user message.",
    ),
    "a call without its result": (
        [*CALLED, user("Well?")],
        TOOLS,
        "Expected toolResult blocks at messages.2.content for the following Ids: tooluse_1",
    ),
    "one of two results": (
        [user("Now?"), assistant({"toolUse": CALL}, {"toolUse": OTHER}), user(RESULT)],
        TOOLS,
        "Expected toolResult blocks at messages.2.content for the following Ids: tooluse_2",
    ),
    "a result without a call": (
        [user("Now?"), assistant("Well."), user(RESULT)],
        TOOLS,
        "The number of toolResult blocks at messages.2.content exceeds the number of toolUse blocks of previous turn.",
    ),
    "a result in the first message": (
        [user(RESULT)],
        TOOLS,
        "The number of toolResult blocks at messages.0.content exceeds the number of toolUse blocks of previous turn.",
    ),
    "tool blocks without tools": (
        [*CALLED, user(RESULT)],
        None,
        "The toolConfig field must be defined when using toolUse and toolResult content blocks.",
    ),
    "a result that is no object": (
        [*CALLED, user(tool_result(CALL, {"json": [1]}))],
        TOOLS,
        "The format of the value at messages.2.content.0.toolResult.content.0.json is invalid. Provide a json object "
        "for the field and try again.",
    ),
    "a schema that is no object": (
        [user("Hello")],
        {"tools": [{"toolSpec": {"name": "get_time", "inputSchema": {"json": "none"}}}]},
        "The format of the value at toolConfig.tools.0.toolSpec.inputSchema.json is invalid. Provide a json object "
        "for the field and try again.",
    ),
    "an error that says nothing": (
        [*CALLED, user(tool_result(CALL, status="error"))],
        TOOLS,
        "The content field at messages.2.content.0.toolResult cannot be empty when status value is error.",
    ),
}


@pytest.mark.parametrize("operation", ["converse", "converse_stream"])
@pytest.mark.parametrize(("messages", "tools", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_rule_is_told(runtime, operation, messages, tools, message):
    rest = {"toolConfig": tools} if tools else {}
    with invalid(message):
        getattr(runtime, operation)(modelId=models.SONNET, messages=messages, **rest)


def test_results_stand_alone_for_some_models(runtime):
    model = "mistral.mistral-large-2402-v1:0"
    with invalid("messages.2.content: Conversation blocks and tool result blocks cannot be provided in the same turn."):
        runtime.converse(modelId=model, messages=[*CALLED, user(RESULT, "And so?")], toolConfig=TOOLS)
    answer = runtime.converse(modelId=models.SONNET, messages=[*CALLED, user(RESULT, "And so?")], toolConfig=TOOLS)
    assert answer["stopReason"] == "end_turn"


def test_white_space_next_to_other_blocks_is_taken_by_claude(runtime):
    answer = runtime.converse(modelId=models.SONNET, messages=[user("Hello", " ")])
    assert answer["stopReason"] == "end_turn"
    with invalid():
        runtime.converse(modelId=models.NOVA_LITE, messages=[user("Hello", " ")])


def test_amazons_models_want_the_user_to_begin(runtime):
    with invalid(BROKEN["no messages"][2]):
        runtime.converse(modelId=models.NOVA_LITE, messages=[assistant("Hello"), user("Hello")])
