use std::time::Duration;

use outcrop_guardrails::{Content, Direction, Intervention, Request};
use serde_json::{Value, json};

use super::*;
use crate::testing::Server;

fn caller() -> Caller {
    Caller {
        account: "123456789012".into(),
        region: "us-east-1".into(),
        region_known: true,
    }
}

fn guardrails(server: &Server) -> ControlGuardrails {
    ControlGuardrails::new(Arc::clone(&server.control))
}

fn request(word: &str) -> Value {
    json!({
        "name": "g",
        "blockedInputMessaging": "No question.",
        "blockedOutputsMessaging": "No answer.",
        "wordPolicyConfig": {
            "wordsConfig": [{ "text": word }],
            "managedWordListsConfig": [{ "type": "PROFANITY", "outputEnabled": false }],
        },
        "topicPolicyConfig": {
            "topicsConfig": [{
                "name": "Weather", "definition": "Questions about the weather.", "type": "DENY",
                "examples": ["Will it rain?"], "inputAction": "BLOCK", "outputAction": "NONE",
            }],
        },
        "contentPolicyConfig": {
            "filtersConfig": [{ "type": "VIOLENCE", "inputStrength": "HIGH", "outputStrength": "LOW" }],
        },
        "sensitiveInformationPolicyConfig": {
            "piiEntitiesConfig": [{ "type": "EMAIL", "action": "ANONYMIZE", "inputAction": "NONE" }],
            "regexesConfig": [{ "name": "Account", "pattern": "\\b\\d{10}\\b", "action": "ANONYMIZE" }],
        },
        "contextualGroundingPolicyConfig": {
            "filtersConfig": [{ "type": "GROUNDING", "threshold": 0.75 }],
        },
    })
}

async fn create(server: &Server, body: Value) -> String {
    let answer = server.post("/guardrails", body).await.ok();
    answer["guardrailId"].as_str().unwrap().to_owned()
}

fn intervention(ready: &Ready, direction: Direction, text: &str) -> Intervention {
    let content = [Content::text(text)];
    ready
        .guardrail
        .assess(&Request::new(direction, &content))
        .intervention
}

#[tokio::test]
async fn every_policy_is_evaluated_as_it_was_given() {
    use Direction::{Input, Output};
    use Intervention::{Blocked, Masked, None};

    let server = Server::new(Duration::ZERO);
    let id = create(&server, request("forbidden")).await;
    let ready = guardrails(&server)
        .find(&caller(), &id, "DRAFT")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        ready.arn,
        format!("arn:aws:bedrock:us-east-1:123456789012:guardrail/{id}")
    );
    for (direction, text, expected) in [
        (Input, "This is forbidden.", Blocked),
        (Input, "How is the weather?", Blocked),
        (Output, "How is the weather?", None),
        (Input, "Write to jane@example.com", None),
        (Output, "Write to jane@example.com", Masked),
        (Output, "It is 1234567890.", Masked),
        (Input, "I will kill you.", Blocked),
        (Input, "Good morning.", None),
    ] {
        assert_eq!(
            intervention(&ready, direction, text),
            expected,
            "{direction:?} {text}"
        );
    }
    let policy = policy::of(&stored(&server, &id).await.request).unwrap();
    assert_eq!(policy.topics[0].examples, ["Will it rain?"]);
    assert_eq!(
        policy.managed_word_lists[0].directions.output_enabled,
        Some(false)
    );
    assert!((policy.contextual_grounding[0].threshold - 0.75).abs() < f64::EPSILON);
    assert!(policy.contextual_grounding[0].enabled);
}

async fn stored(server: &Server, id: &str) -> StoredGuardrail {
    let found = server
        .control
        .guardrail(&scope(&caller()), id, "DRAFT")
        .await;
    found.unwrap().unwrap()
}

