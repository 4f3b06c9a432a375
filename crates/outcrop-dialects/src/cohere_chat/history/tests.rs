use serde_json::json;

use super::*;

/// Who says what, in short.
fn told(history: &Value, now: &str, results: &Value) -> Vec<String> {
    let mut talk = History::default();
    for turn in history.as_array().unwrap() {
        talk.turn(turn);
    }
    let now = Some(now).filter(|now| !now.is_empty());
    let now = now.map(|now| ContentBlock::Text(now.to_owned()));
    let messages = talk.now(now.into_iter().collect(), results);
    messages.iter().map(in_short).collect()
}

fn in_short(message: &Message) -> String {
    let blocks = message.content.iter().map(|block| match block {
        ContentBlock::Text(text) => text.clone(),
        ContentBlock::ToolUse(call) => format!("{}!", call.tool_use_id),
        ContentBlock::ToolResult(result) => {
            format!("{}={}", result.tool_use_id, result.content.len())
        }
        ContentBlock::CitationsContent(block) => {
            let sources = block.citations.iter().flatten();
            let sources: Vec<_> = sources
                .filter_map(|citation| citation.source.clone())
                .collect();
            format!("[{}]", sources.join("+"))
        }
        other => panic!("{other:?}"),
    });
    let blocks: Vec<_> = blocks.collect();
    format!("{}: {}", message.role.as_str(), blocks.join(" "))
}

fn call(zone: &str) -> Value {
    json!({"name": "clock", "parameters": {"zone": zone}})
}

fn result(zone: &str) -> Value {
    json!({"call": call(zone), "outputs": [{"text": "noon"}]})
}

#[test]
fn calls_that_only_results_tell_come_before_them() {
    let asked = json!([{"role": "USER", "message": "Time?"}]);
    let expected = ["user: Time?", "assistant: called_0!", "user: called_0=1"];
    assert_eq!(told(&asked, "", &json!([result("UTC")])), expected);
    assert_eq!(told(&json!([]), "Time?", &json!([result("UTC")])), expected);
    let said =
        json!([{"role": "USER", "message": "Time?"}, {"role": "CHATBOT", "message": "Wait."}]);
    let expected = [
        "user: Time?",
        "assistant: Wait. called_0!",
        "user: called_0=1",
    ];
    assert_eq!(told(&said, "", &json!([result("UTC")])), expected);
}

#[test]
fn results_answer_the_calls_of_the_history() {
    let calls = json!([call("UTC"), call("CET"), call("UTC")]);
    let mut history = json!([
        {"role": "USER", "message": "Time?"},
        {"role": "CHATBOT", "message": "Let me look.", "tool_calls": calls},
    ]);
    let results = json!([result("CET"), result("UTC"), result("UTC")]);
    let called = "assistant: Let me look. call_0! call_1! call_2!";
    let answered = "user: call_1=1 call_0=1 call_2=1";
    assert_eq!(
        told(&history, "", &results),
        ["user: Time?", called, answered]
    );
    let together = format!("{answered} And?");
    assert_eq!(
        told(&history, "And?", &results),
        ["user: Time?", called, &together]
    );
    let turns = history.as_array_mut().unwrap();
    turns.push(json!({"role": "TOOL", "tool_results": results}));
    turns.push(json!({"role": "CHATBOT", "tool_calls": [call("UTC")]}));
    let apart = [
        "user: Time?",
        called,
        answered,
        "assistant: call_3!",
        "user: call_3=1",
    ];
    assert_eq!(told(&history, "", &json!([result("UTC")])), apart);
}

#[test]
fn cited_words_keep_their_sources() {
    let citation = |start: u64, end: u64, ids: &[&str]| json!({"start": start, "end": end, "document_ids": ids});
    let said = |citations: Value| {
        let history =
            json!([{"role": "CHATBOT", "message": "Grün wächst es.", "citations": citations}]);
        told(&history, "Oh", &Value::Null).remove(0)
    };
    let found = json!([
        citation(0, 4, &["doc_0"]),
        citation(5, 11, &["doc_1", "doc_2"])
    ]);
    assert_eq!(said(found), "assistant: [doc_0]   [doc_1+doc_2]  es.");
    let misplaced = json!([
        citation(5, 11, &["a"]),
        citation(0, 4, &["b"]),
        citation(12, 99, &["c"])
    ]);
    assert_eq!(said(misplaced), "assistant: Grün  [a]  es.");
}
