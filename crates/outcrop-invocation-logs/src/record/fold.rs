//! The events of `ConverseStream` as the answer that Converse would have given, which is what the service logs (recorded).

use serde_json::{Map, Value, json};

/// An answer that grows event by event.
#[derive(Debug, Default)]
pub(super) struct Fold {
    role: Option<Value>,
    blocks: Vec<Map<String, Value>>,
    rest: Map<String, Value>,
}

impl Fold {
    /// Adds an event: its name and its members.
    pub(super) fn add(&mut self, name: &str, mut event: Value) {
        match name {
            "messageStart" => self.role = Some(event["role"].take()),
            "contentBlockStart" => {
                let start = event["start"].take();
                if let (Some(block), Value::Object(start)) = (self.block(&event), start) {
                    block.extend(start);
                }
            }
            "contentBlockDelta" => {
                let delta = event["delta"].take();
                if let (Some(block), Value::Object(delta)) = (self.block(&event), delta) {
                    for (kind, value) in delta {
                        add_delta(block, &kind, value);
                    }
                }
            }
            "messageStop" | "metadata" => {
                if let Value::Object(members) = event {
                    let members = members.into_iter().filter(|(name, _)| name != "p");
                    self.rest.extend(members);
                }
            }
            _ => {}
        }
    }

    /// The answer as far as it came; nothing where none began.
    pub(super) fn answer(self) -> Option<Value> {
        let role = self.role?;
        let content: Vec<Value> = self.blocks.into_iter().map(finished).collect();
        let mut answer = Map::new();
        answer.insert(
            "output".to_owned(),
            json!({ "message": { "role": role, "content": content } }),
        );
        answer.extend(self.rest);
        Some(Value::Object(answer))
    }

    /// The block of an event. Their indexes rise one by one.
    fn block(&mut self, event: &Value) -> Option<&mut Map<String, Value>> {
        let index = usize::try_from(event["contentBlockIndex"].as_u64()?).ok()?;
        if index == self.blocks.len() {
            self.blocks.push(Map::new());
        }
        self.blocks.get_mut(index)
    }
}

fn add_delta(block: &mut Map<String, Value>, kind: &str, delta: Value) {
    match kind {
        "text" => append(block, kind, &delta),
        // The input comes as pieces of JSON.
        "toolUse" => {
            if let Some(tool) = object(block, kind) {
                append(tool, "input", &delta["input"]);
            }
        }
        "reasoningContent" => add_reasoning(block, delta),
        "citation" => extend(object(block, "citationsContent"), "citations", [delta]),
        "toolResult" => {
            if let Value::Array(parts) = delta {
                extend(object(block, kind), "content", parts);
            }
        }
        _ => {
            block.insert(kind.to_owned(), delta);
        }
    }
}

fn add_reasoning(block: &mut Map<String, Value>, delta: Value) {
    let (Some(reasoning), Value::Object(parts)) = (object(block, "reasoningContent"), delta) else {
        return;
    };
    for (kind, part) in parts {
        if kind == "redactedContent" {
            reasoning.insert(kind, part);
        } else if let Some(text) = object(reasoning, "reasoningText") {
            append(text, &kind, &part);
        }
    }
}

/// A member that is an object, made where it is not there.
fn object<'a>(of: &'a mut Map<String, Value>, name: &str) -> Option<&'a mut Map<String, Value>> {
    of.entry(name).or_insert_with(|| json!({})).as_object_mut()
}

/// Adds to a member that is a list, made where it is not there.
fn extend(of: Option<&mut Map<String, Value>>, name: &str, more: impl IntoIterator<Item = Value>) {
    let list = of.and_then(|of| of.entry(name).or_insert_with(|| json!([])).as_array_mut());
    if let Some(list) = list {
        list.extend(more);
    }
}

fn append(to: &mut Map<String, Value>, name: &str, text: &Value) {
    let text = text.as_str().unwrap_or_default();
    match to.get_mut(name) {
        Some(Value::String(so_far)) => so_far.push_str(text),
        _ => {
            to.insert(name.to_owned(), text.into());
        }
    }
}

