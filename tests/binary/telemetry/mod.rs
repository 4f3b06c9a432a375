//! What is told of requests: the log line, the metrics, and what a collector gets.

mod backend;
mod collector;
mod exposition;
mod metrics;
mod otlp;

use http::Request;

use crate::common::client::{RequestBody, full};

/// A model that the canned engine answers for.
const MODEL: &str = "amazon.nova-lite-v1:0";

/// Asks a model with a prompt, by an operation as paths have it.
fn ask(model: &str, operation: &str, prompt: &str) -> Request<RequestBody> {
    let body = format!(r#"{{"messages":[{{"role":"user","content":[{{"text":"{prompt}"}}]}}]}}"#);
    let model = model.replace(':', "%3A");
    Request::post(format!("http://localhost/model/{model}/{operation}"))
        .header("host", "localhost")
        .header("content-type", "application/json")
        .body(full(&body))
        .unwrap()
}
