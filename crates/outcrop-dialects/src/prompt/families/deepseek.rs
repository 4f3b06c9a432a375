//! `DeepSeek` R1: a prompt, and choices of text.

use serde_json::{Value, json};

use crate::prompt::form::{Form, Progress, Reply};
use crate::prompt::{Family, Names, request};
use crate::schema::{Kind, TEXT, TEXTS, TOKENS, UNIT, optional, required};

pub(crate) static DEEPSEEK: Family = Family {
    schema: Kind::Object(&[
        required("prompt", TEXT),
        optional("max_tokens", TOKENS),
        optional("stop", TEXTS),
        optional("temperature", UNIT),
        optional("top_p", UNIT),
    ]),
    names: Names {
        max_tokens: "/max_tokens",
        temperature: "/temperature",
        top_p: "/top_p",
        stop: "/stop",
        choices: "",
    },
    read: request::prompt,
    form: &DeepSeek,
};

struct DeepSeek;

impl Form for DeepSeek {
    fn whole(&self, reply: &Reply<'_>) -> Value {
        json!({"choices": [{"text": reply.text, "stop_reason": reply.stop("stop", "length")}]})
    }

    fn piece(&self, text: &str, _progress: &Progress) -> Value {
        json!({"choices": [{"text": text, "stop_reason": null}]})
    }

    fn last(&self, text: &str, _progress: &Progress, reply: &Reply<'_>) -> Vec<Value> {
        vec![json!({"choices": [{"text": text, "stop_reason": reply.stop("stop", "length")}]})]
    }
}
