"""AsyncAnthropicBedrock."""

import asyncio

import pytest
from anthropic import BadRequestError

from support import clients, models

REQUEST = {
    "model": models.SONNET,
    "max_tokens": 500,
    "messages": [{"role": "user", "content": "Tell me about marble."}],
}


def run(server, work):
    """Runs the work with a client of its own."""

    async def main():
        async with clients.anthropic_async(server.url) as client:
            return await asyncio.wait_for(work(client), 30)

    return asyncio.run(main())


def test_a_message(server):
    async def work(client):
        return await client.messages.create(**REQUEST)

    assert "marble" in run(server, work).content[0].text


def test_a_stream(server):
    async def work(client):
        async with client.messages.stream(**REQUEST) as stream:
            texts = [text async for text in stream.text_stream]
            return texts, await stream.get_final_message()

    texts, message = run(server, work)
    assert len(texts) > 3
    assert "".join(texts) == message.content[0].text


def test_many_at_once(server):
    async def work(client):
        def ask(number):
            prompt = [{"role": "user", "content": f"Tell me about rock number {number}."}]
            return client.messages.create(**REQUEST | {"messages": prompt})

        return await asyncio.gather(*(ask(number) for number in range(20)))

    for number, message in enumerate(run(server, work)):
        assert f"rock number {number}." in message.content[0].text


def test_errors_are_typed(server):
    async def work(client):
        with pytest.raises(BadRequestError):
            await client.messages.create(**REQUEST | {"model": models.UNKNOWN})

    run(server, work)
