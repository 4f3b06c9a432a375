"""AsyncAnthropicBedrock."""

import asyncio

import pytest
from anthropic import BadRequestError

from support import models
from support.claude import EARLIER, NEWEST, Claude, async_client


@pytest.fixture(params=[NEWEST, EARLIER], ids=["newest", "earlier"])
def run(request, server):
    """Runs work with a client of its own."""

    async def main(work):
        async with async_client(server.url) as client:
            return await asyncio.wait_for(work(Claude(client, request.param)), 30)

    return lambda work: asyncio.run(main(work))


def test_a_message(run):
    async def work(claude):
        return await claude.create("Tell me about marble.")

    assert "marble" in run(work).content[0].text


def test_a_stream(run):
    async def work(claude):
        async with claude.stream("Tell me about marble.") as stream:
            texts = [text async for text in stream.text_stream]
            return texts, await stream.get_final_message()

    texts, message = run(work)
    assert len(texts) > 3
    assert "".join(texts) == message.content[0].text


def test_many_at_once(run):
    async def work(claude):
        return await asyncio.gather(*(claude.create(f"Tell me about rock number {number}.") for number in range(20)))

    for number, message in enumerate(run(work)):
        assert f"rock number {number}." in message.content[0].text


def test_errors_are_typed(run):
    async def work(claude):
        with pytest.raises(BadRequestError):
            await claude.create("Hello", model=models.UNKNOWN)

    run(work)
