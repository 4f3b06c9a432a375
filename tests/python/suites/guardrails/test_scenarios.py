"""Assessments that the configuration forces."""

import pytest

from support.guardrails import apply, config, streamed, user
from support import clients

MODEL = "amazon.nova-lite-v1:0"
SCENARIOS = """
[[guardrail_scenarios]]
guardrail = "support"
contains = "case 1"
direction = "input"
findings = [{ policy = "topic", name = "Secrets" }]

[[guardrail_scenarios]]
contains = "case 2"
direction = "output"
findings = [
  { policy = "filter", category = "HATE", confidence = "HIGH" },
  { policy = "word", text = "the", action = "NONE" },
]

[[guardrail_scenarios]]
contains = "case 3"
only = true

[[guardrail_scenarios]]
contains = "case 4"
findings = [{ policy = "pii", entity = "NAME", text = "Quux", action = "ANONYMIZE" }]
"""


@pytest.fixture(scope="module")
def server(start_server, tmp_path_factory):
    path = tmp_path_factory.mktemp("scenarios") / "outcrop.toml"
    path.write_text(SCENARIOS)
    return start_server("--config", str(path))


@pytest.fixture(scope="module")
def runtime(server):
    return clients.boto("bedrock-runtime", server.url)


@pytest.fixture(scope="module")
def guardrails(server):
    """Two guardrails that block one word: by name, their ids."""
    control = clients.boto("bedrock", server.url)

    def make(name):
        made = control.create_guardrail(
            name=name,
            blockedInputMessaging="No question.",
            blockedOutputsMessaging="No answer.",
            wordPolicyConfig={"wordsConfig": [{"text": "granite"}]},
        )
        return made["guardrailId"]

    return {name: make(name) for name in ["support", "sales"]}


def test_a_scenario_is_for_a_guardrail_and_a_direction(runtime, guardrails):
    found = apply(runtime, guardrails["support"], "This is case 1.")
    assert found["assessments"][0]["topicPolicy"]["topics"][0]["name"] == "Secrets"
    assert apply(runtime, guardrails["support"], "This is case 1.", source="OUTPUT")["action"] == "NONE"
    assert apply(runtime, guardrails["sales"], "This is case 1.")["action"] == "NONE"


def test_answers_are_forced_by_what_was_asked(runtime, guardrails):
    guardrail = config(guardrails["sales"])
    answer = runtime.converse(modelId=MODEL, messages=user("This is case 2."), guardrailConfig=guardrail)
    assert answer["output"]["message"]["content"] == [{"text": "No answer."}]
    assert answer["trace"]["guardrail"]["actionReason"] == "No action.\nGuardrail blocked."
    text, stop, _ = streamed(runtime, MODEL, "This is case 2.", guardrail)
    assert (text, stop) == ("No answer.", "guardrail_intervened")


def test_rules_can_be_kept_out(runtime, guardrails):
    assert apply(runtime, guardrails["sales"], "What is granite?")["action"] == "GUARDRAIL_INTERVENED"
    assert apply(runtime, guardrails["sales"], "What is granite? case 3")["action"] == "NONE"


def test_texts_are_masked(runtime, guardrails):
    answer = apply(runtime, guardrails["sales"], "I am Quux, and this is case 4.")
    assert answer["outputs"] == [{"text": "I am {NAME}, and this is case 4."}]
