//! Mistral's models of the first generations: a prompt.

use serde_json::{Value, json};

use crate::prompt::form::{Form, Progress, Reply};
use crate::prompt::{Family, Names, request};
use crate::schema::{Kind, NUMBER, TEXT, TEXTS, TOKENS, UNIT, optional, required};

pub(crate) static MISTRAL: Family = Family {
    schema: Kind::Object(&[
        required("prompt", TEXT),
        optional("max_tokens", TOKENS),
        optional("stop", TEXTS),
        optional("temperature", UNIT),
        optional("top_p", UNIT),
        optional("top_k", NUMBER),
    ]),
    names: Names {
        max_tokens: "/max_tokens",
        temperature: "/temperature",
        top_p: "/top_p",
        stop: "/stop",
        choices: "",
    },
    read: request::prompt,
    form: &Mistral,
};

struct Mistral;

impl Form for Mistral {
    fn whole(&self, reply: &Reply<'_>) -> Value {
        json!({"outputs": [{"text": reply.text, "stop_reason": reply.stop("stop", "length")}]})
    }

    fn piece(&self, text: &str, _progress: &Progress) -> Value {
        json!({"outputs": [{"text": text, "stop_reason": null}]})
    }

    fn last(&self, text: &str, _progress: &Progress, reply: &Reply<'_>) -> Vec<Value> {
        vec![json!({"outputs": [{"text": text, "stop_reason": reply.stop("stop", "length")}]})]
    }
}
