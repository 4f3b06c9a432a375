"""Frameworks find the server in the environment, and a guardrail in it."""

import os

import pytest

# Its list of prices comes with it; without this it would be fetched when it is imported.
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"


@pytest.fixture(scope="session", autouse=True)
def endpoints(server):
    """The variables that AWS's SDKs and LiteLLM read."""
    for name in ("AWS_ENDPOINT_URL_BEDROCK", "AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "AWS_BEDROCK_RUNTIME_ENDPOINT"):
        os.environ[name] = server.url


@pytest.fixture(scope="session")
def guardrail(control) -> dict:
    """The identifier and version of a guardrail. It blocks `granite` in prompts and `basalt` in answers; it masks ten
    digits in prompts and addresses in answers.
    """
    made = control.create_guardrail(
        name="frameworks",
        blockedInputMessaging="No question.",
        blockedOutputsMessaging="No answer.",
        wordPolicyConfig={
            "wordsConfig": [
                {"text": "granite", "inputEnabled": True, "outputEnabled": False},
                {"text": "basalt", "inputEnabled": False, "outputEnabled": True},
            ]
        },
        sensitiveInformationPolicyConfig={
            "piiEntitiesConfig": [
                {"type": "EMAIL", "action": "ANONYMIZE", "inputEnabled": False, "outputEnabled": True},
            ],
            "regexesConfig": [
                {
                    "name": "Account",
                    "pattern": r"\b\d{10}\b",
                    "action": "ANONYMIZE",
                    "inputEnabled": True,
                    "outputEnabled": False,
                },
            ],
        },
    )
    identifier = made["guardrailId"]
    version = control.create_guardrail_version(guardrailIdentifier=identifier)["version"]
    yield {"guardrailIdentifier": identifier, "guardrailVersion": version}
    control.delete_guardrail(guardrailIdentifier=identifier)
