use std::{collections::BTreeSet, fs, path::Path};

use serde_json::{Value, json};

use super::*;
use crate::testing::get;

async fn listed(query: &str) -> Vec<Value> {
    let answer = get(&format!("/foundation-models{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.body);
    answer.json()["modelSummaries"]
        .as_array()
        .expect("is a list")
        .clone()
}

/// The values of a member in a listing, each once.
fn values(models: &[Value], member: &str) -> BTreeSet<String> {
    let texts = models.iter().flat_map(|model| match &model[member] {
        Value::Array(values) => values.clone(),
        value => vec![value.clone()],
    });
    texts
        .filter_map(|value| value.as_str().map(str::to_owned))
        .collect()
}

/// The filtered listing is exactly those models of the whole one that have the value.
async fn check_filter(query: &str, member: &str, value: &str) {
    let has_value = |model: &Value| match &model[member] {
        Value::Array(values) => values.iter().any(|found| found == value),
        found => found == value,
    };
    let wanted: Vec<Value> = listed("").await.into_iter().filter(has_value).collect();
    assert!(!wanted.is_empty(), "no model has {member} {value}");
    assert_eq!(listed(query).await, wanted, "{query}");
}

#[tokio::test]
async fn everything_is_listed_without_a_filter() {
    let models = listed("").await;
    assert!(models.len() > 100, "{}", models.len());
    assert!(
        models
            .iter()
            .all(|model| model["modelId"] != "test.retired-v1:0")
    );
    assert_eq!(
        values(&models, "modelArn"),
        values(&models, "modelId")
            .iter()
            .map(|id| format!("arn:aws:bedrock:us-east-1::foundation-model/{id}"))
            .collect()
    );
}

#[tokio::test]
async fn each_listed_model_is_the_one_that_can_be_asked_for() {
    for listed in listed("").await {
        for name in ["modelId", "modelArn"] {
            let identifier = listed[name].as_str().expect("is text").replace('/', "%2F");
            let answer = get(&format!("/foundation-models/{identifier}")).await;
            assert_eq!(answer.status, 200, "{identifier}: {}", answer.body);
            assert_eq!(answer.json()["modelDetails"], listed, "{identifier}");
        }
    }
}

#[tokio::test]
async fn every_filter_lets_its_models_through() {
    let models = listed("").await;
    // The model's pattern lets no full stop through, though there is a provider with one.
    for provider in values(&models, "providerName")
        .into_iter()
        .filter(|name| !name.contains('.'))
    {
        let query = format!("?byProvider={}", provider.replace(' ', "%20"));
        check_filter(&query, "providerName", &provider).await;
    }
    for (parameter, member) in [
        ("byOutputModality", "outputModalities"),
        ("byInferenceType", "inferenceTypesSupported"),
        ("byCustomizationType", "customizationsSupported"),
    ] {
        let values = values(&models, member);
        assert!(values.len() > 1, "{member}: {values:?}");
        for value in values {
            check_filter(&format!("?{parameter}={value}"), member, &value).await;
        }
    }
}

#[tokio::test]
async fn filters_hold_together() {
    let query = "?byProvider=amazon&byOutputModality=TEXT&byCustomizationType=FINE_TUNING&byInferenceType=PROVISIONED";
    let models = listed(query).await;
    assert!(!models.is_empty());
    for model in &models {
        assert_eq!(model["providerName"], "Amazon");
        let one = std::slice::from_ref(model);
        assert!(values(one, "outputModalities").contains("TEXT"), "{model}");
        assert!(
            values(one, "customizationsSupported").contains("FINE_TUNING"),
            "{model}"
        );
        assert!(
            values(one, "inferenceTypesSupported").contains("PROVISIONED"),
            "{model}"
        );
    }
}

#[tokio::test]
async fn known_value_that_no_model_has_lists_nothing() {
    assert_eq!(listed("?byProvider=Acme").await, Vec::<Value>::new());
    assert_eq!(listed("?byOutputModality=AUDIO").await, Vec::<Value>::new());
}

#[tokio::test]
async fn unknown_value_is_refused() {
    let inference = "Value 'X' at 'byInferenceType' failed to satisfy constraint: Member must satisfy enum value set: [ON_DEMAND, PROVISIONED]";
    let modality = "Value 'text' at 'byOutputModality' failed to satisfy constraint: Member must satisfy enum value set: [TEXT, IMAGE, EMBEDDING]";
    for (query, message) in [
        (
            "byInferenceType=X",
            format!("1 validation error detected: {inference}"),
        ),
        (
            "byOutputModality=text",
            format!("1 validation error detected: {modality}"),
        ),
        (
            "byOutputModality=text&byInferenceType=X",
            format!("2 validation errors detected: {inference}; {modality}"),
        ),
    ] {
        let answer = get(&format!("/foundation-models?{query}")).await;
        assert_eq!(
            answer.error(),
            (400, "ValidationException", message.as_str()),
            "{query}"
        );
    }
    // Of a closed enum: refused before the handler, with a text that is not this crate's.
    assert_eq!(
        get("/foundation-models?byCustomizationType=X").await.status,
        400
    );
    assert_eq!(get("/foundation-models?byProvider=!").await.status, 400);
}

#[test]
fn open_enums_are_those_of_the_model() {
    let constraints: Value =
        serde_json::from_str(include_str!("../../../../bedrock-smithy/constraints.json"))
            .expect("is JSON");
    let opened: Value = serde_json::from_str(include_str!(
        "../../../../../model/bedrock/opened_enums.json"
    ))
    .expect("is JSON");
    for (name, known) in [
        ("InferenceType", INFERENCE_TYPE),
        ("ModelModality", MODEL_MODALITY),
    ] {
        assert_eq!(
            constraints["shapes"][name]["enum"],
            json!(known.modeled),
            "{name}"
        );
        let id = format!("com.amazonaws.bedrock#{name}");
        let entries = opened.as_array().expect("is a list");
        let entry = entries
            .iter()
            .find(|entry| entry["shape"] == id)
            .expect("is opened");
        assert_eq!(entry["seen"], json!(known.seen), "{name}");
    }
}

/// The service's own list, recorded on the last day of 2025, comes out the same in everything that its model knows.
#[tokio::test]
async fn list_is_the_recorded_one_and_newer_models() {
    let file = "../../../shared/recordings/chatlas/test_anthropic_models.8bdd59.01.json";
    let Ok(recording) = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)) else {
        println!("skipped: there is no recording at {file}");
        return;
    };
    let recording: Value = serde_json::from_str(&recording).expect("is JSON");
    let body = recording["response"]["body_text"]
        .as_str()
        .expect("has a body");
    let body: Value = serde_json::from_str(body).expect("is JSON");
    let recorded = body["modelSummaries"].as_array().expect("is a list");

    let models = listed("").await;
    assert!(models.len() >= recorded.len());
    for (model, recorded) in models.iter().zip(recorded) {
        for (member, value) in model.as_object().expect("is an object") {
            assert_eq!(
                value, &recorded[member],
                "{member} of {}",
                recorded["modelId"]
            );
        }
        // What the service says nothing of is `null` there and left out here.
        let said = model.get("responseStreamingSupported").is_some();
        assert_eq!(
            said,
            !recorded["responseStreamingSupported"].is_null(),
            "{}",
            recorded["modelId"]
        );
    }
}
