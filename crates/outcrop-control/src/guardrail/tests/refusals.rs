//! What the service refuses beyond its model.

use std::time::Duration;

use http::Method;
use serde_json::{Value, json};

use super::{create, path, request};
use crate::testing::Server;

const TIER: &str = "Can't configure guardrail policy tier. Enable cross-Region inference for your guardrail to use Standard tier.";
const PROFILE: &str = "Guardrail cross-Region profile ID is invalid. Specify a guardrail profile ID that's supported in your current AWS Region";
const ACCOUNT: &str = "The provided resource ARN is from a different account";

/// Members that make a request invalid, and what is said of them.
fn invalid() -> Vec<(Value, &'static str)> {
    let topic = json!({ "name": "Mining", "definition": "How to mine.", "type": "DENY" });
    let filter = |kind: &str, input: &str, output: &str| json!({ "type": kind, "inputStrength": input, "outputStrength": output });
    let regex =
        |name: &str, pattern: &str| json!({ "name": name, "pattern": pattern, "action": "BLOCK" });
    let standard = json!({ "tierName": "STANDARD" });
    vec![
        (
            json!({ "wordPolicyConfig": null }),
            "Guardrail must have at least one policy",
        ),
        (
            json!({ "topicPolicyConfig": { "topicsConfig": [topic, topic] } }),
            "Topic policy topic names are not unique",
        ),
        (
            json!({ "contentPolicyConfig": { "filtersConfig": [filter("HATE", "LOW", "LOW"), filter("HATE", "HIGH", "LOW")] } }),
            "The content filter configs cannot have duplicates",
        ),
        (
            json!({ "contentPolicyConfig": { "filtersConfig": [filter("PROMPT_ATTACK", "HIGH", "LOW")] } }),
            "PROMPT ATTACK content filter strength for response must be NONE",
        ),
        (
            json!({ "contentPolicyConfig": { "filtersConfig": [filter("HATE", "NONE", "NONE"), filter("SEXUAL", "NONE", "NONE")] } }),
            "At least one content filter strength must be set to not NONE.",
        ),
        (
            json!({ "wordPolicyConfig": {} }),
            "This Word policy must have at least one configuration.",
        ),
        (
            json!({ "wordPolicyConfig": { "wordsConfig": [{ "text": "a" }, { "text": "b" }, { "text": "a" }] } }),
            "Words cannot have duplicates",
        ),
        (
            json!({ "wordPolicyConfig": { "managedWordListsConfig": [{ "type": "PROFANITY" }, { "type": "PROFANITY" }] } }),
            "Managed words cannot have duplicates",
        ),
        (
            json!({ "sensitiveInformationPolicyConfig": {} }),
            "This Sensitive Information policy must have at least one configuration.",
        ),
        (
            json!({ "sensitiveInformationPolicyConfig": { "piiEntitiesConfig": [
                { "type": "EMAIL", "action": "BLOCK" }, { "type": "EMAIL", "action": "ANONYMIZE" }] } }),
            "The PII entity configs cannot have duplicates",
        ),
        (
            json!({ "sensitiveInformationPolicyConfig": { "regexesConfig": [regex("a", "x"), regex("a", "y")] } }),
            "The regex configs cannot have duplicates",
        ),
        (
            json!({ "sensitiveInformationPolicyConfig": { "regexesConfig": [regex("a", "x("), ] } }),
            "The pattern of the regex a is invalid.",
        ),
        (
            json!({ "sensitiveInformationPolicyConfig": { "regexesConfig": [regex("b", "x(?=y)")] } }),
            "The pattern of the regex b is invalid.",
        ),
        (
            json!({ "contextualGroundingPolicyConfig": { "filtersConfig": [{ "type": "GROUNDING", "threshold": 1.0 }] } }),
            "grounding threshold cannot be greater than or equal to 1",
        ),
        (
            json!({ "contextualGroundingPolicyConfig": { "filtersConfig": [
                { "type": "RELEVANCE", "threshold": 0.5 }, { "type": "RELEVANCE", "threshold": 0.6 }] } }),
            "The contextual grounding filter configs cannot have duplicates",
        ),
        (
            json!({ "topicPolicyConfig": { "topicsConfig": [topic], "tierConfig": standard } }),
            TIER,
        ),
        (
            json!({ "contentPolicyConfig": { "filtersConfig": [filter("HATE", "LOW", "LOW")], "tierConfig": standard } }),
            TIER,
        ),
        (
            json!({ "contextualGroundingPolicyConfig": { "filtersConfig": [{ "type": "RELEVANCE", "threshold": 0.5 }], "tierConfig": standard } }),
            TIER,
        ),
        (profile("eu.guardrail.v1:0"), PROFILE),
        (profile("mars.guardrail.v1:0"), PROFILE),
        (
            profile("arn:aws:bedrock:us-west-2:123456789012:guardrail-profile/us.guardrail.v1:0"),
            PROFILE,
        ),
        (
            profile("arn:aws:bedrock:us-east-1:999999999999:guardrail-profile/us.guardrail.v1:0"),
            ACCOUNT,
        ),
        (
            automated("us-west-2:123456789012"),
            "The provided automated reasoning policy ARN is invalid for the service region",
        ),
        (automated("us-east-1:999999999999"), ACCOUNT),
    ]
}

