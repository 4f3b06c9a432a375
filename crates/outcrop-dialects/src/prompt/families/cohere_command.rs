//! Cohere Command: a prompt, and as many generations as are asked for.

use serde_json::{Value, json};

use crate::prompt::form::{Form, Progress, Reply};
use crate::prompt::{Family, Names, request};
use crate::schema::{INTEGER, Kind, TEXT, TEXTS, TOKENS, UNIT, optional, required};

pub(crate) static COHERE_COMMAND: Family = Family {
    schema: Kind::Object(&[
        required("prompt", TEXT),
        optional("max_tokens", TOKENS),
        optional("temperature", Kind::Number(0.0, 5.0)),
        optional("p", UNIT),
        optional("k", INTEGER),
        optional("stop_sequences", TEXTS),
        optional(
            "return_likelihoods",
            Kind::Word(&["GENERATION", "ALL", "NONE"]),
        ),
        optional("stream", Kind::Boolean),
        optional("num_generations", Kind::Integer(1, 5)),
        optional("logit_bias", Kind::Any),
        optional("truncate", Kind::Word(&["NONE", "START", "END"])),
    ]),
    names: Names {
        max_tokens: "/max_tokens",
        temperature: "/temperature",
        top_p: "/p",
        stop: "/stop_sequences",
        choices: "/num_generations",
    },
    read: request::prompt,
    form: &CohereCommand,
};

struct CohereCommand;

impl Form for CohereCommand {
    fn whole(&self, reply: &Reply<'_>) -> Value {
        let choices = (1..).zip(reply.choices("COMPLETE", "MAX_TOKENS"));
        let generations: Vec<_> = choices
            .map(|(index, (text, reason))| json!({"id": reply.uuid(index), "text": text, "finish_reason": reason}))
            .collect();
        json!({"id": reply.uuid(0), "generations": generations, "prompt": reply.body["prompt"]})
    }

    fn piece(&self, text: &str, progress: &Progress) -> Value {
        match progress.choices {
            1 => json!({"is_finished": false, "text": text}),
            _ => of_generation(progress.choice, text),
        }
    }

    fn last(&self, text: &str, progress: &Progress, reply: &Reply<'_>) -> Vec<Value> {
        let end =
            json!({"finish_reason": reply.stop("COMPLETE", "MAX_TOKENS"), "is_finished": true});
        vec![self.piece(text, progress), end]
    }

    fn ends_each_choice(&self) -> bool {
        false
    }

    /// Streaming is asked for in the body too (recorded): without it, the whole answer is one chunk.
    fn in_pieces(&self, body: &Value) -> bool {
        body["stream"] == true
    }
}

/// Only where several are asked for do chunks tell which one they belong to; they come one after the other, and
/// one chunk ends them all (recorded).
fn of_generation(index: u32, text: &str) -> Value {
    json!({"index": index, "is_finished": false, "text": text})
}
