"""The same request gets the same bytes, but for the latency."""

import json
import re
import string

import pytest

from support import models, raw
from support.parts import tool, user

# With so many arguments, an order that is left to chance is not the same twice.
RECORD = tool("record", {name: {"type": "string"} for name in string.ascii_lowercase[:12]})
TOOLS = {"tools": [RECORD], "toolChoice": {"any": {}}}
CLAUDE = {
    "anthropic_version": "bedrock-2023-05-31",
    "max_tokens": 100,
    "messages": [{"role": "user", "content": "Hello"}],
}
LATENCY = re.compile(rb'"(latencyMs|invocationLatency|firstByteLatency)":\d+')

REQUESTS = {
    "Converse": (models.SONNET, "converse", {"messages": [user("Hello")]}),
    "Converse with tools": (models.SONNET, "converse", {"messages": [user("Hello")], "toolConfig": TOOLS}),
    "InvokeModel": (models.SONNET, "invoke", CLAUDE),
    "embeddings": (models.TITAN_EMBED, "invoke", {"inputText": "Hello"}),
}


def timeless(data: bytes) -> bytes:
    return LATENCY.sub(rb'"\1":0', data)


@pytest.mark.parametrize(("model", "operation", "body"), REQUESTS.values(), ids=REQUESTS)
def test_answers_are_the_same(server, model, operation, body):
    answers = {timeless(raw.post(server, model, operation, body).body) for _ in range(4)}
    assert len(answers) == 1


def test_another_server_answers_the_same(server, start_server):
    other = start_server()
    for model, operation, body in REQUESTS.values():
        one, two = (raw.post(each, model, operation, body).body for each in (server, other))
        assert timeless(one) == timeless(two), operation


def test_members_are_in_alphabetical_order(server):
    body = raw.post(server, models.SONNET, "converse", {"messages": [user("Hello")], "toolConfig": TOOLS}).body
    assert b" " not in re.sub(rb'"[^"]*"', b'""', body)

    def check(members):
        names = [name for name, _ in members]
        assert names == sorted(names)
        return dict(members)

    json.loads(body, object_pairs_hook=check)
