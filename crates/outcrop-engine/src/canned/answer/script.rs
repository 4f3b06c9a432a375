//! The events of an answer, within the request's limits.

use bedrock_runtime_smithy::model::{
    CitationsDelta, ContentBlockDelta, ContentBlockDeltaEvent, ContentBlockStart,
    ContentBlockStartEvent, ContentBlockStopEvent, ConversationRole, ConverseStreamMetadataEvent,
    MessageStartEvent, MessageStopEvent, ReasoningContentBlockDelta, StopReason, ToolUseBlockDelta,
    ToolUseBlockStart,
};

use super::{citation, plan::Call, response_fields::ResponseFields};
use crate::{
    ConverseRequest, StreamEvent,
    canned::{family::Family, signature, text, text::Ending, tokenizer},
};

/// Events so far, and what may still come.
pub(super) struct Script<'a> {
    family: Family,
    stop_sequences: &'a [String],
    response_fields: ResponseFields<'a>,
    /// The `type` of calls.
    call_type: Option<&'static str>,
    /// Tokens that are left, where there is a limit.
    left: Option<u64>,
    spent: u64,
    blocks: i32,
    /// Why nothing more may come.
    ended: Option<Ending>,
    called: bool,
    /// What the text is to cite.
    citation: Option<CitationsDelta>,
    events: Vec<StreamEvent>,
}

impl<'a> Script<'a> {
    pub(super) fn new(family: Family, request: &'a ConverseRequest) -> Self {
        let config = request.inference_config.as_ref();
        let asked = config
            .and_then(|config| config.max_tokens)
            .and_then(|most| u64::try_from(most).ok());
        let usual = request
            .model
            .capabilities
            .default_output_tokens
            .map(u64::from);
        let mut events = Vec::with_capacity(16);
        events.push(StreamEvent::MessageStart(MessageStartEvent {
            p: None,
            role: Some(ConversationRole::Assistant),
        }));
        Self {
            family,
            stop_sequences: config
                .and_then(|config| config.stop_sequences.as_deref())
                .unwrap_or_default(),
            response_fields: ResponseFields::new(family, request),
            call_type: family.call_type(request),
            left: asked.or(usual),
            spent: 0,
            blocks: 0,
            ended: None,
            called: false,
            citation: citation::of(request).filter(|_| family.is_claude()),
            events,
        }
    }

    pub(super) fn output_tokens(&self) -> u64 {
        self.spent
    }

    /// Adds a block of reasoning, signed where the family signs.
    pub(super) fn reasoning(&mut self, thought: &str) {
        let limited = text::limit(thought.to_owned(), self.left, &[]);
        self.spend(limited.tokens);
        for piece in text::deltas(&limited.text) {
            let piece = ReasoningContentBlockDelta::Text(piece.to_owned());
            self.delta(ContentBlockDelta::ReasoningContent(piece));
        }
        if self.family.is_claude() {
            let signature = ReasoningContentBlockDelta::Signature(signature::sign(&limited.text));
            self.delta(ContentBlockDelta::ReasoningContent(signature));
        }
        self.stop();
        if limited.ending != Ending::EndTurn {
            self.ended = Some(limited.ending);
        }
    }

    /// Adds a block of text, up to the token limit or a stop sequence.
    pub(super) fn text(&mut self, text: String) {
        if self.ended.is_some() {
            return;
        }
        let limited = text::limit(text, self.left, self.stop_sequences);
        self.spend(limited.tokens);
        // A text that ends before it begins is no block.
        if !limited.text.is_empty() {
            if let Some(citation) = self.citation.take() {
                self.delta(ContentBlockDelta::Citation(citation));
            }
            for piece in text::deltas(&limited.text) {
                self.delta(ContentBlockDelta::Text(piece.to_owned()));
            }
            self.stop();
        }
        self.ended = Some(limited.ending);
    }

    /// Adds a call. One that does not fit into the token limit is cut off while it is still text.
    pub(super) fn call(&mut self, id: String, call: Call) {
        if self.ended.is_some() {
            return;
        }
        let input = call.input.to_string();
        let tokens = tokenizer::count(&call.name) + tokenizer::count(&input);
        if self.left.is_some_and(|left| tokens > left) {
            self.text(format!("Calling {} with {input}.", call.name));
            self.ended = Some(Ending::MaxTokens);
            return;
        }
        self.spend(tokens);
        self.called = true;
        self.events
            .push(StreamEvent::ContentBlockStart(ContentBlockStartEvent {
                content_block_index: Some(self.blocks),
                p: None,
                start: Some(ContentBlockStart::ToolUse(ToolUseBlockStart {
                    name: Some(call.name),
                    tool_use_id: Some(id),
                    r#type: self.call_type.map(str::to_owned),
                })),
            }));
        // Claude begins with nothing and goes on in pieces; the others send their input whole (recorded).
        if self.family.is_claude() {
            self.input("");
            text::deltas(&input).for_each(|piece| self.input(piece));
        } else {
            self.input(&input);
        }
        self.stop();
    }

    /// Ends the message.
    pub(super) fn finish(mut self, metadata: ConverseStreamMetadataEvent) -> Vec<StreamEvent> {
        let stop_reason = match &self.ended {
            Some(Ending::MaxTokens) => StopReason::MaxTokens,
            Some(Ending::StopSequence(_)) => StopReason::StopSequence,
            Some(Ending::EndTurn) | None if self.called => StopReason::ToolUse,
            Some(Ending::EndTurn) | None => StopReason::EndTurn,
        };
        let stop_sequence = match &self.ended {
            Some(Ending::StopSequence(sequence)) => Some(sequence.as_str()),
            _ => None,
        };
        self.events.push(StreamEvent::MessageStop(MessageStopEvent {
            additional_model_response_fields: self
                .response_fields
                .find(stop_reason.as_str(), stop_sequence),
            p: None,
            stop_reason: Some(stop_reason),
        }));
        self.events.push(StreamEvent::Metadata(metadata));
        self.events
    }

    fn spend(&mut self, tokens: u64) {
        self.spent += tokens;
        self.left = self.left.map(|left| left.saturating_sub(tokens));
    }

    fn input(&mut self, piece: &str) {
        self.delta(ContentBlockDelta::ToolUse(ToolUseBlockDelta {
            input: Some(piece.to_owned()),
        }));
    }

    fn delta(&mut self, delta: ContentBlockDelta) {
        self.events
            .push(StreamEvent::ContentBlockDelta(ContentBlockDeltaEvent {
                content_block_index: Some(self.blocks),
                delta: Some(delta),
                p: None,
            }));
    }

    fn stop(&mut self) {
        self.events
            .push(StreamEvent::ContentBlockStop(ContentBlockStopEvent {
                content_block_index: Some(self.blocks),
                p: None,
            }));
        self.blocks += 1;
    }
}
