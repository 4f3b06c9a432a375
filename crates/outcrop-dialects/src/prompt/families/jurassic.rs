//! AI21 Jurassic-2: a prompt, and an answer with its tokens.

use serde_json::{Value, json};

use crate::prompt::form::{Form, Progress, Reply};
use crate::prompt::{Family, Names, request};
use crate::schema::{INTEGER, Kind, TEXT, TEXTS, TOKENS, UNIT, optional, required};

pub(crate) static JURASSIC: Family = Family {
    schema: Kind::Object(&[
        required("prompt", TEXT),
        optional("maxTokens", TOKENS),
        optional("minTokens", INTEGER),
        optional("numResults", Kind::Integer(1, 64)),
        optional("temperature", UNIT),
        optional("topP", UNIT),
        optional("topKReturn", INTEGER),
        optional("stopSequences", TEXTS),
        optional("countPenalty", Kind::Any),
        optional("presencePenalty", Kind::Any),
        optional("frequencyPenalty", Kind::Any),
    ]),
    names: Names {
        max_tokens: "/maxTokens",
        temperature: "/temperature",
        top_p: "/topP",
        stop: "/stopSequences",
        choices: "/numResults",
    },
    read: request::prompt,
    form: &Jurassic,
};

struct Jurassic;

impl Form for Jurassic {
    fn whole(&self, reply: &Reply<'_>) -> Value {
        let completion = |(text, reason)| {
            json!({
                "data": {"text": text, "tokens": tokens(text)},
                "finishReason": {"reason": reason},
            })
        };
        let completions = reply.choices("endoftext", "length").map(completion);
        json!({
            "id": 1234,
            "prompt": {"text": reply.body["prompt"], "tokens": tokens(reply.body["prompt"].as_str().unwrap_or_default())},
            "completions": completions.collect::<Vec<_>>(),
        })
    }

    /// The family does not stream: the whole answer is the only chunk.
    fn piece(&self, text: &str, _progress: &Progress) -> Value {
        json!({"text": text})
    }

    fn last(&self, _text: &str, _progress: &Progress, reply: &Reply<'_>) -> Vec<Value> {
        vec![self.whole(reply)]
    }

    fn in_pieces(&self, _body: &Value) -> bool {
        false
    }
}

/// Words stand for tokens; the family marks the space before one.
fn tokens(text: &str) -> Vec<Value> {
    let mut start = 0;
    let words = text.split_inclusive(' ').map(|word| {
        let end = start + word.chars().count();
        let token = format!("\u{2581}{}", word.trim_end());
        let token = json!({
            "generatedToken": {"token": token, "logprob": -1.0, "raw_logprob": -1.0},
            "topTokens": null,
            "textRange": {"start": start, "end": end},
        });
        start = end;
        token
    });
    words.collect()
}
