//! A body as a Converse request.

use bedrock_runtime_smithy::model::{
    ContentBlock, InferenceConfiguration, Message, SystemContentBlock,
};
use serde_json::{Map, Value};

use super::{document::search_result, error::BODY, history::History, tool::tools};
use crate::{ConverseParts, DialectError, body, schema};

/// Members that Converse has a place for.
const CONVERSE: &[&str] = &[
    "chat_history",
    "documents",
    "max_tokens",
    "message",
    "p",
    "preamble",
    "stop_sequences",
    "temperature",
    "tool_results",
    "tools",
];

pub(super) fn read(members: &Map<String, Value>) -> Result<ConverseParts, DialectError> {
    schema::check(members, &BODY)?;
    let member = |name: &str| members.get(name).unwrap_or(&Value::Null);
    let preamble = member("preamble").as_str().map(str::to_owned);
    let additional = members
        .iter()
        .filter(|(name, _)| !CONVERSE.contains(&name.as_str()));
    let additional: Map<_, _> = additional
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    Ok(ConverseParts {
        messages: conversation(members),
        system: preamble.map(SystemContentBlock::Text).into_iter().collect(),
        inference_config: Some(inference(members)),
        tool_config: tools(member("tools")),
        additional_model_request_fields: Some(additional)
            .filter(|fields| !fields.is_empty())
            .map(|fields| body::sorted(Value::Object(fields))),
        ..ConverseParts::default()
    })
}

/// The history, the documents and the message, and the results of calls.
fn conversation(members: &Map<String, Value>) -> Vec<Message> {
    let member = |name: &str| members.get(name).unwrap_or(&Value::Null);
    let list = |name: &str| member(name).as_array().into_iter().flatten();
    let mut history = History::default();
    for turn in list("chat_history") {
        history.turn(turn);
    }
    let results = member("tool_results");
    let answers = results
        .as_array()
        .is_some_and(|results| !results.is_empty());
    let message = member("message").as_str();
    let message = message.filter(|message| !answers || !message.is_empty());
    let message = message.map(|message| ContentBlock::Text(message.to_owned()));
    let documents = list("documents").enumerate();
    let documents = documents.map(|(index, document)| search_result(index, document));
    history.now(documents.chain(message).collect(), results)
}

fn inference(members: &Map<String, Value>) -> InferenceConfiguration {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "Converse has it as a float"
    )]
    let float = |name: &str| {
        let number = members.get(name).and_then(Value::as_f64);
        number.map(|number| number as f32)
    };
    let max_tokens = members.get("max_tokens").and_then(Value::as_i64);
    let stop = members.get("stop_sequences").and_then(Value::as_array);
    InferenceConfiguration {
        max_tokens: max_tokens.map(|tokens| i32::try_from(tokens).unwrap_or(i32::MAX)),
        stop_sequences: stop.map(|texts| {
            let texts = texts.iter().filter_map(Value::as_str);
            texts.map(str::to_owned).collect()
        }),
        temperature: float("temperature"),
        top_p: float("p"),
    }
}
