"""LiteLLM's proxy between the server and the engine."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from jsonschema import validate

from support import clients, models
from support.errors import refused
from support.events import check_order, collect, fold
from support.parts import schema_of, text_of, tool, tool_result, tool_uses, user

KEY = "sk-proxy"
DEADLINE = 120
HELLO = [user("Hello")]
SAYS = {"grammar": 'root ::= "one END more"'}
CITY = tool("weather", {"city": {"enum": ["Bonn", "Rome"]}})


@pytest.fixture(scope="module")
def proxy(engine, tmp_path_factory):
    """The address of a proxy before the engine."""
    folder = tmp_path_factory.mktemp("litellm")
    engine_model = {"model": f"openai/{engine.name}", "api_base": engine.base, "api_key": "none"}
    config = {
        "model_list": [{"model_name": engine.name, "litellm_params": engine_model}],
        "general_settings": {"master_key": KEY},
        "litellm_settings": {"num_retries": 0},
    }
    (folder / "config.yaml").write_text(json.dumps(config))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = os.path.join(os.path.dirname(sys.executable), "litellm")
    command = [program, "--config", "config.yaml", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | {"LITELLM_LOCAL_MODEL_COST_MAP": "True"},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{url}/health/liveliness", process, folder / "log")
        yield f"{url}/v1"
    finally:
        process.terminate()
        process.wait()


def wait_for(url: str, process: subprocess.Popen, log) -> None:
    deadline = time.monotonic() + DEADLINE
    while True:
        try:
            urllib.request.urlopen(url, timeout=DEADLINE).close()
            return
        except urllib.error.URLError:
            alive = process.poll() is None and time.monotonic() < deadline
            assert alive, log.read_text(errors="replace")[-4000:]


@pytest.fixture(scope="module")
def connect(start_server, proxy):
    """Makes clients of servers before the proxy."""

    def connect(model: str, *key: str):
        flags = ("--backend", proxy, "--backend-model", model, *key)
        return clients.boto("bedrock-runtime", start_server(*flags).url)

    return connect


@pytest.fixture(scope="module")
def runtime(connect, engine):
    return connect(engine.name, "--backend-api-key", KEY)


def test_an_answer(runtime):
    answer = runtime.converse(modelId=models.SONNET, messages=HELLO, additionalModelRequestFields=SAYS)
    assert text_of(answer) == "one END more"
    assert answer["stopReason"] == "end_turn"
    assert answer["usage"]["outputTokens"] > 0


def test_a_stream(runtime):
    events = collect(
        runtime.converse_stream(modelId=models.SONNET, messages=HELLO, additionalModelRequestFields=SAYS)
    )
    check_order(events)
    assert text_of(fold(events)) == "one END more"
    assert len([event for event in events if "contentBlockDelta" in event]) > 2


@pytest.mark.parametrize("choice", [{"any": {}}, {"tool": {"name": "weather"}}], ids=["any", "tool"])
def test_a_loop_ends(runtime, choice):
    tools = {"tools": [CITY]}
    first = runtime.converse(modelId=models.SONNET, messages=HELLO, toolConfig=tools | {"toolChoice": choice})
    assert first["stopReason"] == "tool_use"
    for use in tool_uses(first):
        validate(use["input"], schema_of(CITY))
    results = user(*(tool_result(use, {"text": "20"}) for use in tool_uses(first)))
    second = runtime.converse(
        modelId=models.SONNET, messages=[*HELLO, first["output"]["message"], results], toolConfig=tools
    )
    assert text_of(second) and not tool_uses(second)


def test_an_unknown_model(connect):
    with refused("ValidationException", 400) as error:
        connect("nope", "--backend-api-key", KEY).converse(modelId=models.SONNET, messages=HELLO)
    assert "nope" in error["message"]
