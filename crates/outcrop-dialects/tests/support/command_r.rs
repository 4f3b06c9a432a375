//! Command R's bodies: conversations as such, and Converse requests as such.

use bedrock_runtime_smithy::model::{
    CitationGeneratedContent, ContentBlock, ConversationRole, Message, SearchResultBlock,
    ToolResultContentBlock, ToolSpecification,
};
use outcrop_dialects::ConverseParts;
use outcrop_engine::document;
use serde_json::{Map, Value, json};

use super::talk::{Talk, Turn};
use super::{body, prompt_writer, writer};

/// The turns as history, the last one's results as `tool_results` or in the history before a message with documents.
pub(crate) fn body(talk: &Talk) -> Value {
    let mut history = Vec::new();
    for turn in &talk.turns {
        history.push(json!({"role": "USER", "message": turn.asked.concat()}));
        history.push(said(turn));
        history.push(json!({"role": "TOOL", "tool_results": [result(turn)]}));
    }
    let last = &talk.turns[talk.turns.len() - 1];
    let parameter =
        |told: &str| json!({"description": talk.system, "type": told, "required": last.image});
    let definitions = json!({"a": parameter("str"), "b": parameter("List[int]"), "c": parameter("dict[str, float]")});
    let mut told = json!({
        "message": "And?",
        "preamble": talk.system,
        "tools": [{"name": "tool", "description": talk.system, "parameter_definitions": definitions}],
    });
    if !last.image {
        history.pop();
        told["tool_results"] = json!([result(last)]);
    }
    let texts = last.results.iter().enumerate();
    let documents: Vec<_> = texts
        .map(|(index, text)| found(index, text, last))
        .collect();
    if last.said.is_some() {
        told["documents"] = Value::Array(documents);
    } else if !last.image {
        told["message"] = json!("");
    }
    told["chat_history"] = Value::Array(history);
    let names = ["max_tokens", "stop_sequences", "temperature", "p", "k"];
    body::limited(talk, told, names)
}

fn call(turn: &Turn) -> Value {
    json!({"name": "tool", "parameters": turn.input})
}

fn result(turn: &Turn) -> Value {
    let outputs = turn
        .results
        .iter()
        .map(|text| json!({"text": text, "more": turn.input}));
    json!({"call": call(turn), "outputs": outputs.collect::<Vec<_>>()})
}

/// A turn of the model's, whose first letter is cited where it was thought about.
fn said(turn: &Turn) -> Value {
    let mut told = json!({"role": "CHATBOT", "tool_calls": [call(turn)]});
    let Some(text) = &turn.said else {
        return told;
    };
    told["message"] = json!(text);
    if turn.thought.is_some() {
        let first: String = text.chars().take(1).collect();
        told["citations"] =
            json!([{"start": 0, "end": 1, "text": first, "document_ids": ["doc_0", "mine"]}]);
    }
    told
}

/// A document with the members that Cohere knows and others, some of them in odd places.
fn found(index: usize, text: &str, turn: &Turn) -> Value {
    let mut document = turn.input.clone();
    let url = if turn.thought.is_some() {
        "https://a.example/b"
    } else {
        "b"
    };
    document["snippet"] = json!(text);
    match index % 3 {
        0 => document["title"] = json!(format!("t{index}")),
        1 => document["id"] = json!(format!("d-{}", turn.results.len())),
        _ => {}
    }
    if turn.results.len().is_multiple_of(2) {
        document["url"] = json!(url);
    }
    document
}

/// What was understood, as a body.
pub(crate) fn writer(parts: &ConverseParts) -> Value {
    let (last, before) = parts.messages.split_last().unwrap();
    let mut told = json!({"preamble": writer::system(parts), "message": ""});
    let documents: Vec<_> = last
        .content
        .iter()
        .filter_map(|block| block.as_search_result().ok())
        .collect();
    if !documents.is_empty() {
        let documents = documents.into_iter().enumerate();
        told["documents"] = documents
            .map(|(index, found)| document(index, found))
            .collect();
    }
    for text in last.content.iter().filter_map(|block| block.as_text().ok()) {
        told["message"] = json!(text);
    }
    let answers = results(last, before);
    if !answers.is_empty() {
        told["tool_results"] = Value::Array(answers);
    }
    let history = before
        .iter()
        .enumerate()
        .map(|(index, message)| turn(message, &before[..index]));
    told["chat_history"] = history.collect();
    told["tools"] = writer::specifications(parts, tool);
    let names = ["max_tokens", "stop_sequences", "temperature", "p"];
    prompt_writer::body(parts, told, names)
}

