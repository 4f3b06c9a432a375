"""Findings that follow from the test cases of a policy."""

import uuid

import pytest

from support.guardrails import apply, config, streamed, user

MODEL = "amazon.nova-lite-v1:0"
EXPECTED = {
    "VALID": "valid",
    "INVALID": "invalid",
    "SATISFIABLE": "satisfiable",
    "IMPOSSIBLE": "impossible",
    "TRANSLATION_AMBIGUOUS": "translationAmbiguous",
    "TOO_COMPLEX": "tooComplex",
    "NO_TRANSLATION": "noTranslations",
}


@pytest.fixture(scope="module")
def policy(control):
    arn = control.create_automated_reasoning_policy(name=f"leave {uuid.uuid4()}")["policyArn"]
    yield arn
    control.delete_automated_reasoning_policy(policyArn=arn, force=True)


@pytest.fixture(scope="module")
def guardrail(control, policy):
    made = control.create_guardrail(
        name="reasoning",
        blockedInputMessaging="No question.",
        blockedOutputsMessaging="No answer.",
        automatedReasoningPolicyConfig={"policies": [policy]},
        crossRegionConfig={"guardrailProfileIdentifier": "us.guardrail.v1:0"},
    )
    yield made["guardrailId"]
    control.delete_guardrail(guardrailIdentifier=made["guardrailId"])


def findings(assessment) -> list[str]:
    return [next(iter(finding)) for finding in assessment["automatedReasoningPolicy"]["findings"]]


@pytest.mark.parametrize("expected", EXPECTED)
def test_an_answer_is_found_to_be_what_its_test_case_expects(control, runtime, policy, guardrail, expected):
    text = f"Employees of kind {expected.lower()} get leave after a year."
    control.create_automated_reasoning_policy_test_case(
        policyArn=policy, guardContent=text, expectedAggregatedFindingsResult=expected
    )
    answer = apply(runtime, guardrail, text, source="OUTPUT")
    assert answer["action"] == "NONE", "findings never block"
    assert findings(answer["assessments"][0]) == [EXPECTED[expected]]
    units = answer["usage"]
    assert (units["automatedReasoningPolicies"], units["automatedReasoningPolicyUnits"]) == (1, 1)


def test_converse_tells_the_finding_in_its_trace(control, runtime, policy, guardrail):
    question = user("Do contractors get leave?")
    said = runtime.converse(modelId=MODEL, messages=question)["output"]["message"]["content"][0]["text"]
    control.create_automated_reasoning_policy_test_case(
        policyArn=policy, guardContent=said, expectedAggregatedFindingsResult="INVALID"
    )
    answer = runtime.converse(modelId=MODEL, messages=question, guardrailConfig=config(guardrail))
    assert answer["stopReason"] == "end_turn"
    trace = answer["trace"]["guardrail"]
    assert findings(trace["outputAssessments"][guardrail][0]) == ["invalid"]
    assert "automatedReasoningPolicy" not in trace["inputAssessment"][guardrail]


def test_streams_are_not_checked(runtime, guardrail):
    _, stop, metadata = streamed(runtime, MODEL, "Do contractors get leave?", config(guardrail))
    [assessment] = metadata["trace"]["guardrail"]["outputAssessments"][guardrail]
    assert stop == "end_turn"
    assert "automatedReasoningPolicy" not in assessment
    assert "automatedReasoningPolicies" not in assessment["invocationMetrics"]["usage"]
