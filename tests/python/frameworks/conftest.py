"""Frameworks find the server in the environment."""

import os

import pytest

# Its list of prices comes with it; without this it would be fetched when it is imported.
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"


@pytest.fixture(scope="session", autouse=True)
def endpoints(server):
    """The variables that AWS's SDKs and LiteLLM read."""
    for name in ("AWS_ENDPOINT_URL_BEDROCK", "AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "AWS_BEDROCK_RUNTIME_ENDPOINT"):
        os.environ[name] = server.url