fn profile(identifier: &str) -> Value {
    json!({ "crossRegionConfig": { "guardrailProfileIdentifier": identifier } })
}

fn automated(owner: &str) -> Value {
    let arn = format!("arn:aws:bedrock:{owner}:automated-reasoning-policy/abcdefghijkl:1");
    json!({ "automatedReasoningPolicyConfig": { "policies": [arn] } })
}

fn with(name: &str, members: &Value) -> Value {
    let mut body = request(name);
    for (member, value) in members.as_object().expect("is an object") {
        body[member] = value.clone();
    }
    body
}

#[tokio::test]
async fn invalid_policies_are_refused() {
    let server = Server::new(Duration::ZERO);
    let id = create(&server, request("valid")).await;
    for (members, message) in invalid() {
        for answer in [
            server.post("/guardrails", with("invalid", &members)).await,
            server.put(&path(&id), with("valid", &members)).await,
        ] {
            assert_eq!(answer.refusal(), (400, "ValidationException"), "{members}");
            let (_, _, said) = answer.error();
            assert!(said.starts_with(message), "{members}: {said}");
        }
    }
    // Nothing came of any of them.
    let all = server.get("/guardrails").await.ok();
    assert_eq!(all["guardrails"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn definitions_of_topics_are_as_long_as_their_tier_allows() {
    let server = Server::new(Duration::ZERO);
    let topics = |length: usize, tier: &str| {
        let definition = "é".repeat(length);
        json!({
            "topicPolicyConfig": {
                "topicsConfig": [
                    { "name": "Mining", "definition": "How to mine.", "type": "DENY" },
                    { "name": "Long", "definition": definition, "type": "DENY" },
                ],
                "tierConfig": { "tierName": tier },
            },
            "crossRegionConfig": { "guardrailProfileIdentifier": "us.guardrail.v1:0" },
        })
    };
    let refusal = async |members: &Value| {
        let answer = server.post("/guardrails", with("long", members)).await;
        assert_eq!(answer.refusal(), (400, "ValidationException"));
        answer.error().2.to_owned()
    };
    for (most, tier) in [(200, "CLASSIC"), (1000, "STANDARD")] {
        create(&server, with(tier, &topics(most, tier))).await;
        let said = refusal(&topics(most + 1, tier)).await;
        assert!(said.contains("definition"), "{said}");
    }
    // The classic tier is the default.
    let mut untiered = topics(201, "CLASSIC");
    untiered["topicPolicyConfig"]["tierConfig"] = Value::Null;
    assert_eq!(
        refusal(&untiered).await,
        "1 validation error detected: Value at 'topicPolicyConfig.topicsConfig.2.member.definition' failed to satisfy \
         constraint: Member must have length less than or equal to 200"
    );
}

#[tokio::test]
async fn a_guardrail_has_up_to_thirty_regexes() {
    let server = Server::new(Duration::ZERO);
    let regexes = |count: usize| {
        let regex =
            |number| json!({ "name": format!("r{number}"), "pattern": "x", "action": "BLOCK" });
        let all: Vec<_> = (0..count).map(regex).collect();
        json!({ "sensitiveInformationPolicyConfig": { "regexesConfig": all } })
    };
    create(&server, with("thirty", &regexes(30))).await;
    let body = with("more", &regexes(31));
    let answer = server.post("/guardrails", body).await;
    assert_eq!(answer.refusal(), (400, "ValidationException"));
}

#[tokio::test]
async fn policies_that_are_not_there_are_not_found() {
    let server = Server::new(Duration::ZERO);
    let body = with("reasoning", &automated("us-east-1:123456789012"));
    let answer = server.post("/guardrails", body).await;
    assert_eq!(answer.refusal(), (404, "ResourceNotFoundException"));
}

#[tokio::test]
async fn profiles_serve_their_geographies() {
    let server = Server::new(Duration::ZERO);
    for (region, profile_id, served) in [
        ("us-east-1", "us.guardrail.v1:0", true),
        ("eu-west-1", "eu.guardrail.v1:0", true),
        ("eu-west-2", "eu.guardrail.v1:0", false),
        ("ap-southeast-2", "apac.guardrail.v1:0", true),
        ("ap-southeast-2", "au.guardrail.v1:0", true),
        // A region of which nothing is known.
        ("sa-east-1", "us.guardrail.v1:0", true),
    ] {
        let name = format!("{}-{region}", &profile_id[..2]);
        let body = with(&name, &profile(profile_id));
        let answer = server
            .ask_from(region, Method::POST, "/guardrails", body)
            .await;
        let expected = if served { 202 } else { 400 };
        assert_eq!(
            answer.status, expected,
            "{region} {profile_id}: {}",
            answer.body
        );
    }
}
