//! `OpenAI`'s text completions, which imported models and Marketplace endpoints speak.

use serde_json::{Value, json};

use crate::prompt::form::{Form, Progress, Reply};
use crate::prompt::{Family, Names, request};
use crate::schema::{Kind, TEXT, required};

pub(crate) static COMPLETION: Family = Family {
    schema: Kind::Open(&[required("prompt", TEXT)]),
    names: Names {
        max_tokens: "/max_tokens",
        temperature: "/temperature",
        top_p: "/top_p",
        stop: "/stop",
    },
    read: request::prompt,
    form: &Completion,
};

/// A moment that is always the same: answers tell no time.
const CREATED: u32 = 1_741_682_064;

struct Completion;

impl Form for Completion {
    fn whole(&self, reply: &Reply<'_>) -> Value {
        let (prompt, completion) = (reply.input_tokens(), reply.output_tokens());
        let mut body = body(
            &reply.uuid(0),
            reply.text,
            Some(reply.stop("stop", "length")),
        );
        body["usage"] = json!({
            "prompt_tokens": prompt,
            "completion_tokens": completion,
            "total_tokens": prompt.saturating_add(completion),
        });
        body
    }

    fn piece(&self, text: &str, _progress: &Progress<'_>) -> Value {
        body("", text, None)
    }

    fn last(&self, text: &str, _progress: &Progress<'_>, reply: &Reply<'_>) -> Vec<Value> {
        vec![body("", text, Some(reply.stop("stop", "length")))]
    }
}

fn body(id: &str, text: &str, finish_reason: Option<&str>) -> Value {
    json!({
        "object": "text_completion",
        "id": id,
        "created": CREATED,
        "model": "/opt/ml/model",
        "system_fingerprint": "outcrop",
        "choices": [{"index": 0, "text": text, "logprobs": null, "finish_reason": finish_reason}],
    })
}
