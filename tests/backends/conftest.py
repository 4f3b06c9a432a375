"""The engines, a server before them, and its clients."""

import os

import pytest
from engines import tiny_model
from engines.llama_cpp import LlamaCpp

from support import claude, clients, offline
from support.server import Server

offline.isolate(os.environ)
offline.forbid_network()

CHAT, EMBEDDING = "tiny", "tiny-embedding"


@pytest.fixture(scope="session")
def start_engine(tmp_path_factory):
    """Starts engines with the tiny model, and stops them at the end."""
    folder = tmp_path_factory.mktemp("engines")
    model = folder / "tiny.gguf"
    tiny_model.write(model)
    engines = []

    def start(name: str, kind: str) -> LlamaCpp:
        engines.append(LlamaCpp(folder, model, name, kind))
        return engines[-1]

    yield start
    for engine in engines:
        engine.stop()


@pytest.fixture(scope="session")
def engine(start_engine) -> LlamaCpp:
    """The engine that chats."""
    return start_engine(CHAT, "chat")


@pytest.fixture(scope="session")
def embedder(start_engine) -> LlamaCpp:
    """The engine that embeds."""
    return start_engine(EMBEDDING, "embedding")


@pytest.fixture(scope="session")
def start_server(tmp_path_factory):
    """Starts servers with given flags, and stops them at the end."""
    servers = []

    def start(*flags: str) -> Server:
        servers.append(Server(tmp_path_factory.mktemp("server"), *flags))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
def server(start_server, engine) -> Server:
    """The server before the engine that chats."""
    return start_server("--backend", engine.base, "--backend-model", engine.name)


@pytest.fixture(scope="session")
def runtime(server):
    """boto3's client of bedrock-runtime."""
    return clients.boto("bedrock-runtime", server.url)


@pytest.fixture(scope="session")
def embeddings(start_server, embedder):
    """boto3's client of a server before the engine that embeds."""
    server = start_server("--backend", embedder.base, "--backend-embedding-model", embedder.name)
    return clients.boto("bedrock-runtime", server.url)


@pytest.fixture(scope="session")
def anthropic(server):
    """Anthropic's client for Bedrock."""
    with claude.client(server.url) as client:
        yield client
