//! What must hold for every body.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{FutureExt, StreamExt};
use outcrop_catalogue::Model;
use outcrop_dialects::{Call, ChatResponder, ConverseParts, Timing, dialect};
use outcrop_engine::canned::CannedEngine;
use outcrop_engine::{Caller, Engine, EngineError, RerankResult, StreamEvent, fold};
use serde_json::Value;

/// How far a body is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// It is read.
    Request,
    /// It is answered, as a whole.
    Response,
    /// It is answered in chunks.
    Stream,
}

impl Direction {
    pub(crate) const ALL: [Self; 3] = [Self::Request, Self::Response, Self::Stream];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Stream => "stream",
        }
    }

    pub(crate) fn parse(name: &str) -> Result<Self, String> {
        let found = Self::ALL
            .into_iter()
            .find(|direction| direction.name() == name);
        found.ok_or_else(|| {
            format!("{name} is no direction; there are request, response and stream")
        })
    }
}

/// What became of a body.
pub(crate) enum Outcome {
    Accepted,
    Refused,
}

/// Follows a body. An error is a fault of the dialect's.
pub(crate) fn check(model: &Model, body: &[u8], direction: Direction) -> Result<Outcome, String> {
    let call = match dialect(model).request(model, body) {
        Ok(call) => call,
        Err(refusal) if refusal.to_string().trim().is_empty() => {
            return Err("its refusal says nothing".to_owned());
        }
        Err(_) => return Ok(Outcome::Refused),
    };
    if direction == Direction::Request {
        return Ok(Outcome::Accepted);
    }
    match call {
        Call::Converse(parts, responder) => chat(model, *parts, responder.as_ref(), direction)?,
        Call::Embed(parts, responder) => {
            let request = parts.into_request(Arc::new(model.clone()), model.id.clone(), caller());
            let answer = engine_answer(CannedEngine::new().embed(request).now_or_never())?;
            answer.map_or(Ok(()), |answer| readable(&responder.response(&answer)))?;
        }
        Call::Rerank(parts, responder) => {
            let count = parts.top_n.unwrap_or(usize::MAX).min(parts.documents.len());
            let result = |index| RerankResult {
                index,
                relevance_score: 0.5,
            };
            let results: Vec<_> = (0..count).map(result).collect();
            readable(&responder.response(&results))?;
        }
        Call::Image(parts, responder) => {
            // Drawing is the engine's: here only the words around a picture count.
            let images = vec![b"picture".to_vec(); parts.count.min(16) as usize];
            readable(&responder.response(&images))?;
        }
    }
    Ok(Outcome::Accepted)
}

fn chat(
    model: &Model,
    parts: ConverseParts,
    responder: &dyn ChatResponder,
    direction: Direction,
) -> Result<(), String> {
    let request = parts.into_request(Arc::new(model.clone()), model.id.clone(), caller());
    let stream = engine_answer(CannedEngine::new().converse(request).now_or_never())?;
    let Some(stream) = stream else {
        return Ok(());
    };
    let events: Vec<_> = stream
        .collect::<Vec<_>>()
        .now_or_never()
        .ok_or("the engine waits")?;
    // A model's refusal is the only event of its stream.
    let events: Result<Vec<StreamEvent>, EngineError> = events.into_iter().collect();
    let Ok(events) = events else {
        return Ok(());
    };
    if direction == Direction::Stream {
        return streamed(responder, events);
    }
    let again = futures_util::stream::iter(events.into_iter().map(Ok));
    let answer = engine_answer(fold(Box::pin(again)).now_or_never())?;
    answer.map_or(Ok(()), |answer| readable(&responder.response(&answer)))
}

/// The last chunk tells the metrics, and no other one does.
fn streamed(responder: &dyn ChatResponder, events: Vec<StreamEvent>) -> Result<(), String> {
    let mut stream = responder.stream(7);
    let timing = Timing {
        first_byte_latency: Duration::from_millis(1),
        invocation_latency: Duration::from_millis(2),
    };
    let chunks: Vec<_> = events
        .into_iter()
        .flat_map(|event| stream.chunks(event, timing))
        .collect();
    chunks.iter().try_for_each(readable)?;
    let ends: Vec<_> = chunks
        .iter()
        .enumerate()
        .filter(|(_, chunk)| chunk.get("amazon-bedrock-invocationMetrics").is_some())
        .map(|(place, _)| place + 1)
        .collect();
    if ends == [chunks.len()] {
        return Ok(());
    }
    Err(format!("its {} chunks end at {ends:?}", chunks.len()))
}

/// What the engine answers, if it does not refuse; it must neither wait nor fail.
fn engine_answer<T>(answer: Option<Result<T, EngineError>>) -> Result<Option<T>, String> {
    match answer {
        None => Err("the engine waits".to_owned()),
        Some(Err(EngineError::Internal(fault))) => Err(format!("the engine fails: {fault}")),
        Some(answer) => Ok(answer.ok()),
    }
}

/// Is it an object, and the same after it was written and read?
fn readable(body: &Value) -> Result<(), String> {
    let again: Value =
        serde_json::from_str(&body.to_string()).map_err(|error| format!("its answer: {error}"))?;
    if again == *body && body.is_object() {
        return Ok(());
    }
    Err(format!("its answer changes when it is read: {body}"))
}

fn caller() -> Caller {
    Caller {
        account: "123456789012".into(),
        region: "us-east-1".into(),
    }
}
