"""The servers and clients that every test can ask for."""

import os

import pytest

from support import clients, offline
from support.server import Server

offline.isolate(os.environ)
offline.forbid_network()


@pytest.fixture(scope="session")
def start_server(tmp_path_factory):
    """Starts servers with given flags, and stops them at the end."""
    servers = []

    def start(*flags: str, **options) -> Server:
        servers.append(Server(tmp_path_factory.mktemp("server"), *flags, **options))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
def server(start_server) -> Server:
    """The server that most tests share."""
    return start_server("--tls-listen", "127.0.0.1:0", "--tls-dir", "tls")


@pytest.fixture(scope="session")
def runtime(server):
    """boto3's client of bedrock-runtime."""
    return clients.boto("bedrock-runtime", server.url)


@pytest.fixture(scope="session")
def unchecked(server):
    """The same without boto3's own checks of parameters, so that the server makes them."""
    return clients.boto("bedrock-runtime", server.url, parameter_validation=False)


@pytest.fixture(scope="session")
def control(server):
    """boto3's client of bedrock."""
    return clients.boto("bedrock", server.url)
