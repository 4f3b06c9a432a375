//! Llama: a prompt; the counts of tokens run along with the stream.

use serde_json::{Value, json};

use crate::prompt::form::{Form, Progress, Reply};
use crate::prompt::{Family, Names, request};
use crate::schema::{Kind, TEXT, TEXTS, TOKENS, UNIT, optional, required};

pub(crate) static LLAMA: Family = Family {
    schema: Kind::Object(&[
        required("prompt", TEXT),
        optional("max_gen_len", TOKENS),
        optional("temperature", UNIT),
        optional("top_p", UNIT),
        optional("images", TEXTS),
    ]),
    names: Names {
        max_tokens: "/max_gen_len",
        temperature: "/temperature",
        top_p: "/top_p",
        stop: "/stop",
    },
    read: request::prompt,
    form: &Llama,
};

struct Llama;

impl Form for Llama {
    fn whole(&self, reply: &Reply<'_>) -> Value {
        json!({
            "generation": reply.text,
            "prompt_token_count": reply.input_tokens(),
            "generation_token_count": reply.output_tokens(),
            "stop_reason": reply.stop("stop", "length"),
        })
    }

    fn piece(&self, text: &str, progress: &Progress<'_>) -> Value {
        json!({
            "generation": text,
            "prompt_token_count": prompt_tokens(progress),
            "generation_token_count": progress.chunks + 1,
            "stop_reason": null,
        })
    }

    fn last(&self, text: &str, progress: &Progress<'_>, reply: &Reply<'_>) -> Vec<Value> {
        vec![json!({
            "generation": text,
            "prompt_token_count": prompt_tokens(progress),
            "generation_token_count": reply.output_tokens(),
            "stop_reason": reply.stop("stop", "length"),
        })]
    }
}

/// Only the first chunk tells them.
fn prompt_tokens(progress: &Progress<'_>) -> Option<u32> {
    (progress.chunks == 0).then_some(progress.input_tokens)
}
