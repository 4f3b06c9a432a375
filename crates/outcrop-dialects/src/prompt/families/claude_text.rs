//! Claude's text completions: one prompt that holds the turns.

use bedrock_runtime_smithy::model::ConversationRole;
use serde_json::{Map, Value, json};

use crate::DialectError;
use crate::prompt::form::{Form, Progress, Reply};
use crate::prompt::{Conversation, Family, Names, request};
use crate::schema::{INTEGER, Kind, TEXT, TEXTS, TOKENS, UNIT, optional, required};

const HUMAN: &str = "\n\nHuman:";
const ASSISTANT: &str = "\n\nAssistant:";

pub(crate) static CLAUDE_TEXT: Family = Family {
    schema: Kind::Object(&[
        required("prompt", TEXT),
        required("max_tokens_to_sample", TOKENS),
        optional("temperature", UNIT),
        optional("top_p", UNIT),
        optional("top_k", INTEGER),
        optional("stop_sequences", TEXTS),
        optional("anthropic_version", TEXT),
    ]),
    names: Names {
        max_tokens: "/max_tokens_to_sample",
        temperature: "/temperature",
        top_p: "/top_p",
        stop: "/stop_sequences",
        choices: "",
    },
    read,
    form: &ClaudeText,
};

/// An optional system prompt, then turns that begin with their speaker, the last one the assistant's.
///
/// The line feeds may be missing before the first turn and before the last speaker (recorded).
fn read(members: &Map<String, Value>) -> Result<Conversation, DialectError> {
    let mut prompt = request::text(members, "prompt").trim_end().to_owned();
    if prompt.starts_with("Human:") {
        prompt.insert_str(0, "\n\n");
    }
    let Some(start) = prompt.find(HUMAN) else {
        return Err(refuse(
            "start with",
            "Human",
            " after an optional system prompt",
        ));
    };
    if !prompt.contains("Assistant:") {
        return Err(refuse("end with", "Assistant", ""));
    }
    let system = Some(prompt[..start].trim()).filter(|system| !system.is_empty());
    let mut messages = Vec::new();
    for turns in prompt[start..].split(HUMAN).skip(1) {
        let mut turns = turns.split(ASSISTANT);
        let human = turns.next().unwrap_or_default();
        let human = human.strip_suffix("Assistant:").unwrap_or(human).trim();
        messages.push(request::turn(ConversationRole::User, human));
        let said = turns.map(str::trim).filter(|text| !text.is_empty());
        messages.extend(said.map(|text| request::turn(ConversationRole::Assistant, text)));
    }
    Ok(Conversation {
        system: system.map(str::to_owned),
        messages,
    })
}

/// The texts that the service answered with (recorded), line feeds spelled out.
fn refuse(verb: &str, speaker: &str, after: &str) -> DialectError {
    let told = format!("prompt must {verb} \"\n\n{speaker}:\" turn{after}");
    DialectError::Provider(told)
}

struct ClaudeText;

impl Form for ClaudeText {
    fn whole(&self, reply: &Reply<'_>) -> Value {
        completion(reply.text, Some(reply))
    }

    fn piece(&self, text: &str, _progress: &Progress) -> Value {
        completion(text, None)
    }

    fn last(&self, text: &str, _progress: &Progress, reply: &Reply<'_>) -> Vec<Value> {
        vec![completion(text, None), completion("", Some(reply))]
    }
}

/// The end of a turn is the human's next one: a stop sequence.
fn completion(text: &str, end: Option<&Reply<'_>>) -> Value {
    let reason = end.map(|reply| reply.stop("stop_sequence", "max_tokens"));
    let stop = reason
        .filter(|reason| *reason == "stop_sequence")
        .map(|_| HUMAN);
    json!({"type": "completion", "completion": text, "stop_reason": reason, "stop": stop})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conversation(prompt: &str) -> Result<Conversation, DialectError> {
        read(json!({"prompt": prompt}).as_object().unwrap())
    }

    #[test]
    fn a_prompt_holds_turns() {
        let read =
            conversation("Be brief.\n\nHuman: Hi\n\nAssistant: Hello.\n\nHuman: Bye\n\nAssistant:")
                .unwrap();
        assert_eq!(read.system.as_deref(), Some("Be brief."));
        let texts: Vec<_> = read
            .messages
            .iter()
            .map(|message| message.content[0].as_text().unwrap().as_str())
            .collect();
        assert_eq!(texts, ["Hi", "Hello.", "Bye"]);
        let bare = conversation("Human: Hi Assistant:").unwrap();
        assert_eq!(bare.messages, [request::turn(ConversationRole::User, "Hi")]);
    }

    #[test]
    fn a_prompt_without_turns_is_refused() {
        let text = conversation("Hi").unwrap_err().to_string();
        assert_eq!(
            text,
            "prompt must start with \"\n\nHuman:\" turn after an optional system prompt"
        );
        assert!(conversation("\n\nHuman: Hi").is_err());
    }
}
