mod life;
mod listings;
mod policies;
mod policy_uses;
mod refusals;
mod runtime;
mod versions;

use serde_json::{Value, json};

use crate::testing::Server;

/// A request with one word to block.
fn request(name: &str) -> Value {
    json!({
        "name": name,
        "description": format!("about {name}"),
        "blockedInputMessaging": "Not that.",
        "blockedOutputsMessaging": "Not this.",
        "wordPolicyConfig": { "wordsConfig": [{ "text": "granite" }] },
    })
}

/// Makes a guardrail, and gives its id.
async fn create(server: &Server, body: Value) -> String {
    let answer = server.post("/guardrails", body).await.ok();
    assert_eq!(answer["version"], "DRAFT");
    answer["guardrailId"]
        .as_str()
        .expect("is a text")
        .to_owned()
}

/// Makes a version, and gives its number.
async fn create_version(server: &Server, id: &str, body: Value) -> String {
    let answer = server.post(&path(id), body).await.ok();
    assert_eq!(answer["guardrailId"], id);
    answer["version"].as_str().expect("is a text").to_owned()
}

fn path(id: &str) -> String {
    format!("/guardrails/{id}")
}

fn version_path(id: &str, version: &str) -> String {
    format!("/guardrails/{id}?guardrailVersion={version}")
}

fn arn(id: &str) -> String {
    format!("arn:aws:bedrock:us-east-1:123456789012:guardrail/{id}")
}

fn arn_path(id: &str) -> String {
    path(&arn(id).replace('/', "%2F"))
}

async fn status(server: &Server, target: &str) -> String {
    let seen = server.get(target).await.ok();
    seen["status"].as_str().expect("is a text").to_owned()
}
