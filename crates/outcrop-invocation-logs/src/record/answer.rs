//! The answer of an invocation, read from what was sent.

use aws_smithy_types::base64;
use serde_json::Value;

use super::{
    converse,
    fold::Fold,
    frames::{Message, messages},
    modality::Modality,
    tokens::Tokens,
};
use crate::invocation::Invocation;

/// What is logged of an answer.
#[derive(Debug, Default)]
pub(super) struct Answer {
    /// The body; none where its kind is not delivered.
    pub(super) body: Option<Value>,
    pub(super) tokens: Tokens,
    /// The exception that it ended with, by its name.
    pub(super) error: Option<String>,
    /// Whether it was one, at least in its beginning.
    pub(super) began: bool,
}

impl Answer {
    pub(super) fn of(invocation: &Invocation) -> Self {
        let Some((status, headers)) = &invocation.head else {
            return Self::default();
        };
        if !status.is_success() {
            let kind = headers.get("x-amzn-errortype");
            let kind = kind.and_then(|kind| kind.to_str().ok());
            // The type may be followed by its namespace.
            let name = kind.and_then(|kind| kind.split(':').next());
            let error = name.unwrap_or("InternalServerException").to_owned();
            return Self {
                error: Some(error),
                ..Self::default()
            };
        }
        let sent = invocation.output.concat();
        let mut answer = match invocation.operation {
            "Converse" => {
                let body: Option<Value> = serde_json::from_slice(&sent).ok();
                Self::of_converse(body)
            }
            "ConverseStream" => converse_stream(&sent),
            "InvokeModel" => Self {
                body: serde_json::from_slice(&sent).ok(),
                tokens: Tokens::of_headers(headers),
                ..Self::default()
            },
            _ => chunks(&sent),
        };
        answer.began = true;
        let modality = Modality::of_answer(invocation.asked);
        if !modality.is_delivered(invocation.places.kinds) {
            answer.body = None;
        }
        answer
    }

    fn of_converse(body: Option<Value>) -> Self {
        let body = body.map(converse::answer);
        Self {
            tokens: body.as_ref().map(Tokens::of_usage).unwrap_or_default(),
            body,
            ..Self::default()
        }
    }
}

fn converse_stream(sent: &[u8]) -> Answer {
    let mut fold = Fold::default();
    let mut error = None;
    for message in messages(sent) {
        match exception(&message) {
            Some(name) => error = Some(name),
            None => fold.add(
                message.name,
                serde_json::from_slice(message.payload).unwrap_or_default(),
            ),
        }
    }
    Answer {
        error,
        ..Answer::of_converse(fold.answer())
    }
}

/// The chunks of a native stream, as a list (recorded).
fn chunks(sent: &[u8]) -> Answer {
    let mut chunks = Vec::new();
    let mut error = None;
    for message in messages(sent) {
        match exception(&message) {
            Some(name) => error = Some(name),
            None => chunks.extend(chunk(message.payload)),
        }
    }
    Answer {
        tokens: chunks.last().map(Tokens::of_metrics).unwrap_or_default(),
        body: Some(Value::Array(chunks)),
        error,
        began: true,
    }
}

/// `{"bytes": …, "p": …}`
fn chunk(payload: &[u8]) -> Option<Value> {
    let event: Value = serde_json::from_slice(payload).ok()?;
    let bytes = base64::decode(event["bytes"].as_str()?).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// The exception that a message is, as exceptions are called elsewhere: with a capital.
fn exception(message: &Message<'_>) -> Option<String> {
    let mut letters = message.name.chars();
    let first = letters.next().filter(|_| message.is_exception)?;
    Some(
        std::iter::once(first.to_ascii_uppercase())
            .chain(letters)
            .collect(),
    )
}
