//! The bodies of Converse, as records have them.

use serde_json::{Map, Value};

/// Members of an answer, in the order of the service's records (recorded). Others follow.
const ORDER: [&str; 4] = ["output", "stopReason", "metrics", "usage"];

/// Counts that answers repeat under another name, and that records have once (recorded).
const REPEATED: [&str; 2] = ["cacheReadInputTokenCount", "cacheWriteInputTokenCount"];

/// Takes the metadata out of a request: it is a member of the record (recorded).
pub(super) fn take_metadata(request: &mut Value) -> Option<Value> {
    // `shift_remove` keeps the order of the others.
    request.as_object_mut()?.shift_remove("requestMetadata")
}

/// An answer as records have it.
pub(super) fn answer(mut answer: Value) -> Value {
    answer.sort_all_objects();
    let Value::Object(mut members) = answer else {
        return answer;
    };
    if let Some(Value::Object(usage)) = members.get_mut("usage") {
        usage.retain(|name, count| !REPEATED.contains(&&**name) && !is_empty(count));
    }
    let mut ordered = Map::new();
    for name in ORDER {
        if let Some(member) = members.shift_remove(name) {
            ordered.insert(name.to_owned(), member);
        }
    }
    ordered.extend(members);
    Value::Object(ordered)
}

/// Whether it is an object without members, as `serverToolUsage` is where no tool of the server's was used.
fn is_empty(value: &Value) -> bool {
    value.as_object().is_some_and(Map::is_empty)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn answers_are_in_the_order_of_records() {
        let usage = json!({
            "cacheReadInputTokenCount": 0, "cacheReadInputTokens": 0, "inputTokens": 3,
            "outputTokens": 2, "serverToolUsage": {}, "totalTokens": 5,
        });
        let logged = answer(json!({
            "metrics": { "latencyMs": 1 }, "usage": usage, "trace": {},
            "output": { "message": { "role": "assistant", "content": [] } }, "stopReason": "end_turn",
        }));
        let expected = concat!(
            r#"{"output":{"message":{"content":[],"role":"assistant"}},"stopReason":"end_turn","metrics":{"latencyMs":1},"#,
            r#""usage":{"cacheReadInputTokens":0,"inputTokens":3,"outputTokens":2,"totalTokens":5},"trace":{}}"#,
        );
        assert_eq!(logged.to_string(), expected);
    }

    #[test]
    fn metadata_leave_the_request() {
        let mut request = json!({ "a": 1, "requestMetadata": { "team": "red" }, "b": 2 });
        assert_eq!(take_metadata(&mut request), Some(json!({ "team": "red" })));
        assert_eq!(request.to_string(), r#"{"a":1,"b":2}"#);
        assert_eq!(take_metadata(&mut json!([])), None);
    }
}
