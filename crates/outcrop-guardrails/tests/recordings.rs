//! Recorded guardrails act here as they did there, with the same shapes.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::float_cmp,
    reason = "helpers of tests"
)]

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use bedrock_runtime_smithy::model::{GuardrailAction, GuardrailAssessment};
use outcrop_guardrails::{
    Content, Direction, Guardrail, Intervention, Outcome, Policy, Qualifier, Request, Scope,
    StreamGuard, StreamOptions, action_reason,
};
use serde_json::{Value, json};

/// A recorded exchange: request and answer. Nothing where there are no recordings.
fn recording(file: &str) -> Option<(Value, Value)> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/recordings");
    let path = PathBuf::from(root).join(file);
    let Ok(text) = fs::read(&path) else {
        println!("skipped: no recording at {}", path.display());
        return None;
    };
    let recording: Value = serde_json::from_slice(&text).unwrap();
    let body = |side: &str| {
        let text = recording[side]["body_text"].as_str().unwrap_or("null");
        serde_json::from_str(text).unwrap()
    };
    Some((body("request"), body("response")))
}

/// A recorded guardrail, as far as its traffic shows it. The conformance test makes the same ones.
fn guardrail(id: &str) -> Guardrail {
    let text = include_str!("recorded_guardrails.json");
    let mut policies: HashMap<String, Policy> = serde_json::from_str(text).unwrap();
    Guardrail::compile(&policies.remove(id).unwrap()).unwrap()
}

fn numbers(outcome: &Outcome) -> Value {
    let usage = &outcome.usage;
    let text = outcome.coverage.text_characters.clone().unwrap();
    json!({
        "guardrailCoverage": {"textCharacters": {"guarded": text.guarded, "total": text.total}},
        "usage": {
            "automatedReasoningPolicies": usage.automated_reasoning_policies,
            "automatedReasoningPolicyUnits": usage.automated_reasoning_policy_units,
            "contentPolicyImageUnits": usage.content_policy_image_units,
            "contentPolicyUnits": usage.content_policy_units,
            "contextualGroundingPolicyUnits": usage.contextual_grounding_policy_units,
            "sensitiveInformationPolicyFreeUnits": usage.sensitive_information_policy_free_units,
            "sensitiveInformationPolicyUnits": usage.sensitive_information_policy_units,
            "topicPolicyUnits": usage.topic_policy_units,
            "wordPolicyUnits": usage.word_policy_units,
        },
    })
}

/// Every member that the recording has is the same here; the latency is nobody's business.
fn assert_metrics(outcome: &Outcome, recorded: &Value) {
    let own = numbers(outcome);
    for (unit, value) in recorded["usage"].as_object().unwrap() {
        assert_eq!(&own["usage"][unit], value, "{unit}");
    }
    assert_eq!(
        own["guardrailCoverage"]["textCharacters"],
        recorded["guardrailCoverage"]["textCharacters"]
    );
}

fn topics(assessment: &GuardrailAssessment) -> Value {
    let topics = assessment
        .topic_policy
        .iter()
        .flat_map(|policy| policy.topics.iter().flatten());
    let told = topics.map(|topic| {
        json!({
            "action": topic.action.unwrap().as_str(),
            "detected": topic.detected,
            "name": topic.name,
            "type": topic.r#type.unwrap().as_str(),
        })
    });
    told.collect()
}

fn filters(assessment: &GuardrailAssessment) -> Value {
    let filters = assessment
        .content_policy
        .iter()
        .flat_map(|policy| policy.filters.iter().flatten());
    let told = filters.map(|filter| {
        json!({
            "action": filter.action.unwrap().as_str(),
            "confidence": filter.confidence.unwrap().as_str(),
            "detected": filter.detected,
            "filterStrength": filter.filter_strength.unwrap().as_str(),
            "type": filter.r#type.unwrap().as_str(),
        })
    });
    told.collect()
}

