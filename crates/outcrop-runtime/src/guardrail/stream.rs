//! An answer on its way through the guardrails of an exchange.

use std::{
    collections::BTreeMap,
    sync::{Arc, atomic::Ordering},
    time::Instant,
};

use bedrock_runtime_smithy::model::{
    ContentBlockDelta, ContentBlockDeltaEvent, ContentBlockStopEvent, StopReason,
};
use futures_util::{Stream, StreamExt, stream};
use outcrop_engine::{EngineError, EventStream, StreamEvent};
use outcrop_guardrails::{Intervention, Judge, StreamGuard, StreamOptions};

use super::Exchange;
use crate::judge::judged;

/// Guards the events of one answer.
///
/// Each text block goes through the guardrails in turn. Once one blocks, its message follows, and nothing else of the answer
/// does but its end: the engine is heard out, so that the usage is told.
pub(crate) struct Guarded {
    exchange: Exchange,
    /// Whether the answer is told as if it had ended by itself, as native bodies do.
    native: bool,
    open: BTreeMap<i32, Open>,
    /// All that the model said.
    raw: String,
    /// The block that is blocked.
    blocked: Option<i32>,
}

/// A text block that is not complete.
struct Open {
    guards: Vec<StreamGuard>,
    started: Instant,
    /// What of the text was passed on unchanged; nothing once something was changed.
    unchanged: Option<usize>,
    text: String,
}

/// An event to send, and whether a guardrail made it what it is.
pub(crate) struct Sent {
    pub(crate) event: StreamEvent,
    pub(crate) touched: bool,
}

impl From<StreamEvent> for Sent {
    fn from(event: StreamEvent) -> Self {
        let touched = false;
        Self { event, touched }
    }
}

impl Guarded {
    /// Guards an answer to a native request.
    pub(crate) fn native(exchange: Exchange) -> Self {
        Self::new(exchange, true)
    }

    fn new(exchange: Exchange, native: bool) -> Self {
        Self {
            exchange,
            native,
            open: BTreeMap::new(),
            raw: String::new(),
            blocked: None,
        }
    }

    /// The guardrails, with what they found so far.
    pub(crate) fn exchange(&self) -> &Exchange {
        &self.exchange
    }

    /// What may be sent for an event of the engine's.
    pub(crate) fn push(&mut self, event: StreamEvent) -> Vec<Sent> {
        match event {
            StreamEvent::ContentBlockDelta(event) => self.delta(event),
            StreamEvent::ContentBlockStop(event) => self.stop(event),
            StreamEvent::ContentBlockStart(_) if self.blocked.is_some() => Vec::new(),
            StreamEvent::MessageStop(mut event) => {
                let mut sent = self.close_all();
                if self.blocked.is_some() && self.native {
                    event.stop_reason = Some(StopReason::EndTurn);
                } else if self.exchange.output_intervention > Some(Intervention::None)
                    && !self.native
                {
                    event.stop_reason = Some(StopReason::GuardrailIntervened);
                }
                sent.push(StreamEvent::MessageStop(event).into());
                sent
            }
            StreamEvent::Metadata(mut event) => {
                if self.exchange.output_intervention > Some(Intervention::None) {
                    self.exchange
                        .model_output
                        .push(std::mem::take(&mut self.raw));
                }
                if !self.native {
                    event.trace = self.exchange.stream_trace(event.trace);
                }
                vec![StreamEvent::Metadata(event).into()]
            }
            other => vec![other.into()],
        }
    }

    fn delta(&mut self, event: ContentBlockDeltaEvent) -> Vec<Sent> {
        if self.blocked.is_some() {
            return Vec::new();
        }
        let Some(ContentBlockDelta::Text(text)) = &event.delta else {
            return vec![StreamEvent::ContentBlockDelta(event).into()];
        };
        let index = event.content_block_index.unwrap_or_default();
        self.raw.push_str(text);
        let exchange = &self.exchange;
        let open = self
            .open
            .entry(index)
            .or_insert_with(|| Open::new(exchange));
        let (released, blocked) = open.push(text);
        let mut sent = open.send(index, released);
        if blocked {
            sent.extend(self.close(index));
        }
        sent
    }

