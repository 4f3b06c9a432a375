//! Event streams as they leave.

use serde_json::json;

use crate::service::{Answered, MODEL, post};

async fn stream(text: &str) -> Answered {
    let body = json!({ "messages": [{ "role": "user", "content": [{ "text": text }] }] });
    post(&format!("/model/{MODEL}/converse-stream"), body.to_string()).await
}

fn headers(answer: &Answered) -> Vec<Vec<(String, String)>> {
    let messages = answer.messages();
    let pairs = |message: &aws_smithy_types::event_stream::Message| {
        let headers = message.headers().iter();
        let text = |value: &aws_smithy_types::event_stream::HeaderValue| {
            value.as_string().expect("text").as_str().to_owned()
        };
        headers
            .map(|header| (header.name().as_str().to_owned(), text(header.value())))
            .collect()
    };
    messages.iter().map(pairs).collect()
}

fn pairs(kind: &str, value: &str, message_type: &str) -> Vec<(String, String)> {
    [
        (kind, value),
        (":content-type", "application/json"),
        (":message-type", message_type),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

#[tokio::test]
async fn events_have_their_headers_in_the_service_s_order() {
    let answer = stream("hello").await;
    assert_eq!(
        answer.header("content-type"),
        "application/vnd.amazon.eventstream"
    );
    assert_eq!(answer.header("content-length"), "");
    assert_eq!(answer.header("x-amzn-requestid").len(), 36);
    assert_eq!(
        headers(&answer),
        [pairs(":event-type", "contentBlockDelta", "event")]
    );
    let payload = answer.messages()[0].payload().clone();
    assert_eq!(
        payload.as_ref(),
        br#"{"contentBlockIndex":0,"delta":{"text":"hello"},"p":"abc"}"#
    );
}

#[tokio::test]
async fn exceptions_in_the_stream_do_too() {
    let answer = stream("fail").await;
    assert_eq!(
        headers(&answer)[1],
        pairs(":exception-type", "validationException", "exception")
    );
    let payload = answer.messages()[1].payload().clone();
    assert_eq!(payload.as_ref(), br#"{"message":"in the stream"}"#);
}