fn entities(assessment: &GuardrailAssessment) -> Value {
    let policy = assessment.sensitive_information_policy.iter();
    let told = policy
        .flat_map(|policy| policy.pii_entities.iter().flatten())
        .map(|entity| {
            json!({
                "action": entity.action.unwrap().as_str(),
                "detected": entity.detected,
                "match": entity.r#match,
                "type": entity.r#type.unwrap().as_str(),
            })
        });
    told.collect()
}

#[test]
fn apply_guardrail_tells_everything_in_full_scope() {
    let guardrail = guardrail("274u1upxm897");
    for file in [
        "openinference/test_apply_guardrails.4e2d8e.00.json",
        "openinference/test_apply_guardrails_with_suppress_tracing.67d8d2.00.json",
        "openinference/test_apply_success_guardrails.16c35e.00.json",
    ] {
        let Some((request, response)) = recording(file) else {
            return;
        };
        let content = [Content::text(
            request["content"][0]["text"]["text"].as_str().unwrap(),
        )];
        let outcome = guardrail.assess(&Request {
            scope: Scope::Full,
            ..Request::new(Direction::Input, &content)
        });
        let recorded = &response["assessments"][0];
        assert_eq!(outcome.action().as_str(), response["action"], "{file}");
        assert_eq!(outcome.intervention.reason(), response["actionReason"]);
        let outputs: Value = outcome
            .outputs()
            .iter()
            .map(|output| json!({"text": output.text}))
            .collect();
        assert_eq!(outputs, response["outputs"]);
        assert_eq!(
            topics(&outcome.assessment),
            recorded["topicPolicy"]["topics"]
        );
        assert_eq!(
            filters(&outcome.assessment),
            recorded["contentPolicy"]["filters"]
        );
        let sensitive = &recorded["sensitiveInformationPolicy"];
        assert_eq!(entities(&outcome.assessment), sensitive["piiEntities"]);
        assert!(outcome.assessment.word_policy.is_none());
        assert!(outcome.assessment.contextual_grounding_policy.is_none());
        assert_metrics(&outcome, &recorded["invocationMetrics"]);
    }
}