    fn stop(&mut self, event: ContentBlockStopEvent) -> Vec<Sent> {
        let index = event.content_block_index.unwrap_or_default();
        if self.blocked.is_some_and(|blocked| blocked != index) {
            return Vec::new();
        }
        let mut sent = self.close(index);
        sent.push(StreamEvent::ContentBlockStop(event).into());
        sent
    }

    fn close_all(&mut self) -> Vec<Sent> {
        let indexes: Vec<_> = self.open.keys().copied().collect();
        indexes
            .into_iter()
            .flat_map(|index| self.close(index))
            .collect()
    }

    /// Ends a block: the rest of its text, and the message of a guardrail that blocks it.
    fn close(&mut self, index: i32) -> Vec<Sent> {
        let Some(mut open) = self.open.remove(&index) else {
            return Vec::new();
        };
        let (mut rest, mut message) = (String::new(), None);
        for (place, mut guard) in std::mem::take(&mut open.guards).into_iter().enumerate() {
            let before = guard.push(&rest).text;
            let (release, outcome) = guard.finish();
            rest = before + &release.text;
            if release.blocked {
                message.get_or_insert_with(|| outcome.message.clone());
            }
            self.exchange.left(place, outcome, open.started);
        }
        if self.blocked.is_some() {
            return Vec::new();
        }
        let mut sent = open.send(index, rest);
        if let Some(message) = message {
            self.blocked = Some(index);
            self.exchange.blocked.store(true, Ordering::Relaxed);
            open.unchanged = None;
            sent.extend(open.send(index, message));
        }
        sent
    }
}

impl Open {
    fn new(exchange: &Exchange) -> Self {
        let guards = exchange.guards.iter().map(|own| {
            let judge = Arc::clone(&own.verdicts) as Arc<dyn Judge + Send + Sync>;
            let options = StreamOptions {
                mode: exchange.mode,
                scope: exchange.trace.scope(),
                grounding_source: exchange.grounding_source.clone(),
                query: exchange.query.clone(),
                judge: exchange.is_judged().then_some(judge),
                forced: exchange.forced(own),
            };
            StreamGuard::new(&own.ready.guardrail, options)
        });
        Self {
            guards: guards.collect(),
            started: Instant::now(),
            unchanged: Some(0),
            text: String::new(),
        }
    }

    /// What all guardrails let pass, and whether one blocks.
    fn push(&mut self, text: &str) -> (String, bool) {
        self.text.push_str(text);
        let (mut text, mut blocked) = (text.to_owned(), false);
        for guard in &mut self.guards {
            let release = guard.push(&text);
            text = release.text;
            blocked |= release.blocked;
        }
        (text, blocked)
    }

    /// A delta with a text, if there is one.
    fn send(&mut self, index: i32, text: String) -> Vec<Sent> {
        if text.is_empty() {
            return Vec::new();
        }
        let rest = self.unchanged.and_then(|at| self.text.get(at..));
        let same = rest.is_some_and(|rest| rest.starts_with(&text));
        self.unchanged = self.unchanged.filter(|_| same).map(|at| at + text.len());
        let event = StreamEvent::ContentBlockDelta(ContentBlockDeltaEvent {
            content_block_index: Some(index),
            delta: Some(ContentBlockDelta::Text(text)),
            p: None,
        });
        vec![Sent {
            event,
            touched: !same,
        }]
    }
}

/// Guards the events of a Converse answer.
pub(crate) fn guarded(
    exchange: Exchange,
    events: EventStream,
) -> impl Stream<Item = Result<StreamEvent, EngineError>> + Send + Sync {
    let events = match exchange.judging() {
        Some(judging) => judged(judging, events),
        None => events,
    };
    let mut guard = Guarded::new(exchange, false);
    events.flat_map(move |event| {
        stream::iter(match event {
            Ok(event) => {
                let sent = guard.push(event).into_iter();
                sent.map(|sent| Ok(sent.event)).collect::<Vec<_>>()
            }
            Err(error) => vec![Err(error)],
        })
    })
}
