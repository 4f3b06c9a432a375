use bedrock_runtime_smithy::model::{
    CitationsDelta, ContentBlockDelta, ContentBlockDeltaEvent, ContentBlockStart,
    ContentBlockStartEvent, ReasoningContentBlock, ReasoningContentBlockDelta, ToolUseBlockDelta,
    ToolUseBlockStart,
};
use serde_json::json;

use super::*;
use crate::document;

fn start(index: i32, name: &str) -> StreamEvent {
    StreamEvent::ContentBlockStart(
        ContentBlockStartEvent::builder()
            .content_block_index(Some(index))
            .start(Some(ContentBlockStart::ToolUse(
                ToolUseBlockStart::builder()
                    .tool_use_id(Some(format!("tooluse_{name}")))
                    .name(Some(name.to_owned()))
                    .build(),
            )))
            .build(),
    )
}

fn delta(index: i32, delta: ContentBlockDelta) -> StreamEvent {
    StreamEvent::ContentBlockDelta(
        ContentBlockDeltaEvent::builder()
            .content_block_index(Some(index))
            .delta(Some(delta))
            .build(),
    )
}

fn input(index: i32, piece: &str) -> StreamEvent {
    let piece = ToolUseBlockDelta {
        input: Some(piece.to_owned()),
    };
    delta(index, ContentBlockDelta::ToolUse(piece))
}

fn end() -> [StreamEvent; 2] {
    let usage = TokenUsage::builder()
        .input_tokens(Some(3))
        .output_tokens(Some(4))
        .build();
    [
        StreamEvent::MessageStop(
            MessageStopEvent::builder()
                .stop_reason(Some(StopReason::EndTurn))
                .build(),
        ),
        StreamEvent::Metadata(
            ConverseStreamMetadataEvent::builder()
                .usage(Some(usage))
                .build(),
        ),
    ]
}

fn folded(events: Vec<StreamEvent>) -> Result<Answer, EngineError> {
    let events = events.into_iter().chain(end()).map(Ok).collect::<Vec<_>>();
    futures_util::FutureExt::now_or_never(fold(Box::pin(futures_util::stream::iter(events))))
        .expect("a stream that is ready folds at once")
}

#[test]
fn pieces_of_parallel_tool_calls_stay_apart() {
    let answer = folded(vec![
        delta(0, ContentBlockDelta::Text("Let me ".into())),
        delta(0, ContentBlockDelta::Text("look.".into())),
        start(1, "a"),
        start(2, "b"),
        input(1, ""),
        input(2, r#"{"x""#),
        input(1, r#"{"y":[1]}"#),
        input(2, ":2}"),
        start(3, "none"),
    ])
    .unwrap();
    let [ContentBlock::Text(text), tools @ ..] = &*answer.message.content else {
        panic!()
    };
    assert_eq!(text, "Let me look.");
    let inputs: Vec<_> = tools
        .iter()
        .map(|block| document::to_value(&block.as_tool_use().unwrap().input))
        .collect();
    assert_eq!(inputs, [json!({"y": [1]}), json!({"x": 2}), json!({})]);
}

#[test]
fn a_signature_joins_the_reasoning_that_it_signs() {
    let reasoning = |delta_| delta(0, ContentBlockDelta::ReasoningContent(delta_));
    let answer = folded(vec![
        reasoning(ReasoningContentBlockDelta::Text("so ".into())),
        reasoning(ReasoningContentBlockDelta::Text("that".into())),
        reasoning(ReasoningContentBlockDelta::Signature("sig".into())),
    ])
    .unwrap();
    let [ContentBlock::ReasoningContent(ReasoningContentBlock::ReasoningText(block))] =
        &*answer.message.content
    else {
        panic!()
    };
    assert_eq!(
        (&*block.text, block.signature.as_deref()),
        ("so that", Some("sig"))
    );
}

#[test]
fn a_citation_takes_the_text_of_its_block_along() {
    let citation = CitationsDelta::builder()
        .title(Some("report".into()))
        .build();
    let answer = folded(vec![
        delta(0, ContentBlockDelta::Citation(citation)),
        delta(0, ContentBlockDelta::Text("It ".into())),
        delta(0, ContentBlockDelta::Text("grew.".into())),
    ])
    .unwrap();
    let block = answer.message.content[0].as_citations_content().unwrap();
    assert_eq!(block.citations().unwrap()[0].title(), Some("report"));
    assert_eq!(block.content().unwrap()[0].as_text().unwrap(), "It grew.");
}

#[test]
fn a_stream_that_contradicts_itself_is_an_error() {
    assert!(matches!(
        folded(vec![input(0, "{}")]),
        Err(EngineError::Internal(_))
    ));
    let broken = folded(vec![start(0, "a"), input(0, "{")]);
    assert!(matches!(broken, Err(EngineError::ModelError { .. })));
}

#[test]
fn a_stream_without_an_end_is_an_error() {
    let events: EventStream = Box::pin(futures_util::stream::iter([Ok(start(0, "a"))]));
    let folded = futures_util::FutureExt::now_or_never(fold(events)).unwrap();
    assert!(matches!(folded, Err(EngineError::Internal(_))));
}

#[test]
fn input_that_was_cut_is_none() {
    let pieces = || vec![start(0, "a"), input(0, r#"{"city": "Par"#)];
    let whole = folded(pieces()).unwrap_err();
    assert!(matches!(whole, EngineError::ModelError { .. }), "{whole:?}");
    let [_, metadata] = end();
    let stop = MessageStopEvent::builder()
        .stop_reason(Some(StopReason::MaxTokens))
        .build();
    let mut events = pieces();
    events.extend([StreamEvent::MessageStop(stop), metadata]);
    let events: Vec<_> = events.into_iter().map(Ok).collect();
    let events = Box::pin(futures_util::stream::iter(events));
    let answer = futures_util::FutureExt::now_or_never(fold(events)).unwrap();
    let [ContentBlock::ToolUse(call)] = &*answer.unwrap().message.content else {
        panic!()
    };
    assert_eq!(
        (&*call.name, document::to_value(&call.input)),
        ("a", json!({}))
    );
}
