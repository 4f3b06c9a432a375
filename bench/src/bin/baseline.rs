//! The yardstick: the least that a server in Rust can do with the same requests.
//!
//! It parses a Converse request with serde, and builds an answer of the same size as Outcrop's, whole or
//! as event-stream frames. It checks nothing, counts nothing and knows no model.

use std::convert::Infallible;

use aws_smithy_eventstream::frame::write_message_to;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, Response, body::Incoming, service::service_fn};
use hyper_util::{rt::TokioExecutor, server::conn::auto::Builder};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Request_ {
    messages: Vec<Turn>,
}

#[derive(Deserialize, Serialize)]
struct Turn {
    role: String,
    content: Vec<Value>,
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    // The answers that Outcrop gave, so that both servers send the same number of bytes.
    let mut arguments = std::env::args().skip(1);
    let answer: Value = serde_json::from_str(&arguments.next().unwrap_or_default())?;
    let events: Vec<(String, Value)> = serde_json::from_str(&arguments.next().unwrap_or_default())?;
    let (answer, events) = (&*Box::leak(Box::new(answer)), &*Box::leak(Box::new(events)));
    outcrop_bench::serve("outcrop", move |stream| async move {
        let service = service_fn(move |request| respond(request, answer, events));
        let builder = Builder::new(TokioExecutor::new());
        let _ = builder.serve_connection(stream, service).await;
    })
    .await
}

async fn respond(
    request: Request<Incoming>,
    answer: &Value,
    events: &[(String, Value)],
) -> Result<Response<Full<Bytes>>, Infallible> {
    let streaming = request.uri().path().ends_with("/converse-stream");
    let body = outcrop_bench::body(request).await;
    let Ok(request) = serde_json::from_slice::<Request_>(&body) else {
        let refusal = Full::from(r#"{"message":"malformed"}"#);
        return Ok(Response::builder()
            .status(400)
            .body(refusal)
            .unwrap_or_default());
    };
    let last = request
        .messages
        .last()
        .map(|turn| turn.role.clone())
        .unwrap_or_default();
    let (kind, body) = if streaming {
        ("application/vnd.amazon.eventstream", frames(events, &last))
    } else {
        ("application/json", whole(answer, &last))
    };
    let response = Response::builder()
        .header("content-type", kind)
        .body(Full::from(body));
    Ok(response.unwrap_or_default())
}

/// A fresh copy of the answer, serialized anew for each request.
fn whole(answer: &Value, role: &str) -> Vec<u8> {
    let mut answer = answer.clone();
    answer["output"]["message"]["role"] = json!(if role == "user" { "assistant" } else { role });
    serde_json::to_vec(&answer).unwrap_or_default()
}

fn frames(events: &[(String, Value)], role: &str) -> Vec<u8> {
    let mut buffer = Vec::with_capacity(4096);
    for (name, event) in events {
        let mut event = event.clone();
        if name == "messageStart" {
            event["role"] = json!(if role == "user" { "assistant" } else { role });
        }
        let text = |text: &str| HeaderValue::String(text.to_owned().into());
        let message = Message::new(serde_json::to_vec(&event).unwrap_or_default())
            .add_header(Header::new(":event-type", text(name)))
            .add_header(Header::new(":content-type", text("application/json")))
            .add_header(Header::new(":message-type", text("event")));
        let _ = write_message_to(&message, &mut buffer);
    }
    buffer
}
