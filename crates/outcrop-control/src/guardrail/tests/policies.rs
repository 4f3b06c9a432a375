//! Every member of a guardrail's policies comes back under its name in the answer.

use std::time::Duration;

use serde_json::{Value, json};

use super::{create, path, request};
use crate::testing::Server;

const KEY: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";

/// Each policy as it is given, with all of its members, and as it is told.
fn policies() -> Vec<(&'static str, Value, &'static str, Value)> {
    let (topic, told_topic) = renamed(
        json!({ "topicsConfig": [{
            "name": "Mining", "definition": "How to mine.", "examples": ["Where do I dig?"], "type": "DENY",
            "inputAction": "BLOCK", "inputEnabled": true, "outputAction": "NONE", "outputEnabled": false,
        }], "tierConfig": { "tierName": "STANDARD" } }),
        &[("topicsConfig", "topics")],
    );
    let (content, told_content) = renamed(
        json!({ "filtersConfig": [
            { "type": "HATE", "inputStrength": "HIGH", "outputStrength": "LOW", "inputModalities": ["TEXT", "IMAGE"],
              "outputModalities": ["TEXT"], "inputAction": "NONE", "inputEnabled": false, "outputAction": "BLOCK", "outputEnabled": true },
            { "type": "PROMPT_ATTACK", "inputStrength": "MEDIUM", "outputStrength": "NONE" },
        ], "tierConfig": { "tierName": "CLASSIC" } }),
        &[("filtersConfig", "filters")],
    );
    let (word, told_word) = renamed(
        json!({
            "wordsConfig": [{ "text": "granite", "inputAction": "BLOCK", "inputEnabled": true, "outputAction": "NONE", "outputEnabled": false }],
            "managedWordListsConfig": [{ "type": "PROFANITY", "inputAction": "NONE", "inputEnabled": true, "outputAction": "BLOCK", "outputEnabled": true }],
        }),
        &[
            ("wordsConfig", "words"),
            ("managedWordListsConfig", "managedWordLists"),
        ],
    );
    let (sensitive, told_sensitive) = renamed(
        json!({
            "piiEntitiesConfig": [{ "type": "EMAIL", "action": "ANONYMIZE", "inputAction": "BLOCK", "inputEnabled": true, "outputAction": "NONE", "outputEnabled": false }],
            "regexesConfig": [{ "name": "claim", "description": "Of a claim", "pattern": "C-\\d{4}", "action": "BLOCK",
                "inputAction": "ANONYMIZE", "inputEnabled": true, "outputAction": "NONE", "outputEnabled": false }],
        }),
        &[
            ("piiEntitiesConfig", "piiEntities"),
            ("regexesConfig", "regexes"),
        ],
    );
    let (grounding, told_grounding) = renamed(
        json!({ "filtersConfig": [
            { "type": "GROUNDING", "threshold": 0.75, "action": "NONE", "enabled": false },
            { "type": "RELEVANCE", "threshold": 0.0 },
        ], "tierConfig": { "tierName": "STANDARD" } }),
        &[("filtersConfig", "filters")],
    );
    vec![
        ("topicPolicyConfig", topic, "topicPolicy", told_topic),
        (
            "contentPolicyConfig",
            content,
            "contentPolicy",
            told_content,
        ),
        ("wordPolicyConfig", word, "wordPolicy", told_word),
        (
            "sensitiveInformationPolicyConfig",
            sensitive,
            "sensitiveInformationPolicy",
            told_sensitive,
        ),
        (
            "contextualGroundingPolicyConfig",
            grounding,
            "contextualGroundingPolicy",
            told_grounding,
        ),
    ]
}

/// A configuration, and the same with other names for its members.
fn renamed(given: Value, names: &[(&str, &str)]) -> (Value, Value) {
    let mut told = given.clone();
    let members = told.as_object_mut().expect("is an object");
    for (before, after) in names.iter().chain(&[("tierConfig", "tier")]) {
        if let Some(value) = members.remove(*before) {
            members.insert((*after).to_owned(), value);
        }
    }
    (given, told)
}

#[tokio::test]
async fn every_member_comes_back() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("all");
    body["crossRegionConfig"] = json!({ "guardrailProfileIdentifier": "us.guardrail.v1:0" });
    body["kmsKeyId"] = KEY.into();
    for (config, given, _, _) in policies() {
        body[config] = given;
    }
    let id = create(&server, body.clone()).await;
    let seen = server.get(&path(&id)).await.ok();
    for (_, _, policy, told) in policies() {
        assert_eq!(seen[policy], told, "{policy}");
    }
    let account = "us-east-1:123456789012";
    assert_eq!(
        seen["kmsKeyArn"],
        format!("arn:aws:kms:{account}:key/{KEY}")
    );
    let profile = json!({
        "guardrailProfileArn": format!("arn:aws:bedrock:{account}:guardrail-profile/us.guardrail.v1:0"),
        "guardrailProfileId": "us.guardrail.v1:0",
    });
    assert_eq!(seen["crossRegionDetails"], profile);
    let listed = server.get("/guardrails").await.ok();
    assert_eq!(listed["guardrails"][0]["crossRegionDetails"], profile);
    for member in [
        "description",
        "blockedInputMessaging",
        "blockedOutputsMessaging",
    ] {
        assert_eq!(seen[member], body[member]);
    }

    // An update replaces all of them.
    server.put(&path(&id), request("all")).await.ok();
    let seen = server.get(&path(&id)).await.ok();
    let expected = json!({ "words": [{ "text": "granite" }] });
    assert_eq!(seen["wordPolicy"], expected);
    for absent in [
        "topicPolicy",
        "contentPolicy",
        "sensitiveInformationPolicy",
        "contextualGroundingPolicy",
        "crossRegionDetails",
        "kmsKeyArn",
    ] {
        assert!(seen.get(absent).is_none(), "{absent}: {seen}");
    }
}

#[tokio::test]
async fn each_policy_is_enough() {
    let server = Server::new(Duration::ZERO);
    for (number, (config, given, policy, told)) in policies().into_iter().enumerate() {
        let mut body = request(&format!("only-{number}"));
        body.as_object_mut().unwrap().remove("wordPolicyConfig");
        body["crossRegionConfig"] = json!({ "guardrailProfileIdentifier": "us.guardrail.v1:0" });
        body[config] = given;
        let id = create(&server, body).await;
        assert_eq!(server.get(&path(&id)).await.ok()[policy], told);
    }
}

#[tokio::test]
async fn keys_of_another_region_are_refused() {
    let server = Server::new(Duration::ZERO);
    let key = |place: &str| format!("arn:aws:kms:{place}:key/{KEY}");
    for (place, status) in [
        ("us-east-1:123456789012", 202),
        ("us-east-1:999999999999", 202),
        ("eu-west-1:123456789012", 400),
    ] {
        let mut body = request(&place.replace(':', "-"));
        body["kmsKeyId"] = key(place).into();
        let answer = server.post("/guardrails", body).await;
        assert_eq!(answer.status, status, "{place}: {}", answer.body);
    }
}