#[test]
fn a_grounded_answer_is_masked_in_converse() {
    let file = "openllmetry/test_titan_converse_guardrail.ef311a.00.json";
    let Some((request, response)) = recording(file) else {
        return;
    };
    let guardrail = guardrail("5zwrmdlsra2e");
    let trace = &response["trace"]["guardrail"];
    let id = "5zwrmdlsra2e";
    let blocks = &request["messages"][0]["content"];
    let block = |index: usize| {
        blocks[index]["guardContent"]["text"]["text"]
            .as_str()
            .unwrap()
    };
    let reference = [
        Content::qualified(block(0), &[Qualifier::GroundingSource]),
        Content::qualified(block(1), &[Qualifier::Query]),
    ];
    let input = guardrail.assess(&Request::new(Direction::Input, &reference));
    assert_eq!(input.intervention, Intervention::None);
    assert_metrics(&input, &trace["inputAssessment"][id]["invocationMetrics"]);

    let raw: Value = serde_json::from_str(trace["modelOutput"][0].as_str().unwrap()).unwrap();
    let answer = raw["results"][0]["outputText"].as_str().unwrap();
    let [source, query] = reference;
    let content = [
        source,
        query,
        Content::qualified(answer, &[Qualifier::GuardContent]),
    ];
    let output = guardrail.assess(&Request::new(Direction::Output, &content));
    let recorded = &trace["outputAssessments"][id][0];
    assert_eq!(output.intervention, Intervention::Masked);
    assert_eq!(output.action(), GuardrailAction::GuardrailIntervened);
    let text = response["output"]["message"]["content"][0]["text"]
        .as_str()
        .unwrap();
    assert_eq!(
        output.texts[0]
            .trim_start_matches("\nBot: ")
            .replace('\u{a0}', " "),
        text.replace('\u{a0}', " ")
    );
    let mut own = entities(&output.assessment);
    for entity in own.as_array_mut().unwrap() {
        // Recorded before the service told it.
        entity.as_object_mut().unwrap().remove("detected");
    }
    assert_eq!(own, recorded["sensitiveInformationPolicy"]["piiEntities"]);
    let filters = output
        .assessment
        .contextual_grounding_policy
        .unwrap()
        .filters
        .unwrap();
    for (own, recorded) in filters.iter().zip(
        recorded["contextualGroundingPolicy"]["filters"]
            .as_array()
            .unwrap(),
    ) {
        assert_eq!(own.r#type.unwrap().as_str(), recorded["type"]);
        assert_eq!(own.action.unwrap().as_str(), recorded["action"]);
        assert_eq!(
            own.threshold.unwrap(),
            recorded["threshold"].as_f64().unwrap()
        );
    }
}

#[test]
fn a_regex_masks_by_its_name() {
    let Some((_, response)) = recording("openllmetry/test_guardrail_invoke.35b8b0.00.json") else {
        return;
    };
    let guardrail = guardrail("5zwrmdlsra2e");
    let trace = &response["amazon-bedrock-trace"]["guardrail"];
    let raw: Value = serde_json::from_str(trace["modelOutput"][0].as_str().unwrap()).unwrap();
    let answer = raw["results"][0]["outputText"].as_str().unwrap();
    let masked = response["results"][0]["outputText"].as_str().unwrap();
    let content = [Content::text(answer)];
    let outcome = guardrail.assess(&Request::new(Direction::Output, &content));
    assert_eq!(outcome.texts, [masked]);
    let regexes = outcome
        .assessment
        .sensitive_information_policy
        .clone()
        .unwrap()
        .regexes
        .unwrap();
    let own: Value = regexes
        .iter()
        .map(|regex| {
            json!({
                "action": regex.action.unwrap().as_str(),
                "match": regex.r#match,
                "name": regex.name,
                "regex": regex.regex,
            })
        })
        .collect();
    let recorded = &trace["outputs"][0]["5zwrmdlsra2e"];
    assert_eq!(own, recorded["sensitiveInformationPolicy"]["regexes"]);
    let coverage = outcome.coverage.text_characters.clone().unwrap();
    let expected = &recorded["invocationMetrics"]["guardrailCoverage"]["textCharacters"]["guarded"];
    assert_eq!(json!(coverage.guarded), *expected);

    let mut stream = StreamGuard::new(&guardrail, StreamOptions::default());
    let mut released = String::new();
    for word in answer.split_inclusive(' ') {
        released += &stream.push(word).text;
    }
    let (rest, streamed) = stream.finish();
    assert_eq!(released + &rest.text, masked);
    assert_eq!(streamed.assessment, outcome.assessment);
}

#[test]
fn a_denied_topic_blocks_the_prompt() {
    for (file, id, name) in [
        (
            "openllmetry/test_guardrail_invoke_stream.d19202.00.json",
            "5zwrmdlsra2e",
            "topic-1",
        ),
        (
            "req_llm/guardrail_converse_blocked_stream.json",
            "guardrail1234",
            "Weather",
        ),
    ] {
        let Some((request, _)) = recording(file) else {
            return;
        };
        let text = request["inputText"]
            .as_str()
            .or(request["messages"][0]["content"][0]["text"].as_str());
        let content = [Content::text(text.unwrap())];
        let outcome = guardrail(id).assess(&Request::new(Direction::Input, &content));
        assert_eq!(
            action_reason(Some(outcome.intervention), None),
            "Guardrail blocked."
        );
        assert_eq!(
            topics(&outcome.assessment),
            json!([{"action": "BLOCKED", "detected": true, "name": name, "type": "DENY"}])
        );
        assert_eq!(outcome.usage.topic_policy_units, Some(1));
    }
}