#[tokio::test]
async fn versions_keep_their_policies_and_drafts_change() {
    let server = Server::new(Duration::ZERO);
    let guardrails = guardrails(&server);
    let id = create(&server, request("granite")).await;
    let path = format!("/guardrails/{id}");
    let made = server.post(&path, json!({})).await.ok();
    assert_eq!(made["version"], "1");
    let blocks = async |version: &str, text: &str| {
        let ready = guardrails
            .find(&caller(), &id, version)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(ready.version, version);
        intervention(&ready, Direction::Input, text) == Intervention::Blocked
    };
    assert!(blocks("DRAFT", "granite").await && blocks("1", "granite").await);
    server.put(&path, request("basalt")).await.ok();
    assert!(blocks("DRAFT", "basalt").await && !blocks("DRAFT", "granite").await);
    assert!(blocks("1", "granite").await && !blocks("1", "basalt").await);
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let server = Server::new(Duration::ZERO);
    let guardrails = guardrails(&server);
    let id = create(&server, request("granite")).await;
    let elsewhere = Caller {
        region: "eu-west-1".into(),
        ..caller()
    };
    for (caller, id, version) in [
        (caller(), "abcdefghijkl", "DRAFT"),
        (caller(), id.as_str(), "7"),
        (elsewhere, id.as_str(), "DRAFT"),
    ] {
        assert!(
            guardrails
                .find(&caller, id, version)
                .await
                .unwrap()
                .is_none()
        );
    }
}

#[tokio::test]
async fn one_that_failed_is_refused() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("granite");
    body["tags"] = json!([{ "key": "outcrop:fail", "value": "no reason" }]);
    let id = create(&server, body).await;
    let error = guardrails(&server)
        .find(&caller(), &id, "DRAFT")
        .await
        .unwrap_err();
    assert!(error.to_string().contains("is FAILED"), "{error}");
}

#[tokio::test]
async fn a_configuration_is_compiled_once() {
    let server = Server::new(Duration::ZERO);
    let guardrails = guardrails(&server);
    let id = create(&server, request("granite")).await;
    let find = || async {
        guardrails
            .find(&caller(), &id, "DRAFT")
            .await
            .unwrap()
            .unwrap()
    };
    assert!(Arc::ptr_eq(&find().await, &find().await));
}

#[test]
fn exclusion_comes_before_inclusion() {
    let on = |included: &[&str], excluded: &[&str]| {
        let owned = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
        let enforcement = ModelEnforcement {
            included_models: owned(included),
            excluded_models: owned(excluded),
        };
        enforces_on(Some(&enforcement), "amazon.nova-lite-v1:0")
    };
    assert!(enforces_on(None, "amazon.nova-lite-v1:0"));
    assert!(on(&["ALL"], &[]) && on(&["amazon.nova-lite-v1:0"], &[]));
    assert!(!on(&["amazon.nova-pro-v1:0"], &[]) && !on(&["ALL"], &["amazon.nova-lite-v1:0"]));
}

#[tokio::test]
async fn answers_are_held_against_the_test_cases_of_policies() {
    let server = Server::new(Duration::ZERO);
    let guardrails = guardrails(&server);
    let made = json!({ "name": "leave" });
    let made = server
        .post("/automated-reasoning-policies", made)
        .await
        .ok();
    let arn = made["policyArn"].as_str().unwrap();
    let cases = format!(
        "/automated-reasoning-policies/{}/test-cases",
        arn.replace(':', "%3A").replace('/', "%2F")
    );
    let mut body = request("granite");
    body["automatedReasoningPolicyConfig"] = json!({ "policies": [arn] });
    let id = create(&server, body).await;
    let found = async || {
        let ready = guardrails.find(&caller(), &id, "DRAFT").await.unwrap();
        let content = [Content::text("Employees get 90 days of leave.")];
        let assessed = ready
            .unwrap()
            .guardrail
            .assess(&Request::new(Direction::Output, &content));
        let policy = assessed.assessment.automated_reasoning_policy.unwrap();
        policy.findings.unwrap().remove(0)
    };
    assert!(found().await.is_no_translations());
    let case = json!({
        "guardContent": "Employees get 90 days of leave",
        "expectedAggregatedFindingsResult": "INVALID",
    });
    server.post(&cases, case).await.ok();
    assert!(found().await.is_invalid());
}
