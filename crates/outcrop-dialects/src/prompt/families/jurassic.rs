//! AI21 Jurassic-2: a prompt, and an answer with its tokens.

use serde_json::{Value, json};

use crate::choices;
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
    },
    read: request::prompt,
    form: &Jurassic,
};

struct Jurassic;

impl Form for Jurassic {
    fn whole(&self, reply: &Reply<'_>) -> Value {
        let completion = json!({
            "data": {"text": reply.text, "tokens": tokens(reply.text)},
            "finishReason": {"reason": reply.stop("endoftext", "length")},
        });
        let count = self.choices(reply.body) as usize;
        json!({
            "id": 1234,
            "prompt": {"text": reply.body["prompt"], "tokens": tokens(reply.body["prompt"].as_str().unwrap_or_default())},
            "completions": vec![completion; count],
        })
    }

    /// The family does not stream: the whole answer is the only chunk.
    fn piece(&self, text: &str, _progress: &Progress<'_>) -> Value {
        json!({"text": text})
    }

    fn last(&self, _text: &str, _progress: &Progress<'_>, reply: &Reply<'_>) -> Vec<Value> {
        vec![self.whole(reply)]
    }

    fn in_pieces(&self, _body: &Value) -> bool {
        false
    }

    fn choices(&self, body: &Value) -> u32 {
        choices::asked(body.get("numResults"))
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
