//! Native bodies.

use serde_json::{Value, json};

use crate::guardrail::testing::{Bench, CLAUDE, LLAMA, NOVA, TITAN, question};

fn claude(text: &str) -> Value {
    json!({
        "anthropic_version": "bedrock-2023-05-31",
        "max_tokens": 100,
        "messages": [{ "role": "user", "content": text }],
    })
}

#[tokio::test]
async fn a_masked_body_keeps_its_shape_and_tells_the_trace() {
    let bench = Bench::saying(&["It is 1234561666."]);
    let body = bench
        .invoke(TITAN, json!({ "inputText": "Which account?" }))
        .await
        .body;
    assert_eq!(
        body["results"],
        json!([{ "tokenCount": 22.0, "outputText": "It is {Account Number}.", "completionReason": "FINISH" }])
    );
    let names: Vec<_> = body.as_object().unwrap().keys().collect();
    assert_eq!(
        names,
        [
            "inputTextTokenCount",
            "results",
            "amazon-bedrock-trace",
            "amazon-bedrock-guardrailAction"
        ]
    );
    assert_eq!(body["amazon-bedrock-guardrailAction"], "INTERVENED");
    let trace = &body["amazon-bedrock-trace"]["guardrail"];
    let raw = trace["modelOutput"][0].as_str().unwrap();
    assert!(raw.contains("1234561666"), "{raw}");
    let regex = &trace["outputs"][0]["g1"]["sensitiveInformationPolicy"]["regexes"][0];
    let names: Vec<_> = regex.as_object().unwrap().keys().collect();
    assert_eq!(names, ["name", "regex", "match", "action", "detected"]);
    let input: Vec<_> = trace["input"]["g1"].as_object().unwrap().keys().collect();
    assert_eq!(input, ["appliedGuardrailDetails", "invocationMetrics"]);
}

#[tokio::test]
async fn a_blocked_body_has_the_providers_shape() {
    let bench = Bench::saying(&["Sunny."]);
    let answer = bench
        .invoke(&format!("global.{CLAUDE}"), claude("How is the weather?"))
        .await;
    let body = answer.body;
    let id = body["id"].as_str().unwrap();
    assert!(
        id.starts_with("bedrock-guardrails-") && id.len() == 27,
        "{id}"
    );
    assert_eq!(
        body["content"],
        json!([{ "type": "text", "text": "No question." }])
    );
    assert_eq!(body["stop_reason"], "end_turn");
    assert_eq!(
        body["usage"],
        json!({ "input_tokens": 0, "output_tokens": 0 })
    );
    assert_eq!(body["amazon-bedrock-guardrailAction"], "INTERVENED");
    let bedrock = |name: &http::HeaderName| name.as_str().starts_with("x-amzn-bedrock-");
    assert!(!answer.headers.keys().any(bedrock), "{:?}", answer.headers);

    let answer = bench
        .invoke(
            &format!("us.{LLAMA}"),
            json!({ "prompt": "How is the weather?" }),
        )
        .await;
    let names: Vec<_> = answer.body.as_object().unwrap().keys().collect();
    assert_eq!(
        names,
        [
            "generation",
            "amazon-bedrock-trace",
            "amazon-bedrock-guardrailAction"
        ]
    );
    let told: Vec<_> = answer.headers.keys().filter(|name| bedrock(name)).collect();
    assert_eq!(told, ["x-amzn-bedrock-invocation-latency"]);
    assert_eq!(bench.calls(), 0);
}

#[tokio::test]
async fn without_an_intervention_the_body_says_none() {
    let bench = Bench::saying(&["Hi."]);
    let answer = bench.invoke(NOVA, question("Hello")).await;
    assert_eq!(answer.body["amazon-bedrock-guardrailAction"], "NONE");
    assert_eq!(answer.body["usage"]["outputTokens"], 22);
    assert_eq!(answer.headers["x-amzn-bedrock-output-token-count"], "22");
}

#[tokio::test]
async fn input_tags_limit_what_is_assessed_and_reach_no_model() {
    let bench = Bench::saying(&["Hi."]);
    let ask = async |inner: &str| {
        let tag = "amazon-bedrock-guardrails-guardContent_x";
        let mut body = claude(&format!("forbidden <{tag}>{inner}</{tag}>"));
        body["amazon-bedrock-guardrailConfig"] = json!({ "tagSuffix": "x" });
        bench.invoke(&format!("global.{CLAUDE}"), body).await.body
    };
    assert_eq!(ask("fine").await["amazon-bedrock-guardrailAction"], "NONE");
    {
        let asked = bench.engine.asked.lock().unwrap();
        let told = format!("{:?}", asked[0]);
        assert!(
            told.contains("forbidden fine") && !told.contains("guardContent_x"),
            "{told}"
        );
    }
    assert_eq!(
        ask("forbidden").await["amazon-bedrock-guardrailAction"],
        "INTERVENED"
    );
}

#[tokio::test]
async fn what_belongs_together_has_to_come_together() {
    let bench = Bench::saying(&["Hi."]);
    let path = format!("/model/{NOVA}/invoke");
    let mut body = question("Hello");
    body["amazon-bedrock-guardrailConfig"] = json!({ "tagSuffix": "x" });
    let answer = bench.post(&path, &[], body).await;
    assert_eq!(answer.status, 400);
    let alone = [("X-Amzn-Bedrock-GuardrailIdentifier", "g1")];
    let answer = bench.post(&path, &alone, question("Hello")).await;
    assert_eq!(answer.status, 400);
    assert!(
        answer.body["message"]
            .as_str()
            .unwrap()
            .contains("version is missing")
    );
}

#[tokio::test]
async fn texts_for_vectors_are_assessed() {
    let bench = Bench::saying(&[]);
    let embed = async |text: &str| {
        bench
            .invoke("amazon.titan-embed-text-v2:0", json!({ "inputText": text }))
            .await
            .body
    };
    let body = embed("forbidden").await;
    assert_eq!(
        (&body["amazon-bedrock-guardrailAction"], bench.calls()),
        (&json!("INTERVENED"), 0)
    );
    assert!(embed("fine").await.get("embedding").is_some());
}
