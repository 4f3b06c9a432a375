"""Many clients at once: everyone gets the answer to their own request."""

from concurrent.futures import ThreadPoolExecutor

from support import models
from support.events import check_order, collect, fold
from support.parts import text_of, user


def test_whole_answers_and_streams_do_not_mix(runtime):
    def ask(number: int) -> None:
        request = {"modelId": models.SONNET, "messages": [user(f"Tell me about rock number {number}.")]}
        if number % 2:
            answer = runtime.converse(**request)
        else:
            events = collect(runtime.converse_stream(**request))
            check_order(events)
            answer = fold(events)
        assert f"rock number {number}." in text_of(answer)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(ask, range(200)))
