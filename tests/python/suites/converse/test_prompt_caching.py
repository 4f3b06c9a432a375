"""Prompt caching: written on first sight, read on the next request with the same prefix."""

import pytest

from support import models
from support.errors import invalid
from support.events import collect, fold
from support.parts import TIME, assistant, unique, user

POINT = {"cachePoint": {"type": "default"}}
HOUR = {"cachePoint": {"type": "default", "ttl": "1h"}}
LONG = "The rock cycle has three kinds of rock. " * 400


def ask(runtime, system, *content, model=models.SONNET, **rest):
    return runtime.converse(modelId=model, system=system, messages=[user(*content)], **rest)["usage"]


def check_sum(usage: dict) -> None:
    parts = ("inputTokens", "outputTokens", "cacheReadInputTokens", "cacheWriteInputTokens")
    assert usage["totalTokens"] == sum(usage[part] for part in parts)


@pytest.mark.parametrize("model", [models.SONNET, models.NOVA_LITE])
def test_a_prefix_is_written_and_then_read(runtime, model):
    system = [{"text": unique(LONG)}, POINT]
    first = ask(runtime, system, "What is granite?", model=model)
    second = ask(runtime, system, "What is basalt, then?", model=model)
    assert first["cacheWriteInputTokens"] > 2000
    assert first["cacheReadInputTokens"] == 0
    assert second["cacheReadInputTokens"] == first["cacheWriteInputTokens"]
    assert second["cacheWriteInputTokens"] == 0
    assert first["inputTokens"] < 100 and second["inputTokens"] < 100
    check_sum(first)
    check_sum(second)


def test_what_is_cached_is_not_counted_as_input(runtime):
    text = unique(LONG)
    cached = ask(runtime, [{"text": text}, POINT], "What is granite?")
    plain = ask(runtime, [{"text": text}], "What is granite?")
    assert plain["inputTokens"] == cached["inputTokens"] + cached["cacheWriteInputTokens"]
    assert plain["cacheReadInputTokens"] == plain["cacheWriteInputTokens"] == 0


def test_another_prefix_is_not_found(runtime):
    ask(runtime, [{"text": unique(LONG)}, POINT], "What is granite?")
    assert ask(runtime, [{"text": unique(LONG)}, POINT], "What is granite?")["cacheReadInputTokens"] == 0


def test_short_prefixes_are_not_cached(runtime):
    usage = ask(runtime, [{"text": unique("Be brief.")}, POINT], "What is granite?")
    assert usage["cacheWriteInputTokens"] == 0


@pytest.mark.parametrize(("point", "ttl"), [(POINT, "5m"), (HOUR, "1h")], ids=["default", "hour"])
def test_the_usage_tells_how_long_a_prefix_lives(runtime, point, ttl):
    system = [{"text": unique(LONG)}, point]
    first = ask(runtime, system, "What is granite?")
    assert first["cacheDetails"] == [{"inputTokens": first["cacheWriteInputTokens"], "ttl": ttl}]
    assert not ask(runtime, system, "What is granite?").get("cacheDetails")


def test_a_growing_conversation_reads_what_came_before(runtime):
    first = user(unique(LONG), POINT)
    written = runtime.converse(modelId=models.SONNET, messages=[first])["usage"]["cacheWriteInputTokens"]
    messages = [first, assistant("Yes. " + LONG), user("And then? " + LONG, POINT)]
    usage = runtime.converse(modelId=models.SONNET, messages=messages)["usage"]
    assert usage["cacheReadInputTokens"] == written > 0
    assert usage["cacheWriteInputTokens"] > 0
    check_sum(usage)


def test_tools_can_be_cached(runtime):
    tool = {"toolSpec": TIME["toolSpec"] | {"description": unique(LONG)}}
    config = {"tools": [tool, POINT]}
    first = ask(runtime, [{"text": "Be brief."}], "What is granite?", toolConfig=config)
    second = ask(runtime, [{"text": "Be brief."}], "What is basalt?", toolConfig=config)
    assert second["cacheReadInputTokens"] == first["cacheWriteInputTokens"] > 2000


def test_streams_count_alike(runtime):
    request = {
        "modelId": models.SONNET,
        "system": [{"text": unique(LONG)}, POINT],
        "messages": [user("What is granite?")],
    }
    first = fold(collect(runtime.converse_stream(**request)))["usage"]
    second = runtime.converse(**request)["usage"]
    assert second["cacheReadInputTokens"] == first["cacheWriteInputTokens"] > 2000
    check_sum(first)


def test_five_points_are_too_many(runtime):
    blocks = [block for number in range(5) for block in ({"text": f"part {number}"}, POINT)]
    with invalid() as error:
        ask(runtime, [{"text": "Be brief."}], *blocks)
    assert error["message"].endswith("A maximum of 4 blocks with cache_control may be provided. Found 5.")


def test_what_lives_longer_comes_first(runtime):
    with invalid() as error:
        ask(runtime, [{"text": "Be brief."}, POINT], "What is granite?", HOUR)
    assert "a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block" in error["message"]


def test_only_claude_can_be_told_how_long(runtime):
    with invalid("Extended TTL prompt caching is only supported for Anthropic models"):
        ask(runtime, [{"text": "Be brief."}, HOUR], "What is granite?", model=models.NOVA_LITE)
