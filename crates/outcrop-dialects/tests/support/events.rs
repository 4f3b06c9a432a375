//! Answers as an engine would stream them.

use bedrock_runtime_smithy::model::{
    CacheDetail, CacheTtl, CitationSourceContentDelta, CitationsDelta, ContentBlockDelta,
    ContentBlockDeltaEvent, ContentBlockStart, ContentBlockStartEvent, ContentBlockStopEvent,
    ConversationRole, ConverseStreamMetadataEvent, ConverseStreamMetrics, MessageStartEvent,
    MessageStopEvent, ReasoningContentBlockDelta, StopReason, StreamCitationLocation,
    StreamDocumentCharLocation, TokenUsage, ToolUseBlockDelta, ToolUseBlockStart,
};
use outcrop_engine::{StreamEvent, document};
use serde_json::json;

/// One content block in the making.
pub(crate) enum Block {
    Text(Vec<String>),
    Call(String, String, Vec<String>),
    Thinking(Vec<String>, String),
    Cited(String, String),
}

impl Block {
    pub(crate) fn text(pieces: &[&str]) -> Self {
        Self::Text(pieces.iter().map(|&piece| piece.to_owned()).collect())
    }
}

/// A whole answer.
pub(crate) fn answer(blocks: Vec<Block>, stop: StopReason, usage: TokenUsage) -> Vec<StreamEvent> {
    let role = Some(ConversationRole::Assistant);
    let mut events = vec![StreamEvent::MessageStart(
        MessageStartEvent::builder().role(role).build(),
    )];
    for (index, block) in blocks.into_iter().enumerate() {
        let index = i32::try_from(index).unwrap();
        let (start, deltas) = deltas(block);
        events.extend(start.map(|start| {
            let event = ContentBlockStartEvent::builder().content_block_index(Some(index));
            StreamEvent::ContentBlockStart(
                event.start(Some(ContentBlockStart::ToolUse(start))).build(),
            )
        }));
        events.extend(deltas.into_iter().map(|delta| {
            let event = ContentBlockDeltaEvent::builder().content_block_index(Some(index));
            StreamEvent::ContentBlockDelta(event.delta(Some(delta)).build())
        }));
        let stop = ContentBlockStopEvent::builder()
            .content_block_index(Some(index))
            .build();
        events.push(StreamEvent::ContentBlockStop(stop));
    }
    events.push(message_stop(stop));
    let metrics = ConverseStreamMetrics::builder()
        .latency_ms(Some(345))
        .build();
    let metadata = ConverseStreamMetadataEvent::builder()
        .usage(Some(usage))
        .metrics(Some(metrics));
    events.push(StreamEvent::Metadata(metadata.build()));
    events
}

fn message_stop(stop: StopReason) -> StreamEvent {
    let told = (stop == StopReason::StopSequence)
        .then(|| document::to_document(&json!({"stop_sequence": "END"})));
    let event = MessageStopEvent::builder()
        .stop_reason(Some(stop))
        .additional_model_response_fields(told);
    StreamEvent::MessageStop(event.build())
}

fn deltas(block: Block) -> (Option<ToolUseBlockStart>, Vec<ContentBlockDelta>) {
    match block {
        Block::Text(pieces) => (
            None,
            pieces.into_iter().map(ContentBlockDelta::Text).collect(),
        ),
        Block::Call(id, name, pieces) => {
            let start = ToolUseBlockStart::builder()
                .tool_use_id(Some(id))
                .name(Some(name))
                .build();
            let delta =
                |piece| ContentBlockDelta::ToolUse(ToolUseBlockDelta { input: Some(piece) });
            (Some(start), pieces.into_iter().map(delta).collect())
        }
        Block::Thinking(pieces, signature) => {
            let texts = pieces.into_iter().map(ReasoningContentBlockDelta::Text);
            let signature = ReasoningContentBlockDelta::Signature(signature);
            (
                None,
                texts
                    .chain([signature])
                    .map(ContentBlockDelta::ReasoningContent)
                    .collect(),
            )
        }
        Block::Cited(text, source) => {
            let at = StreamDocumentCharLocation::builder()
                .document_index(Some(0))
                .start(Some(4))
                .end(Some(9));
            let source = CitationSourceContentDelta { text: Some(source) };
            let citation = CitationsDelta::builder()
                .title(Some("report".to_owned()))
                .location(Some(StreamCitationLocation::DocumentChar(at.build())))
                .source_content(Some(vec![source]));
            (
                None,
                vec![
                    ContentBlockDelta::Citation(citation.build()),
                    ContentBlockDelta::Text(text),
                ],
            )
        }
    }
}

/// Twelve tokens in, seven out.
pub(crate) fn usage() -> TokenUsage {
    usage_of(12, 7)
}

pub(crate) fn usage_of(input: i32, output: i32) -> TokenUsage {
    let usage = TokenUsage::builder()
        .input_tokens(Some(input))
        .output_tokens(Some(output));
    usage.total_tokens(Some(input + output)).build()
}

/// As [`usage`], with cached tokens: 100 read, 30 written, 20 of them for an hour.
pub(crate) fn cached_usage() -> TokenUsage {
    let detail = CacheDetail::builder()
        .ttl(Some(CacheTtl::OneHour))
        .input_tokens(Some(20))
        .build();
    TokenUsage::builder()
        .input_tokens(Some(12))
        .output_tokens(Some(7))
        .total_tokens(Some(149))
        .cache_read_input_tokens(Some(100))
        .cache_write_input_tokens(Some(30))
        .cache_details(Some(vec![detail]))
        .build()
}

/// A few words.
pub(crate) fn text() -> Vec<StreamEvent> {
    answer(
        vec![Block::text(&["Paris is", " the capital."])],
        StopReason::EndTurn,
        usage(),
    )
}

/// A few words that a limit cut off.
pub(crate) fn cut_off() -> Vec<StreamEvent> {
    answer(
        vec![Block::text(&["Paris", " is"])],
        StopReason::MaxTokens,
        usage(),
    )
}

/// Nothing, for a reason of the provider's.
pub(crate) fn refusal() -> Vec<StreamEvent> {
    answer(
        vec![Block::text(&["No."])],
        StopReason::ContentFiltered,
        usage(),
    )
}

/// Words, and two calls of tools.
pub(crate) fn calls() -> Vec<StreamEvent> {
    let call = |id: &str, pieces: &[&str]| {
        let pieces = pieces.iter().map(|&piece| piece.to_owned()).collect();
        Block::Call(format!("tooluse_{id}"), "get_weather".to_owned(), pieces)
    };
    let blocks = vec![
        Block::text(&["Let me look."]),
        call("a", &["", "{\"city\":", "\"Paris\"}"]),
        call("b", &[""]),
    ];
    answer(blocks, StopReason::ToolUse, usage())
}

/// Thinking, then a cited text.
pub(crate) fn thinking() -> Vec<StreamEvent> {
    let blocks = vec![
        Block::Thinking(
            vec!["First".to_owned(), ", think.".to_owned()],
            "c2ln".to_owned(),
        ),
        Block::Cited("It grew.".to_owned(), "It grew by half.".to_owned()),
    ];
    answer(blocks, StopReason::StopSequence, cached_usage())
}
