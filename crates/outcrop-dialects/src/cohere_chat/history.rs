//! A conversation from its history, calls and results.
//!
//! The family gives its calls no ids. Here a call that a turn tells is `call_` and its number; one that only its
//! result tells is `called_` and its number, and stands in the turn before the result.

use bedrock_runtime_smithy::model::{
    Citation, CitationGeneratedContent, CitationsContentBlock, ContentBlock, ConversationRole,
    Message, ToolResultBlock, ToolResultContentBlock, ToolUseBlock,
};
use outcrop_engine::document;
use serde_json::Value;

/// Messages in the making.
#[derive(Debug, Default)]
pub(super) struct History {
    messages: Vec<Message>,
    /// Calls of the last turn that have no results yet, with their ids.
    open: Vec<(String, Value)>,
    calls: usize,
}

impl History {
    /// Adds a turn of `chat_history`.
    pub(super) fn turn(&mut self, turn: &Value) {
        let text = turn["message"].as_str();
        match turn["role"].as_str() {
            Some("CHATBOT") => self.said(turn, text.unwrap_or_default()),
            Some("TOOL") if turn["tool_results"].is_array() => {
                self.results(&turn["tool_results"]);
            }
            _ => {
                let text = text.unwrap_or_default().to_owned();
                self.push(ConversationRole::User, vec![ContentBlock::Text(text)]);
            }
        }
    }

    /// Adds what the user says now, and the results of calls: to calls of the history, they come first.
    pub(super) fn now(mut self, content: Vec<ContentBlock>, results: &Value) -> Vec<Message> {
        let told = results
            .as_array()
            .is_some_and(|results| !results.is_empty());
        if told && self.open.is_empty() {
            if !content.is_empty() {
                self.push(ConversationRole::User, content);
            }
            self.results(results);
            return self.messages;
        }
        if told {
            self.results(results);
        }
        match self.messages.last_mut() {
            Some(message) if told => message.content.extend(content),
            _ => self.push(ConversationRole::User, content),
        }
        self.messages
    }

    fn push(&mut self, role: ConversationRole, content: Vec<ContentBlock>) {
        self.messages.push(Message { content, role });
    }

    fn said(&mut self, turn: &Value, text: &str) {
        let calls = turn["tool_calls"].as_array().into_iter().flatten();
        self.open.clear();
        for call in calls {
            let id = self.id("call");
            self.open.push((id, call.clone()));
        }
        let mut content = cited(text, &turn["citations"]);
        if content.is_empty() && self.open.is_empty() {
            content.push(ContentBlock::Text(text.to_owned()));
        }
        content.extend(self.open.iter().map(|(id, call)| tool_use(id, call)));
        self.push(ConversationRole::Assistant, content);
    }

    /// The results of calls; calls that no turn has told are told now.
    fn results(&mut self, results: &Value) {
        let (mut calls, mut content) = (Vec::new(), Vec::new());
        for result in results.as_array().into_iter().flatten() {
            let call = &result["call"];
            let open = self.open.iter().position(|(_, told)| is_same(told, call));
            let id = if let Some(place) = open {
                self.open.remove(place).0
            } else {
                let id = self.id("called");
                calls.push(tool_use(&id, call));
                id
            };
            content.push(tool_result(id, &result["outputs"]));
        }
        match self.messages.last_mut() {
            Some(said) if said.role == ConversationRole::Assistant => said.content.extend(calls),
            _ if calls.is_empty() => {}
            _ => self.push(ConversationRole::Assistant, calls),
        }
        if !content.is_empty() {
            self.push(ConversationRole::User, content);
        }
    }

    fn id(&mut self, kind: &str) -> String {
        let id = format!("{kind}_{}", self.calls);
        self.calls += 1;
        id
    }
}

fn is_same(told: &Value, call: &Value) -> bool {
    told["name"] == call["name"] && told["parameters"] == call["parameters"]
}

fn tool_use(id: &str, call: &Value) -> ContentBlock {
    ContentBlock::ToolUse(ToolUseBlock {
        input: document::to_document(&call["parameters"]),
        name: call["name"].as_str().unwrap_or_default().to_owned(),
        tool_use_id: id.to_owned(),
        r#type: None,
    })
}

fn tool_result(id: String, outputs: &Value) -> ContentBlock {
    let outputs = outputs.as_array().into_iter().flatten();
    let content = outputs.map(|output| ToolResultContentBlock::Json(document::to_document(output)));
    ContentBlock::ToolResult(ToolResultBlock {
        content: content.collect(),
        status: None,
        tool_use_id: id,
        r#type: None,
    })
}

/// A text in pieces, of which some are cited. Citations that do not fit the text are left out.
fn cited(text: &str, citations: &Value) -> Vec<ContentBlock> {
    let chars: Vec<_> = text.chars().collect();
    let mut content = Vec::new();
    let mut end = 0;
    let mut tell = |piece: &[char], block: &dyn Fn(String) -> ContentBlock| {
        if !piece.is_empty() {
            content.push(block(piece.iter().collect()));
        }
    };
    for citation in citations.as_array().into_iter().flatten() {
        let place = |name: &str| {
            let place = citation[name].as_u64();
            place.and_then(|place| usize::try_from(place).ok())
        };
        let (Some(from), Some(to)) = (place("start"), place("end")) else {
            continue;
        };
        if from < end || from >= to || to > chars.len() {
            continue;
        }
        tell(&chars[end..from], &ContentBlock::Text);
        tell(&chars[from..to], &|piece| {
            of_sources(piece, &citation["document_ids"])
        });
        end = to;
    }
    tell(&chars[end..], &ContentBlock::Text);
    content
}

fn of_sources(piece: String, ids: &Value) -> ContentBlock {
    let ids = ids
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    let source = |id: &str| Citation {
        location: None,
        source: Some(id.to_owned()),
        source_content: None,
        title: None,
    };
    ContentBlock::CitationsContent(CitationsContentBlock {
        citations: Some(ids.map(source).collect()),
        content: Some(vec![CitationGeneratedContent::Text(piece)]),
    })
}

#[cfg(test)]
mod tests;
