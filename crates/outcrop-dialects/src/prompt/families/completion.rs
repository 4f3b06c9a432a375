//! `OpenAI`'s text completions, which imported models and Marketplace endpoints speak.

use serde_json::{Value, json};

use crate::prompt::form::{Form, Progress, Reply};
use crate::prompt::{Family, Names, request};
use crate::schema::{Kind, TEXT, optional, required};

pub(crate) static COMPLETION: Family = Family {
    schema: Kind::Open(&[
        required("prompt", TEXT),
        optional("n", Kind::Integer(1, 128)),
    ]),
    names: Names {
        max_tokens: "/max_tokens",
        temperature: "/temperature",
        top_p: "/top_p",
        stop: "/stop",
        choices: "/n",
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
        let choices = (0..).zip(reply.choices("stop", "length"));
        let choices = choices.map(|(index, (text, reason))| choice(index, text, Some(reason)));
        let mut body = body(&reply.uuid(0), choices);
        body["usage"] = json!({
            "prompt_tokens": prompt,
            "completion_tokens": completion,
            "total_tokens": prompt.saturating_add(completion),
        });
        body
    }

    fn piece(&self, text: &str, progress: &Progress) -> Value {
        body("", [choice(progress.choice, text, None)].into_iter())
    }

    fn last(&self, text: &str, progress: &Progress, reply: &Reply<'_>) -> Vec<Value> {
        let reason = Some(reply.stop("stop", "length"));
        vec![body(
            "",
            [choice(progress.choice, text, reason)].into_iter(),
        )]
    }
}

fn body(id: &str, choices: impl Iterator<Item = Value>) -> Value {
    json!({
        "object": "text_completion",
        "id": id,
        "created": CREATED,
        "model": "/opt/ml/model",
        "system_fingerprint": "outcrop",
        "choices": choices.collect::<Vec<_>>(),
    })
}

fn choice(index: u32, text: &str, reason: Option<&str>) -> Value {
    json!({"index": index, "text": text, "logprobs": null, "finish_reason": reason})
}
