//! What an answer carries in `additionalModelResponseFields`.

use aws_smithy_types::Document;
use serde_json::{Map, Value, json};

use crate::json::select;

/// Collects the whole completion that the chunks make up, where a request asks for parts of it.
#[derive(Debug)]
pub(super) struct ResponseFields {
    paths: Vec<String>,
    completion: Map<String, Value>,
    choice: Map<String, Value>,
}

impl ResponseFields {
    /// Nothing to collect where no path asks.
    pub(super) fn new(paths: Vec<String>) -> Option<Self> {
        (!paths.is_empty()).then(|| Self {
            paths,
            completion: Map::new(),
            choice: Map::new(),
        })
    }

    /// Takes a chunk.
    pub(super) fn feed(&mut self, chunk: &[u8]) {
        let Ok(Value::Object(chunk)) = serde_json::from_slice(chunk) else {
            return;
        };
        for (name, value) in chunk {
            if name != "choices" {
                keep(&mut self.completion, name, value);
                continue;
            }
            if let Some(Value::Object(choice)) = value.get(0).cloned() {
                let members = choice.into_iter();
                members
                    .filter(|(name, _)| name != "delta" && name != "message")
                    .for_each(|(name, value)| keep(&mut self.choice, name, value));
            }
        }
    }

    /// What the paths lead to: from the completion, or from its choice. The stop sequence that was
    /// met has the name that Claude gives it.
    pub(super) fn finish(mut self, stop_sequence: Option<String>) -> Option<Document> {
        if let Some(sequence) = stop_sequence {
            self.choice
                .insert("stop_sequence".to_owned(), json!(sequence));
        }
        let choice = Value::Object(self.choice);
        self.completion
            .insert("choices".to_owned(), json!([choice]));
        let completion = Value::Object(self.completion);
        select(&self.paths, &[&completion, &choice])
    }
}

/// Later values win, `null` never does; the lists of log probabilities go on.
fn keep(members: &mut Map<String, Value>, name: String, value: Value) {
    match (members.get_mut(&name), value) {
        (_, Value::Null) => {}
        (Some(Value::Object(known)), Value::Object(more)) if name == "logprobs" => {
            for (name, value) in more {
                match (known.get_mut(&name), value) {
                    (Some(Value::Array(known)), Value::Array(more)) => known.extend(more),
                    (_, value) => {
                        known.insert(name, value);
                    }
                }
            }
        }
        (_, value) => {
            members.insert(name, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use outcrop_engine::document;

    use super::*;

    #[test]
    fn paths_lead_into_the_completion_and_its_choice() {
        let paths = [
            "/logprobs/content",
            "/system_fingerprint",
            "/stop_sequence",
            "/no/such",
            "x",
        ];
        let mut fields = ResponseFields::new(paths.map(str::to_owned).to_vec()).unwrap();
        for chunk in [
            r#"{"system_fingerprint": "fp", "choices": [{"delta": {}, "logprobs": {"content": [{"token": "a"}]}}]}"#,
            r#"{"system_fingerprint": null, "choices": [{"delta": {}, "logprobs": {"content": [{"token": "b"}]}}]}"#,
            r#"{"choices": []}"#,
            "no JSON",
        ] {
            fields.feed(chunk.as_bytes());
        }
        let found = fields.finish(Some("END".to_owned())).unwrap();
        assert_eq!(
            document::to_value(&found),
            json!({
                "logprobs": {"content": [{"token": "a"}, {"token": "b"}]},
                "stop_sequence": "END",
                "system_fingerprint": "fp",
            })
        );
    }

    #[test]
    fn nothing_asked_and_nothing_found_are_no_fields() {
        assert!(ResponseFields::new(Vec::new()).is_none());
        let fields = ResponseFields::new(vec!["/stop_sequence".to_owned()]).unwrap();
        assert_eq!(fields.finish(None), None);
    }
}
