//! Why an answer stopped, and where its reasoning begins, as servers tell it or not.

use bedrock_runtime_smithy::model::{
    ContentBlock, InferenceConfiguration, ReasoningContentBlock, StopReason,
};
use outcrop_backends::{BackendSettings, OpenAiEngine, Reasoning};
use outcrop_engine::{Answer, ConverseRequest, Engine, fold};
use serde_json::{Value, json};

use crate::support::{Backend, Reply, ask, engine, patient, text};

fn until(word: &str) -> ConverseRequest {
    let mut request = ask("Hello");
    request.inference_config = Some(InferenceConfiguration {
        max_tokens: None,
        stop_sequences: Some(vec![word.to_owned()]),
        temperature: None,
        top_p: None,
    });
    request
}

fn list(owner: &str) -> Reply {
    let body = json!({"object": "list", "data": [{"id": "m", "owned_by": owner}]});
    Reply::json("200 OK", &body)
}

/// An answer whose last chunk has these members beside its choice.
fn stopped(members: &Value) -> Reply {
    let said = json!({"choices": [{"delta": {"content": "Hi"}}]});
    let mut last = json!({"choices": [{"delta": {}, "finish_reason": "stop"}]});
    last.as_object_mut()
        .unwrap()
        .extend(members.as_object().unwrap().clone());
    Reply::chunks(&[said, last])
}

async fn answer(engine: &OpenAiEngine, request: ConverseRequest) -> Answer {
    fold(engine.converse(request).await.unwrap()).await.unwrap()
}

#[tokio::test]
async fn llama_cpp_is_asked_for_the_stop_sequence_that_was_met() {
    let met = stopped(&json!({"__verbose": {"stop_type": "word", "stopping_word": "END"}}));
    let none = stopped(&json!({"__verbose": {"stop_type": "eos", "stopping_word": ""}}));
    let backend = Backend::start(vec![list("llamacpp"), met, none]).await;
    let engine = engine(&backend);
    for reason in [StopReason::StopSequence, StopReason::EndTurn] {
        assert_eq!(answer(&engine, until("END")).await.stop_reason, reason);
    }
    let received = backend.received();
    assert_eq!(received.len(), 3, "the list is asked for once");
    assert!(received[0].head.starts_with("get /v1/models "));
    assert!(
        received[1..]
            .iter()
            .all(|request| request.body["verbose"] == true)
    );
}

#[tokio::test]
async fn other_servers_get_no_member_that_they_do_not_know() {
    let backend = Backend::start(vec![list("library"), stopped(&json!({}))]).await;
    let told = answer(&engine(&backend), until("END")).await;
    assert_eq!(told.stop_reason, StopReason::EndTurn);
    assert_eq!(backend.received()[1].body.get("verbose"), None);
    // Without stop sequences nothing is asked for.
    let backend = Backend::start(vec![Reply::text("Hi")]).await;
    answer(&engine(&backend), ask("Hello")).await;
    assert_eq!(backend.received().len(), 1);
}

#[tokio::test]
async fn an_answer_may_begin_within_its_reasoning() {
    let chunks = ["so ", "</thi", "nk>\n\nYes"]
        .map(|text| json!({"choices": [{"delta": {"content": text}}]}));
    let stop = json!({"choices": [{"delta": {}, "finish_reason": "stop"}]});
    let reply = Reply::chunks(&[&chunks[..], &[stop]].concat());
    let backend = Backend::start(vec![reply]).await;
    let engine = OpenAiEngine::new(BackendSettings {
        reasoning: Reasoning::Opened,
        ..patient(&backend.url)
    });
    let told = answer(&engine.unwrap(), ask("Hello")).await;
    let ContentBlock::ReasoningContent(ReasoningContentBlock::ReasoningText(reasoning)) =
        &told.message.content[0]
    else {
        panic!("{:?}", told.message)
    };
    assert_eq!(
        (reasoning.text.as_str(), text(&told).as_str()),
        ("so ", "Yes")
    );
}
