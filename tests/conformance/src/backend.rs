//! A model server that says what it is told to, in chat completions: what a recorded model said is then said here.

use std::{
    convert::Infallible,
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::net::TcpListener;

use crate::{Failure, Result};

/// A server on a free port.
#[derive(Debug)]
pub struct Backend {
    /// The address of its API.
    pub url: String,
    said: Arc<Mutex<String>>,
}

impl Backend {
    /// Starts one, which ends with the runtime.
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .map_err(|error| Failure::Server(format!("no port for a backend: {error}")))?;
        let address = listener
            .local_addr()
            .map_err(|error| Failure::Server(error.to_string()))?;
        let said = Arc::default();
        drop(tokio::spawn(accept(listener, Arc::clone(&said))));
        Ok(Self {
            url: format!("http://{address}/v1"),
            said,
        })
    }

    /// Says `text` from now on.
    pub fn say(&self, text: &str) {
        text.clone_into(&mut self.said.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

async fn accept(listener: TcpListener, said: Arc<Mutex<String>>) {
    while let Ok((socket, _)) = listener.accept().await {
        let said = Arc::clone(&said);
        let answer = service_fn(move |request| answer(request, Arc::clone(&said)));
        let connection = http1::Builder::new().serve_connection(TokioIo::new(socket), answer);
        drop(tokio::spawn(connection));
    }
}

async fn answer(
    request: Request<Incoming>,
    said: Arc<Mutex<String>>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    // The request is read to its end, so that the connection can be used again.
    drop(request.into_body().collect().await);
    let text = said.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let pieces = text.split_inclusive(' ');
    let deltas = pieces.map(|piece| json!({"choices": [{"delta": {"content": piece}}]}));
    let end = [
        json!({"choices": [{"delta": {}, "finish_reason": "stop"}]}),
        json!({"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 2}}),
    ];
    let events = deltas.chain(end).map(|chunk| format!("data: {chunk}\n\n"));
    let body = events.collect::<String>() + "data: [DONE]\n\n";
    let mut response = Response::new(Full::from(body));
    let kind = http::HeaderValue::from_static("text/event-stream");
    response.headers_mut().insert("content-type", kind);
    Ok(response)
}
