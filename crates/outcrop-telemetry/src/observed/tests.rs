use bedrock_runtime_smithy::model::{
    ContentBlock, ContentBlockDelta, ContentBlockDeltaEvent, ConversationRole,
    ConverseStreamMetadataEvent, Message, MessageStopEvent, StopReason, TokenUsage,
};
use futures_util::{StreamExt, stream};
use outcrop_catalogue::Catalogue;
use outcrop_engine::{Caller, ConverseRequest, Engine, EventStream, canned::CannedEngine};

use super::*;

fn request() -> ConverseRequest {
    let catalogue = Catalogue::builtin().unwrap();
    let id = "amazon.nova-lite-v1:0";
    ConverseRequest {
        model: Arc::clone(catalogue.model(id).unwrap()),
        model_id: id.to_owned(),
        caller: Caller {
            account: "123456789012".into(),
            region: "us-east-1".into(),
        },
        messages: vec![Message {
            role: ConversationRole::User,
            content: vec![ContentBlock::Text("Hello".to_owned())],
        }],
        system: Vec::new(),
        inference_config: None,
        tool_config: None,
        output_config: None,
        performance_config: None,
        service_tier: None,
        additional_model_request_fields: None,
        additional_model_response_field_paths: Vec::new(),
        native_body: None,
        choice: 0,
    }
}

#[tokio::test]
async fn a_whole_answer_is_noted() {
    let engine = ObservedEngine::new(Arc::new(CannedEngine::new()));
    let observation = Observation::new(None);
    let asked = async {
        let events = engine.converse(request()).await.unwrap();
        events.count().await
    };
    assert!(observation.around(asked).await > 4);
    let seen = observation.seen().clone();
    assert_eq!(seen.operation, Some("chat"));
    assert_eq!(seen.backend.as_deref(), Some("canned"));
    assert_eq!(seen.stop_reason.as_deref(), Some("end_turn"));
    assert!(seen.input_tokens > Some(0) && seen.output_tokens > Some(0));
    assert!(seen.asked <= seen.first_token && seen.first_token <= seen.last_token);
    assert!(seen.last_token <= seen.done && seen.done.is_some());
}

#[tokio::test]
async fn an_answer_that_nobody_reads_on_is_noted_as_far_as_it_was_read() {
    let engine = ObservedEngine::new(Arc::new(CannedEngine::new()));
    let observation = Observation::new(None);
    let asked = async {
        let events = engine.converse(request()).await.unwrap();
        // The start of the message, and of its content.
        events.take(3).count().await
    };
    observation.around(asked).await;
    let seen = observation.seen().clone();
    assert!(seen.first_token.is_some() && seen.done.is_some());
    assert!(seen.last_token.is_none() && seen.output_tokens.is_none());
}

#[tokio::test]
async fn counting_is_noted_and_a_conversation_that_follows_replaces_it() {
    let engine = ObservedEngine::new(Arc::new(CannedEngine::new()));
    let observation = Observation::new(None);
    let counted = observation.around(engine.count_tokens(request())).await;
    let seen = observation.seen().clone();
    assert_eq!(seen.operation, Some("count_tokens"));
    assert_eq!(seen.input_tokens, counted.ok().map(u64::from));
    let _events = observation.around(engine.converse(request())).await;
    assert_eq!(observation.seen().operation, Some("chat"));
}

#[tokio::test]
async fn without_an_observation_the_engine_answers_all_the_same() {
    let engine = ObservedEngine::new(Arc::new(CannedEngine::new()));
    let events = engine.converse(request()).await.unwrap();
    assert!(events.count().await > 4);
}

#[tokio::test]
async fn usage_is_taken_as_the_engine_tells_it() {
    let observation = Observation::new(None);
    let events: EventStream = Box::pin(stream::iter([
        Ok(StreamEvent::ContentBlockDelta(ContentBlockDeltaEvent {
            delta: Some(ContentBlockDelta::Text("x".to_owned())),
            content_block_index: Some(0),
            p: None,
        })),
        Ok(StreamEvent::MessageStop(MessageStopEvent {
            stop_reason: Some(StopReason::MaxTokens),
            additional_model_response_fields: None,
            p: None,
        })),
        Ok(StreamEvent::Metadata(ConverseStreamMetadataEvent {
            usage: Some(TokenUsage {
                input_tokens: Some(3),
                output_tokens: Some(1),
                total_tokens: Some(11),
                cache_read_input_tokens: Some(7),
                cache_read_input_token_count: Some(7),
                cache_write_input_tokens: None,
                cache_write_input_token_count: None,
                cache_details: None,
                server_tool_usage: None,
            }),
            metrics: None,
            trace: None,
            performance_config: None,
            service_tier: None,
            p: None,
        })),
    ]));
    Watched::new(events, Arc::clone(&observation)).count().await;
    let seen = observation.seen().clone();
    assert_eq!((seen.input_tokens, seen.output_tokens), (Some(3), Some(1)));
    assert_eq!(
        (seen.cache_read_tokens, seen.cache_write_tokens),
        (Some(7), None)
    );
    assert_eq!(seen.stop_reason.as_deref(), Some("max_tokens"));
}
