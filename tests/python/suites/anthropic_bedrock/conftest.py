"""Every test here is done with the newest models and with earlier ones."""

import pytest

from support import clients
from support.claude import EARLIER, NEWEST, Claude


@pytest.fixture(scope="session")
def client(server):
    """Anthropic's client for Bedrock."""
    with clients.anthropic(server.url) as client:
        yield client


@pytest.fixture(params=[NEWEST, EARLIER], ids=["newest", "earlier"])
def claude(request, client) -> Claude:
    """The client, asking one generation of models."""
    return Claude(client, request.param)
