"""The AWS CLI."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

from support import models
from support.parts import user

AWS = pathlib.Path(sys.executable).parent / "aws"
DEADLINE = 60


@pytest.fixture(scope="module")
def aws(server):
    """Runs the CLI with its endpoints in the environment."""
    endpoints = {"AWS_ENDPOINT_URL_BEDROCK": server.url, "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": server.url}

    def run(*arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, AWS, *arguments],
            env=os.environ | endpoints | {"AWS_PAGER": ""},
            capture_output=True,
            text=True,
            timeout=DEADLINE,
        )

    return run


def output(result: subprocess.CompletedProcess):
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_converse(aws):
    messages = json.dumps([user("Tell me about marble.")])
    answer = output(aws("bedrock-runtime", "converse", "--model-id", models.SONNET, "--messages", messages))
    assert "marble" in answer["output"]["message"]["content"][0]["text"]
    assert answer["stopReason"] == "end_turn"


def test_invoke_model_writes_a_file(aws, tmp_path):
    body = tmp_path / "request.json"
    body.write_text(json.dumps({"inputText": "Hello", "dimensions": 256}))
    out = tmp_path / "answer.json"
    result = aws(
        "bedrock-runtime", "invoke-model", "--model-id", models.TITAN_EMBED, "--body", f"fileb://{body}", str(out)
    )
    assert output(result)["contentType"] == "application/json"
    assert len(json.loads(out.read_text())["embedding"]) == 256


def test_list_foundation_models_by_provider(aws):
    query = "modelSummaries[].providerName"
    found = output(aws("bedrock", "list-foundation-models", "--by-provider", "Anthropic", "--query", query))
    assert set(found) == {"Anthropic"}


def test_inference_profiles_are_paged_through(aws):
    query = "inferenceProfileSummaries[].inferenceProfileId"
    found = output(aws("bedrock", "list-inference-profiles", "--page-size", "9", "--query", query))
    assert len(found) > 20 and models.SONNET in found


def test_errors_are_printed(aws):
    result = aws("bedrock-runtime", "converse", "--model-id", models.UNKNOWN, "--messages", json.dumps([user("Hello")]))
    assert result.returncode != 0
    assert "(ValidationException) when calling the Converse operation: The provided model identifier is invalid." in (
        result.stderr
    )
