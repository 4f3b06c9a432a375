//! Each case of `tests/families.json`, through `InvokeModel` and through its stream.

use aws_sdk_bedrockruntime::{
    error::ProvideErrorMetadata, primitives::Blob, types::ResponseStream,
};
use outcrop_sdk_rust::Clients;
use serde_json::Value;

const METRICS: &str = "amazon-bedrock-invocationMetrics";

fn families() -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../families.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn text<'a>(family: &'a Value, member: &str) -> &'a str {
    family[member].as_str().unwrap_or_default()
}

pub(crate) async fn every_family_answers_in_its_own_words(clients: &Clients) {
    for family in families() {
        let request = clients
            .runtime
            .invoke_model()
            .model_id(text(&family, "model"))
            .body(Blob::new(family["body"].to_string()));
        let answer = request.send().await;
        if let Some(refusal) = family["refused"].as_str() {
            assert_eq!(answer.unwrap_err().message(), Some(refusal), "{family}");
            continue;
        }
        let answer: Value = serde_json::from_slice(answer.unwrap().body().as_ref()).unwrap();
        let told = &answer[text(&family, "answer")];
        assert!(!told.is_null(), "{family}: {answer}");
        assert!(
            told.to_string().contains(text(&family, "says")),
            "{family}: {answer}"
        );
    }
}

pub(crate) async fn every_family_streams_or_says_that_it_does_not(clients: &Clients) {
    for family in families()
        .iter()
        .filter(|family| family["refused"].is_null())
    {
        let request = clients
            .runtime
            .invoke_model_with_response_stream()
            .model_id(text(family, "model"))
            .body(Blob::new(family["body"].to_string()));
        let answer = request.send().await;
        if family["streams"] == false {
            let refusal = answer.unwrap_err();
            assert_eq!(
                refusal.message(),
                Some("The model is unsupported for streaming."),
                "{family}"
            );
            continue;
        }
        let mut stream = answer.unwrap().body;
        let mut chunks = Vec::<Value>::new();
        while let Some(event) = stream.recv().await.unwrap() {
            let ResponseStream::Chunk(chunk) = event else {
                panic!("{event:?}")
            };
            chunks.push(serde_json::from_slice(chunk.bytes().unwrap().as_ref()).unwrap());
        }
        assert!(
            Value::from(chunks.clone())
                .to_string()
                .contains(text(family, "says")),
            "{family}"
        );
        let last = chunks.pop().unwrap();
        assert!(
            last[METRICS]["outputTokenCount"].as_u64() > Some(0),
            "{family}: {last}"
        );
        assert!(
            chunks.iter().all(|chunk| chunk.get(METRICS).is_none()),
            "{family}"
        );
    }
}
