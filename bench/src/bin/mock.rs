//! A backend that costs next to nothing: chat completions whose model says how they are sent.
//!
//! - `whole`: an answer of a few chunks, all in one write.
//! - `first`: its first chunk at once, the rest some time after.
//! - `burst-N`: N chunks as fast as they are taken.
//! - `paced-N`: N chunks, each some time after the one before.
//! - `held`: one chunk, and no end.

use std::{convert::Infallible, time::Duration};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use http_body_util::StreamBody;
use hyper::{
    Request, Response,
    body::{Frame, Incoming},
    header::{CONTENT_TYPE, HeaderValue},
    server::conn::http1,
    service::service_fn,
};
use serde::Deserialize;
use tokio::sync::mpsc::{self, Receiver, Sender};

/// Between chunks that come one by one.
const PACE: Duration = Duration::from_millis(2);

/// Chunks that wait for the connection.
const QUEUE: usize = 64;

const CHUNK: &str = concat!(
    r#"data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":"#,
    r#"[{"index":0,"delta":{"content":" marble"},"finish_reason":null}]}"#,
    "\n\n"
);
const END: &str = concat!(
    r#"data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":"#,
    r#"[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
    "\n\n",
    r#"data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"#,
    r#""usage":{"prompt_tokens":9,"completion_tokens":9,"total_tokens":18}}"#,
    "\n\ndata: [DONE]\n\n"
);

#[derive(Deserialize)]
struct Asked {
    model: String,
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    outcrop_bench::serve("mock", |stream| async move {
        let _ = http1::Builder::new()
            .serve_connection(stream, service_fn(respond))
            .await;
    })
    .await
}

/// What is sent, as a body. The channel of `http_body_util` may lose what is sent right before its end.
fn body_of(
    mut sent: Receiver<Bytes>,
) -> StreamBody<impl Stream<Item = Result<Frame<Bytes>, Infallible>>> {
    let sent = stream::poll_fn(move |cx| sent.poll_recv(cx));
    StreamBody::new(sent.map(|bytes| Ok(Frame::data(bytes))))
}

async fn respond(
    request: Request<Incoming>,
) -> Result<Response<impl hyper::body::Body<Data = Bytes, Error = Infallible>>, Infallible> {
    let body = outcrop_bench::body(request).await;
    let model = serde_json::from_slice::<Asked>(&body)
        .map(|asked| asked.model)
        .unwrap_or_default();
    let (sender, sent) = mpsc::channel(QUEUE);
    tokio::spawn(async move { send(&model, sender).await });
    let mut response = Response::new(body_of(sent));
    let kind = HeaderValue::from_static("text/event-stream");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    Ok(response)
}

/// Sends until the client has gone.
async fn send(model: &str, sender: Sender<Bytes>) -> Option<()> {
    let (kind, count) = model.split_once('-').unwrap_or((model, "1"));
    let count: usize = count.parse().ok()?;
    if kind == "whole" {
        let text = [CHUNK.repeat(8).as_str(), END].concat();
        return sender.send(Bytes::from(text)).await.ok();
    }
    for _ in 0..count {
        sender
            .send(Bytes::from_static(CHUNK.as_bytes()))
            .await
            .ok()?;
        if kind == "paced" || kind == "first" {
            tokio::time::sleep(PACE).await;
        }
    }
    if kind == "held" {
        std::future::pending::<()>().await;
    }
    sender.send(Bytes::from_static(END.as_bytes())).await.ok()
}
