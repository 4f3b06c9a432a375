"""Guardrails that an account enforces on every inference."""

import json

import pytest

from support.guardrails import config, headers, streamed, user
from support import clients

MODEL, OTHER = "amazon.nova-lite-v1:0", "amazon.nova-pro-v1:0"


@pytest.fixture(scope="module")
def server(start_server):
    """A server of its own: what is enforced acts on everybody."""
    return start_server()


@pytest.fixture(scope="module")
def runtime(server):
    return clients.boto("bedrock-runtime", server.url)


def make(control, name, word) -> str:
    made = control.create_guardrail(
        name=name,
        blockedInputMessaging=f"No {word}.",
        blockedOutputsMessaging=f"No {word}.",
        wordPolicyConfig={"wordsConfig": [{"text": word}]},
    )
    control.create_guardrail_version(guardrailIdentifier=made["guardrailId"])
    return made["guardrailId"]


@pytest.fixture(scope="module")
def guardrails(server):
    """One that is enforced on all models but one, and one that requests name."""
    control = clients.boto("bedrock", server.url)
    enforced, own = make(control, "enforced", "granite"), make(control, "own", "basalt")
    made = control.put_enforced_guardrail_configuration(
        guardrailInferenceConfig={
            "guardrailIdentifier": enforced,
            "guardrailVersion": "1",
            "modelEnforcement": {"includedModels": ["ALL"], "excludedModels": [OTHER]},
        }
    )
    yield enforced, own
    control.delete_enforced_guardrail_configuration(configId=made["configId"])


def said(answer) -> str:
    return answer["output"]["message"]["content"][0]["text"]


def test_a_request_that_names_none_is_guarded(runtime, guardrails):
    answer = runtime.converse(modelId=MODEL, messages=user("What is granite?"))
    assert (said(answer), answer["stopReason"]) == ("No granite.", "guardrail_intervened")
    assert "trace" not in answer
    text = json.dumps({"messages": user("What is granite?")})
    body = json.loads(runtime.invoke_model(modelId=MODEL, body=text)["body"].read())
    assert body["amazon-bedrock-guardrailAction"] == "INTERVENED"


def test_a_model_can_be_excluded(runtime, guardrails):
    answer = runtime.converse(modelId=OTHER, messages=user("What is granite?"))
    assert answer["stopReason"] == "end_turn"


def test_it_acts_beside_the_one_that_is_named(runtime, guardrails):
    enforced, own = guardrails
    for text, message in [("granite", "No granite."), ("basalt", "No basalt.")]:
        answer = runtime.converse(modelId=MODEL, messages=user(text), guardrailConfig=config(own))
        assert said(answer) == message
        found = answer["trace"]["guardrail"]["inputAssessment"]
        assert set(found) == {enforced, own}
        origin = found[enforced]["appliedGuardrailDetails"]["guardrailOrigin"]
        assert origin == ["ACCOUNT_ENFORCED"]
        assert found[own]["appliedGuardrailDetails"]["guardrailOrigin"] == ["REQUEST"]
    text, stop, _ = streamed(runtime, MODEL, "What is granite?", config(own))
    assert (text, stop) == ("No granite.", "guardrail_intervened")


def test_marking_does_not_evade_it(runtime, guardrails):
    _, own = guardrails
    marked = {"guardContent": {"text": {"text": "Hello"}}}
    messages = user("What is granite?", marked)
    answer = runtime.converse(modelId=MODEL, messages=messages, guardrailConfig=config(own))
    assert said(answer) == "No granite."


def test_native_requests_tell_both(runtime, guardrails):
    enforced, own = guardrails
    body = json.dumps({"messages": user("Hello")})
    answer = runtime.invoke_model(modelId=MODEL, body=body, **headers(own))
    trace = json.loads(answer["body"].read())["amazon-bedrock-trace"]["guardrail"]
    assert set(trace["input"]) == {enforced, own}
