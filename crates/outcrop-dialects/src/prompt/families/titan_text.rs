//! Titan Text.

use serde_json::{Value, json};

use crate::prompt::form::{Form, Progress, Reply};
use crate::prompt::{Family, Names, request};
use crate::schema::{Kind, TEXT, TEXTS, TOKENS, UNIT, optional, required};

pub(crate) static TITAN_TEXT: Family = Family {
    schema: Kind::Object(&[
        required("inputText", TEXT),
        optional(
            "textGenerationConfig",
            Kind::Object(&[
                optional("maxTokenCount", TOKENS),
                optional("stopSequences", TEXTS),
                optional("temperature", UNIT),
                optional("topP", UNIT),
            ]),
        ),
    ]),
    names: Names {
        max_tokens: "/textGenerationConfig/maxTokenCount",
        temperature: "/textGenerationConfig/temperature",
        top_p: "/textGenerationConfig/topP",
        stop: "/textGenerationConfig/stopSequences",
        choices: "",
    },
    read: |members| Ok(request::one_turn(request::text(members, "inputText"))),
    form: &TitanText,
};

struct TitanText;

impl Form for TitanText {
    fn tells_input_first(&self) -> bool {
        true
    }

    fn whole(&self, reply: &Reply<'_>) -> Value {
        json!({
            "inputTextTokenCount": reply.input_tokens(),
            "results": [{
                "tokenCount": reply.output_tokens(),
                "outputText": reply.text,
                "completionReason": reply.stop("FINISH", "LENGTH"),
            }],
        })
    }

    fn piece(&self, text: &str, progress: &Progress) -> Value {
        json!({
            "outputText": text,
            "index": 0,
            "totalOutputTextTokenCount": null,
            "completionReason": null,
            "inputTextTokenCount": input_tokens(progress),
        })
    }

    fn last(&self, text: &str, progress: &Progress, reply: &Reply<'_>) -> Vec<Value> {
        vec![json!({
            "outputText": text,
            "index": 0,
            "totalOutputTextTokenCount": reply.output_tokens(),
            "completionReason": reply.stop("FINISH", "LENGTH"),
            "inputTextTokenCount": input_tokens(progress),
        })]
    }
}

/// Only the first chunk tells them.
fn input_tokens(progress: &Progress) -> Option<u32> {
    (progress.chunks == 0).then_some(progress.input_tokens)
}
