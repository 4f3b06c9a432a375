"""Throttling, and that clients come back after it."""

import contextlib
import json
import socket

import pytest
from anthropic import RateLimitError

from support import clients, models
from support.claude import NEWEST, Claude, client
from support.errors import refused
from support.parts import text_of, user

MESSAGE = "Too many requests, please wait before trying again."
BODY = json.dumps({"messages": [user("Hello")]}).encode()
REQUEST = {"modelId": models.HAIKU_3, "messages": [user("Hello")]}


@pytest.fixture(scope="module")
def small(start_server):
    """A server that answers one request at a time."""
    return start_server("--max-in-flight", "1")


class Held:
    """A request whose body is not all there yet, so that it takes the only place."""

    def __init__(self, server):
        self._socket = socket.create_connection(server.address, timeout=20)
        head = f"POST /model/{models.HAIKU_3}/converse HTTP/1.1\r\nhost: test\r\nconnection: close\r\n"
        head += f"content-type: application/json\r\ncontent-length: {len(BODY)}\r\nexpect: 100-continue\r\n\r\n"
        self._socket.sendall(head.encode())
        # The server asks for the body once the request has its place.
        assert self._socket.recv(100).startswith(b"HTTP/1.1 100")

    def finish(self) -> None:
        """Sends the rest, and reads the answer up to its end."""
        self._socket.sendall(BODY)
        answer = b"".join(iter(lambda: self._socket.recv(65536), b""))
        assert answer.startswith(b"HTTP/1.1 200"), answer
        self._socket.close()


@contextlib.contextmanager
def held(server):
    request = Held(server)
    try:
        yield request
    finally:
        request._socket.close()


def test_a_throttled_request_is_typed(small):
    runtime = clients.boto("bedrock-runtime", small.url)
    with held(small) as request:
        for operation in (runtime.converse, runtime.converse_stream):
            with refused("ThrottlingException", 429, MESSAGE) as error:
                operation(**REQUEST)
            assert error["headers"]["retry-after"] == "1"
        request.finish()


@pytest.mark.parametrize("mode", ["standard", "legacy", "adaptive"])
def test_boto3_comes_back(small, mode):
    runtime = clients.boto("bedrock-runtime", small.url, retries={"mode": mode, "total_max_attempts": 4})
    with held(small) as request:
        statuses = []

        def release(response, **_):
            statuses.append(response[0].status_code)
            if len(statuses) == 1:
                request.finish()

        runtime.meta.events.register_first("needs-retry.bedrock-runtime.Converse", release)
        answer = runtime.converse(**REQUEST)
    assert statuses[0] == 429 and statuses[-1] == 200
    assert answer["ResponseMetadata"]["RetryAttempts"] == len(statuses) - 1 >= 1
    assert "Hello" in text_of(answer)


def test_anthropics_client_types_it(small):
    with held(small) as request, client(small.url) as anthropic:
        with pytest.raises(RateLimitError) as raised:
            Claude(anthropic, NEWEST).create("Hello")
        assert raised.value.status_code == 429
        request.finish()
