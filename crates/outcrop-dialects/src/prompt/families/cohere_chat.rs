//! Cohere Command R: a message after a history.

use bedrock_runtime_smithy::model::{ConversationRole, Message};
use serde_json::{Map, Value, json};

use crate::prompt::form::{Form, Progress, Reply};
use crate::prompt::{Conversation, Family, Names, request};
use crate::schema::{INTEGER, Kind, NUMBER, TEXT, TEXTS, TOKENS, UNIT, optional, required};

pub(crate) static COHERE_CHAT: Family = Family {
    schema: Kind::Object(&[
        required("message", TEXT),
        optional(
            "chat_history",
            Kind::List(
                &Kind::Open(&[required("role", TEXT), optional("message", TEXT)]),
                0,
                usize::MAX,
            ),
        ),
        optional("preamble", TEXT),
        optional("documents", Kind::Any),
        optional("search_queries_only", Kind::Boolean),
        optional("max_tokens", TOKENS),
        optional("temperature", UNIT),
        optional("p", UNIT),
        optional("k", INTEGER),
        optional("prompt_truncation", TEXT),
        optional("frequency_penalty", NUMBER),
        optional("presence_penalty", NUMBER),
        optional("seed", INTEGER),
        optional("return_prompt", Kind::Boolean),
        optional("tools", Kind::Any),
        optional("tool_results", Kind::Any),
        optional("stop_sequences", TEXTS),
        optional("raw_prompting", Kind::Boolean),
    ]),
    names: Names {
        max_tokens: "/max_tokens",
        temperature: "/temperature",
        top_p: "/p",
        stop: "/stop_sequences",
    },
    read: |members| {
        let mut messages: Vec<_> = history(members).filter_map(turn).collect();
        messages.push(request::turn(
            ConversationRole::User,
            request::text(members, "message"),
        ));
        let system = members
            .get("preamble")
            .and_then(Value::as_str)
            .map(str::to_owned);
        Ok(Conversation { system, messages })
    },
    form: &CohereChat,
};

fn history(members: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    members
        .get("chat_history")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn turn(turn: &Value) -> Option<Message> {
    let role = match turn["role"].as_str()? {
        "CHATBOT" => ConversationRole::Assistant,
        _ => ConversationRole::User,
    };
    turn["message"]
        .as_str()
        .map(|text| request::turn(role, text))
}

struct CohereChat;

impl Form for CohereChat {
    fn whole(&self, reply: &Reply<'_>) -> Value {
        let mut chat_history = reply.body["chat_history"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        chat_history.push(json!({"role": "USER", "message": reply.body["message"]}));
        chat_history.push(json!({"role": "CHATBOT", "message": reply.text}));
        json!({
            "response_id": reply.uuid(0),
            "text": reply.text,
            "generation_id": reply.uuid(1),
            "chat_history": chat_history,
            "finish_reason": reply.stop("COMPLETE", "MAX_TOKENS"),
        })
    }

    fn piece(&self, text: &str, _progress: &Progress<'_>) -> Value {
        json!({"is_finished": false, "event_type": "text-generation", "text": text})
    }

    fn last(&self, text: &str, progress: &Progress<'_>, reply: &Reply<'_>) -> Vec<Value> {
        let counts =
            json!({"input_tokens": reply.input_tokens(), "output_tokens": reply.output_tokens()});
        let mut response = self.whole(reply);
        response["meta"] = json!({
            "api_version": {"version": "1"},
            "billed_units": counts,
            "tokens": counts,
        });
        let end = json!({
            "is_finished": true,
            "event_type": "stream-end",
            "response": response,
            "finish_reason": reply.stop("COMPLETE", "MAX_TOKENS"),
        });
        vec![self.piece(text, progress), end]
    }
}
