"""Frames of event streams: their headers in order, and padding. botocore's decoder checks the checksums."""

import base64
import json
import string

import pytest
from botocore.eventstream import EventStreamBuffer

from support import models, raw
from support.media import png
from support.parts import encoded, user

PADDING = string.ascii_lowercase + string.ascii_uppercase + string.digits[:9]
CLAUDE = {
    "anthropic_version": "bedrock-2023-05-31",
    "max_tokens": 100,
    "messages": [{"role": "user", "content": "Hello"}],
}


def frames(server, model: str, operation: str, body: dict) -> list:
    answer = raw.post(server, model, operation, body)
    assert answer.status == 200, answer.body
    buffer = EventStreamBuffer()
    buffer.add_data(answer.body)
    return list(buffer)


@pytest.mark.parametrize(
    ("operation", "body"),
    [("converse-stream", {"messages": [user("Tell me about marble.")]}), ("invoke-with-response-stream", CLAUDE)],
)
def test_frames_are_as_recorded(server, operation, body):
    found = frames(server, models.SONNET, operation, body)
    lengths = set()
    for frame in found:
        assert list(frame.headers) == [":event-type", ":content-type", ":message-type"]
        assert frame.headers[":content-type"] == "application/json"
        assert frame.headers[":message-type"] == "event"
        members = json.loads(frame.payload, object_pairs_hook=list)
        names = [name for name, _ in members]
        assert names == sorted(names)
        padding = dict(members)["p"]
        assert 2 <= len(padding) <= 61 and PADDING.startswith(padding)
        lengths.add(len(padding))
    assert len(lengths) > 1


def test_chunks_hold_base64(server):
    for frame in frames(server, models.SONNET, "invoke-with-response-stream", CLAUDE):
        assert frame.headers[":event-type"] == "chunk"
        payload = json.loads(frame.payload)
        assert set(payload) == {"bytes", "p"}
        assert "type" in json.loads(base64.b64decode(payload["bytes"]))


def test_the_same_request_has_the_same_frames(server):
    body = {"messages": [user("Tell me about marble.")]}
    one, two = (frames(server, models.SONNET, "converse-stream", body) for _ in range(2))
    # The last frame tells the latency.
    assert [frame.payload for frame in one[:-1]] == [frame.payload for frame in two[:-1]]


def test_exceptions_are_frames_of_their_own_kind(server):
    image = {"image": {"format": "jpeg", "source": {"bytes": encoded(png())}}}
    (frame,) = frames(server, models.NOVA_LITE, "converse-stream", {"messages": [user("What is this?", image)]})
    assert list(frame.headers.items()) == [
        (":exception-type", "validationException"),
        (":content-type", "application/json"),
        (":message-type", "exception"),
    ]
    assert list(json.loads(frame.payload)) == ["message"]
