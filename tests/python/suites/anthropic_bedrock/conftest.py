"""Every test here is done with the newest models and with earlier ones."""

import pytest

from support import claude
from support.claude import EARLIER, NEWEST, Claude


@pytest.fixture(scope="session")
def client(server):
    """Anthropic's client for Bedrock."""
    with claude.client(server.url) as client:
        yield client


@pytest.fixture(name="claude", params=[NEWEST, EARLIER], ids=["newest", "earlier"])
def asking(request, client) -> Claude:
    """The client, asking one generation of models."""
    return Claude(client, request.param)
