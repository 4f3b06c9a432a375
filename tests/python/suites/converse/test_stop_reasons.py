"""Why answers end where they end."""

import pytest

from support import models
from support.errors import invalid
from support.events import collect, fold
from support.parts import text_of, user

PROMPT = "alpha beta gamma delta"


def ask(runtime, streaming: bool, **config):
    request = {"modelId": models.SONNET, "messages": [user(PROMPT)], "inferenceConfig": config}
    if streaming:
        return fold(collect(runtime.converse_stream(**request)))
    return runtime.converse(**request)


@pytest.fixture(params=[False, True], ids=["whole", "streamed"])
def streaming(request) -> bool:
    return request.param


@pytest.mark.parametrize("limit", [1, 2, 7])
def test_the_token_limit_ends_an_answer(runtime, streaming, limit):
    answer = ask(runtime, streaming, maxTokens=limit)
    assert answer["stopReason"] == "max_tokens"
    assert answer["usage"]["outputTokens"] == limit
    assert text_of(ask(runtime, streaming)).startswith(text_of(answer))


def test_a_limit_that_is_not_reached_changes_nothing(runtime, streaming):
    assert text_of(ask(runtime, streaming, maxTokens=1000)) == text_of(ask(runtime, streaming))


def test_a_stop_sequence_ends_an_answer_before_it(runtime, streaming):
    answer = ask(runtime, streaming, stopSequences=["delta", "gamma"])
    assert answer["stopReason"] == "stop_sequence"
    assert "beta" in text_of(answer)
    assert "gamma" not in text_of(answer)


def test_a_stop_sequence_that_does_not_occur_changes_nothing(runtime, streaming):
    answer = ask(runtime, streaming, stopSequences=["omega"])
    assert answer["stopReason"] == "end_turn"
    assert text_of(answer) == text_of(ask(runtime, streaming))


def test_more_tokens_than_the_model_gives_are_refused(runtime):
    with invalid(
        "The maximum tokens you requested exceeds the model limit of 4096. Try again with a maximum tokens value that "
        "is lower than 4096."
    ):
        runtime.converse(modelId=models.HAIKU_3, messages=[user("Hello")], inferenceConfig={"maxTokens": 4097})
