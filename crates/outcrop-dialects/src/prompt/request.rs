//! A prompt body as a Converse request.

use bedrock_runtime_smithy::model::{
    ContentBlock, ConversationRole, InferenceConfiguration, Message, SystemContentBlock,
};
use serde_json::{Map, Value};

use super::{Conversation, Family, Names, template};
use crate::{ConverseParts, DialectError, body, choices};

/// What the families' own readers take.
const READ: &[&str] = &[
    "prompt",
    "inputText",
    "inputPrompt",
    "images",
    "mediaSource",
];

pub(super) fn read(
    family: &Family,
    members: &Map<String, Value>,
) -> Result<ConverseParts, DialectError> {
    let Conversation { system, messages } = (family.read)(members)?;
    let body = Value::Object(members.clone());
    Ok(ConverseParts {
        messages,
        system: system.map(SystemContentBlock::Text).into_iter().collect(),
        inference_config: Some(inference(&family.names, &body)),
        choices: choices::asked(body.pointer(family.names.choices)),
        additional_model_request_fields: additional(&family.names, body),
        ..ConverseParts::default()
    })
}

/// A turn that is a text.
pub(super) fn turn(role: ConversationRole, text: impl Into<String>) -> Message {
    Message {
        content: vec![ContentBlock::Text(text.into())],
        role,
    }
}

/// The string of a member, or nothing.
pub(super) fn text<'a>(members: &'a Map<String, Value>, name: &str) -> &'a str {
    members
        .get(name)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// A conversation of one prompt, which may hold several turns.
#[expect(clippy::unnecessary_wraps, reason = "some families refuse prompts")]
pub(super) fn prompt(members: &Map<String, Value>) -> Result<Conversation, DialectError> {
    Ok(template::conversation(text(members, "prompt")))
}

/// A conversation of one turn.
pub(super) fn one_turn(text: &str) -> Conversation {
    Conversation {
        system: None,
        messages: vec![turn(ConversationRole::User, text)],
    }
}

fn inference(names: &Names, body: &Value) -> InferenceConfiguration {
    let number = |pointer: &str| body.pointer(pointer).and_then(Value::as_f64);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "Converse has it as a float"
    )]
    let float = |pointer: &str| number(pointer).map(|number| number as f32);
    let max_tokens = body.pointer(names.max_tokens).and_then(Value::as_i64);
    let stop = body
        .pointer(names.stop)
        .and_then(Value::as_array)
        .map(|sequences| {
            sequences
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect()
        });
    InferenceConfiguration {
        max_tokens: max_tokens.map(|tokens| i32::try_from(tokens).unwrap_or(i32::MAX)),
        stop_sequences: stop,
        temperature: float(names.temperature),
        top_p: float(names.top_p),
    }
}

/// The members that were not read: neither those of the conversation, nor those that `names` tells of.
fn additional(names: &Names, body: Value) -> Option<Value> {
    let Value::Object(mut members) = body else {
        return None;
    };
    for read in READ {
        members.remove(*read);
    }
    let Names {
        max_tokens,
        temperature,
        top_p,
        stop,
        choices,
    } = names;
    for pointer in [max_tokens, temperature, top_p, stop, choices] {
        let first = pointer.split('/').nth(1).unwrap_or_default();
        members.remove(first);
    }
    Some(members)
        .filter(|members| !members.is_empty())
        .map(|members| body::sorted(Value::Object(members)))
}
