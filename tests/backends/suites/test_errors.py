"""What the engine refuses, and what becomes of it."""

import socket

import anthropic as sdk
import pytest

from engines.tiny_model import CONTEXT
from support import clients, models
from support.claude import EARLIER, Claude
from support.errors import refused
from support.parts import user

TOO_LONG = "marble, " * (CONTEXT // 8)


@pytest.mark.parametrize("operation", ["converse", "converse_stream"])
def test_a_prompt_that_is_too_long(runtime, operation):
    with refused("ValidationException", 400) as error:
        getattr(runtime, operation)(modelId=models.SONNET, messages=[user(TOO_LONG)])
    assert "exceeds the available context size" in error["message"]


def test_a_prompt_that_is_too_long_for_anthropics_client(anthropic):
    with pytest.raises(sdk.BadRequestError, match="exceeds the available context size"):
        Claude(anthropic, EARLIER).create(TOO_LONG)


def test_a_grammar_that_is_none(runtime):
    with refused("ValidationException", 400) as error:
        runtime.converse(
            modelId=models.SONNET, messages=[user("Hello")], additionalModelRequestFields={"grammar": "root ::= ("}
        )
    assert "grammar" in error["message"]


def test_a_path_that_is_wrong(start_server, engine):
    server = start_server("--backend", f"{engine.url}/v9", "--backend-model", engine.name)
    with refused("ResourceNotFoundException", 404) as error:
        clients.boto("bedrock-runtime", server.url).converse(modelId=models.SONNET, messages=[user("Hello")])
    assert "/v1" in error["message"]


def test_an_engine_that_does_not_embed(start_server, engine):
    server = start_server("--backend", engine.base, "--backend-embedding-model", engine.name)
    runtime = clients.boto("bedrock-runtime", server.url)
    with refused("ModelErrorException", 424) as error:
        runtime.invoke_model(modelId=models.TITAN_EMBED, body='{"inputText": "Hello"}')
    assert "does not support embeddings" in error["message"]


@pytest.mark.parametrize("operation", ["converse", "converse_stream"])
def test_an_engine_that_is_not_there(start_server, operation):
    with socket.socket() as taken:
        # A port that is bound, and does not listen, refuses connections.
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        server = start_server("--backend", url, "--backend-model", "tiny", "--backend-retries", "0")
        runtime = clients.boto("bedrock-runtime", server.url)
        with refused("ServiceUnavailableException", 503) as error:
            getattr(runtime, operation)(modelId=models.SONNET, messages=[user("Hello")])
    assert "cannot be reached" in error["message"]