fn turn(message: &Message, before: &[Message]) -> Value {
    let answers = results(message, before);
    if !answers.is_empty() {
        return json!({"role": "TOOL", "tool_results": answers});
    }
    let (mut text, mut citations, mut calls) = (String::new(), Vec::new(), Vec::new());
    for block in &message.content {
        match block {
            ContentBlock::Text(said) => text.push_str(said),
            ContentBlock::ToolUse(call) => calls
                .push(json!({"name": call.name, "parameters": document::to_value(&call.input)})),
            ContentBlock::CitationsContent(block) => {
                let [CitationGeneratedContent::Text(cited)] = &block.content.as_ref().unwrap()[..]
                else {
                    panic!("{block:?}");
                };
                let start = text.chars().count();
                text.push_str(cited);
                let ids: Vec<_> = block
                    .citations
                    .iter()
                    .flatten()
                    .map(|citation| &citation.source)
                    .collect();
                let end = text.chars().count();
                citations
                    .push(json!({"start": start, "end": end, "text": cited, "document_ids": ids}));
            }
            other => panic!("{other:?}"),
        }
    }
    let role = if message.role == ConversationRole::User {
        "USER"
    } else {
        "CHATBOT"
    };
    let mut told = json!({"role": role});
    let members = [
        ("message", json!(text), text.is_empty()),
        ("citations", json!(citations), citations.is_empty()),
        ("tool_calls", json!(calls), calls.is_empty()),
    ];
    for (name, value, _) in members.into_iter().filter(|(_, _, absent)| !absent) {
        told[name] = value;
    }
    told
}

/// The results of a message, with the calls of the message before it.
fn results(message: &Message, before: &[Message]) -> Vec<Value> {
    let results = message
        .content
        .iter()
        .filter_map(|block| block.as_tool_result().ok());
    let results = results.map(|result| {
        let calls = before.iter().flat_map(|message| &message.content);
        let mut calls = calls.filter_map(|block| block.as_tool_use().ok());
        let call = calls.find(|call| call.tool_use_id == result.tool_use_id).unwrap();
        let outputs = result.content.iter().map(|part| match part {
            ToolResultContentBlock::Json(output) => document::to_value(output),
            other => panic!("{other:?}"),
        });
        let outputs: Vec<_> = outputs.collect();
        json!({"call": {"name": call.name, "parameters": document::to_value(&call.input)}, "outputs": outputs})
    });
    results.collect()
}

fn document(index: usize, found: &SearchResultBlock) -> Value {
    let texts: Vec<_> = found
        .content
        .iter()
        .map(|part| part.text.as_str())
        .collect();
    let (snippet, rest) = match texts[..] {
        [only] => match serde_json::from_str::<Map<String, Value>>(only) {
            Ok(rest) => (None, rest),
            Err(_) => (Some(only), Map::new()),
        },
        [snippet, rest] => (Some(snippet), serde_json::from_str(rest).unwrap()),
        _ => panic!("{found:?}"),
    };
    let mut told = Value::Object(rest);
    if let Some(snippet) = snippet {
        told["snippet"] = json!(snippet);
    }
    if !found.title.is_empty() {
        told["title"] = json!(found.title);
    }
    if found.source != format!("doc_{index}") {
        let name = if found.source.contains("://") {
            "url"
        } else {
            "id"
        };
        told[name] = json!(found.source);
    }
    told
}

fn tool(tool: &ToolSpecification) -> Value {
    let schema = writer::schema(tool);
    let properties = schema["properties"].as_object().unwrap();
    let definitions = properties.iter().map(|(name, property)| {
        let required = schema["required"].as_array().unwrap().contains(&json!(name));
        let told = json!({"description": property["description"], "type": python(property), "required": required});
        (name.clone(), told)
    });
    let definitions: Map<_, _> = definitions.collect();
    json!({"name": tool.name, "description": tool.description, "parameter_definitions": definitions})
}

fn python(property: &Value) -> String {
    if let Some(told) = property["$comment"].as_str() {
        return told.to_owned();
    }
    match property["type"].as_str() {
        Some("string") => "str".to_owned(),
        Some("number") => "float".to_owned(),
        Some("object") => format!("dict[str, {}]", python(&property["additionalProperties"])),
        other => panic!("{other:?}"),
    }
}