/// A block whose tool input is JSON again, and whose text belongs to its citations where it has some.
fn finished(mut block: Map<String, Value>) -> Value {
    if let Some(Value::Object(tool)) = block.get_mut("toolUse")
        && let Some(Value::String(text)) = tool.get("input")
    {
        let input = if text.is_empty() { "{}" } else { text };
        let input = serde_json::from_str(input).unwrap_or_else(|_| text.clone().into());
        tool.insert("input".to_owned(), input);
    }
    if block.contains_key("citationsContent")
        && let Some(text) = block.remove("text")
        && let Some(citations) = object(&mut block, "citationsContent")
    {
        citations.insert("content".to_owned(), json!([{ "text": text }]));
    }
    Value::Object(block)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(events: &[(&str, Value)]) -> Option<Value> {
        let mut fold = Fold::default();
        for (name, event) in events {
            fold.add(name, event.clone());
        }
        fold.answer()
    }

    fn delta(index: u64, delta: &Value) -> (&'static str, Value) {
        (
            "contentBlockDelta",
            json!({ "contentBlockIndex": index, "delta": delta, "p": "abc" }),
        )
    }

    #[test]
    fn events_come_to_one_answer() {
        let start = json!({
            "contentBlockIndex": 2,
            "start": { "toolUse": { "name": "weather", "toolUseId": "tooluse_1" } },
        });
        let answer = folded(&[
            ("messageStart", json!({ "p": "ab", "role": "assistant" })),
            delta(0, &json!({ "reasoningContent": { "text": "Hm" } })),
            delta(0, &json!({ "reasoningContent": { "text": "m." } })),
            delta(0, &json!({ "reasoningContent": { "signature": "s" } })),
            ("contentBlockStop", json!({ "contentBlockIndex": 0 })),
            delta(1, &json!({ "text": "Hello" })),
            delta(1, &json!({ "text": " there" })),
            ("contentBlockStart", start),
            delta(2, &json!({ "toolUse": { "input": "{\"city\":" } })),
            delta(2, &json!({ "toolUse": { "input": "\"Rome\"}" } })),
            (
                "messageStop",
                json!({ "p": "abcd", "stopReason": "tool_use" }),
            ),
            (
                "metadata",
                json!({ "metrics": { "latencyMs": 3 }, "p": "a", "usage": { "inputTokens": 1 } }),
            ),
        ]);
        let expected = json!({
            "output": { "message": { "role": "assistant", "content": [
                { "reasoningContent": { "reasoningText": { "text": "Hmm.", "signature": "s" } } },
                { "text": "Hello there" },
                { "toolUse": { "name": "weather", "toolUseId": "tooluse_1", "input": { "city": "Rome" } } },
            ] } },
            "stopReason": "tool_use",
            "metrics": { "latencyMs": 3 },
            "usage": { "inputTokens": 1 },
        });
        assert_eq!(answer, Some(expected));
    }

    #[test]
    fn what_broke_off_is_told_as_far_as_it_came() {
        assert_eq!(folded(&[]), None);
        let start = json!({ "contentBlockIndex": 0, "start": { "toolUse": { "name": "x" } } });
        let answer = folded(&[
            ("messageStart", json!({ "role": "assistant" })),
            ("contentBlockStart", start),
            delta(0, &json!({ "toolUse": { "input": "{\"city\":" } })),
        ]);
        let content = json!([{ "toolUse": { "name": "x", "input": "{\"city\":" } }]);
        let message = json!({ "role": "assistant", "content": content });
        assert_eq!(answer, Some(json!({ "output": { "message": message } })));
    }

    #[test]
    fn text_belongs_to_its_citation() {
        let answer = folded(&[
            ("messageStart", json!({ "role": "assistant" })),
            delta(0, &json!({ "citation": { "title": "a" } })),
            delta(0, &json!({ "text": "As written" })),
        ]);
        let block = &answer.unwrap()["output"]["message"]["content"][0];
        let expected = json!({ "citationsContent": {
            "citations": [{ "title": "a" }], "content": [{ "text": "As written" }],
        } });
        assert_eq!(*block, expected);
    }
}
