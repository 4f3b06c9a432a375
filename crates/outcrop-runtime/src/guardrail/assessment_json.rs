//! Assessments as native bodies have them: the members of the model, in an order of their own.

use bedrock_runtime_smithy::{
    model::{GuardrailAction, GuardrailAssessment, GuardrailUsage},
    output::ApplyGuardrailOutput,
    server::{protocol::rest_json_1::RestJson1, response::IntoResponse},
};
use futures_util::FutureExt;
use http_body_util::{BodyExt, Collected};
use serde_json::{Map, Value};

/// The recorded order; what is not here comes in the order of the model, before `invocationMetrics`.
const FIRST: [&str; 22] = [
    "appliedGuardrailDetails",
    "topicPolicy",
    "contentPolicy",
    "wordPolicy",
    "sensitiveInformationPolicy",
    "contextualGroundingPolicy",
    "name",
    "regex",
    "type",
    "match",
    "confidence",
    "filterStrength",
    "action",
    "guardrailProcessingLatency",
    "usage",
    "topicPolicyUnits",
    "contentPolicyUnits",
    "wordPolicyUnits",
    "automatedReasoningPolicyUnits",
    "automatedReasoningPolicies",
    "sensitiveInformationPolicyUnits",
    "sensitiveInformationPolicyFreeUnits",
];

const LAST: [&str; 4] = [
    "contextualGroundingPolicyUnits",
    "contentPolicyImageUnits",
    "invocationMetrics",
    "guardrailCoverage",
];

/// An assessment as JSON.
pub(super) fn native(assessment: &GuardrailAssessment) -> Value {
    // The generated serializer of an answer that has assessments: no shape is spelled twice.
    let answer = ApplyGuardrailOutput {
        action: GuardrailAction::None,
        action_reason: None,
        assessments: vec![assessment.clone()],
        blocked_response: None,
        guardrail_coverage: None,
        output: None,
        outputs: Vec::new(),
        usage: no_usage(),
    };
    let response = IntoResponse::<RestJson1>::into_response(answer);
    let body = response.into_body().collect().now_or_never();
    let bytes = body.and_then(Result::ok).map(Collected::to_bytes);
    let mut value: Value = bytes
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default();
    value
        .pointer_mut("/assessments/0")
        .map(|assessment| ordered(assessment.take()))
        .unwrap_or_default()
}

fn ordered(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.into_iter().collect();
            members.sort_by_key(|(name, _)| place(name));
            let ordered = members
                .into_iter()
                .map(|(name, value)| (name, ordered(value)));
            Value::Object(ordered.collect::<Map<_, _>>())
        }
        Value::Array(items) => items.into_iter().map(ordered).collect(),
        other => other,
    }
}

fn place(name: &str) -> usize {
    let at = |list: &[&str]| list.iter().position(|own| *own == name);
    let last = || at(&LAST).map(|place| FIRST.len() + 1 + place);
    at(&FIRST).or_else(last).unwrap_or(FIRST.len())
}

fn no_usage() -> GuardrailUsage {
    GuardrailUsage {
        automated_reasoning_policies: None,
        automated_reasoning_policy_units: None,
        content_policy_image_units: None,
        content_policy_units: None,
        contextual_grounding_policy_units: None,
        sensitive_information_policy_free_units: None,
        sensitive_information_policy_units: None,
        topic_policy_units: None,
        word_policy_units: None,
    }
}
