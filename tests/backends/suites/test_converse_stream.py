"""ConverseStream: a pipe from the engine to the client."""

import itertools

from support import models
from support.events import check_order, collect, fold
from support.parts import text_of, user

HELLO = [user("Hello")]
# More tokens than the engine makes in the time of one request to it.
LONG = 30_000


def open_stream(runtime):
    """A stream that takes the engine long."""
    answer = runtime.converse_stream(
        modelId=models.SONNET,
        messages=HELLO,
        inferenceConfig={"maxTokens": LONG},
        additionalModelRequestFields={"ignore_eos": True},
    )
    return answer["stream"]


def test_a_stream_says_what_converse_says(runtime):
    request = {
        "modelId": models.SONNET,
        "messages": HELLO,
        "inferenceConfig": {"maxTokens": 40, "temperature": 0.0},
        "additionalModelRequestFields": {"cache_prompt": False, "ignore_eos": True},
    }
    events = collect(runtime.converse_stream(**request))
    check_order(events)
    streamed, whole = fold(events), runtime.converse(**request)
    assert streamed["output"] == whole["output"]
    assert streamed["stopReason"] == whole["stopReason"] == "max_tokens"
    assert streamed["usage"]["outputTokens"] == whole["usage"]["outputTokens"] == 40


def test_tokens_leave_as_they_come(runtime, engine):
    """Ten deltas are here while the engine still works, and has not made most of its tokens."""
    engine.wait_until_idle()
    stream = open_stream(runtime)
    deltas = (event for event in stream if "contentBlockDelta" in event)
    first = list(itertools.islice(deltas, 10))
    (slot,) = engine.busy()
    stream.close()
    assert all(len(event["contentBlockDelta"]["delta"]["text"]) < 100 for event in first)
    assert slot["next_token"][0]["n_decoded"] < LONG


def test_a_client_that_goes_away_frees_the_engine(runtime, engine):
    engine.wait_until_idle()
    before = engine.generated()
    stream = open_stream(runtime)
    next(iter(stream))
    assert len(engine.busy()) == 1
    stream.close()
    engine.wait_until_idle()
    assert engine.generated() - before < LONG
    after = runtime.converse(
        modelId=models.SONNET, messages=HELLO, additionalModelRequestFields={"grammar": 'root ::= "yes"'}
    )
    assert text_of(after) == "yes"


def test_two_streams_at_once(runtime, engine):
    engine.wait_until_idle()
    streams = [open_stream(runtime) for _ in range(2)]
    for stream in streams:
        next(iter(stream))
    assert len(engine.busy()) == 2
    for stream in streams:
        stream.close()
    engine.wait_until_idle()
