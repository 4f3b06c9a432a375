//! Engines that call a model server.
//!
//! [`OpenAiEngine`] puts a server that speaks `OpenAI`'s chat completions and embeddings behind the
//! [`Engine`](outcrop_engine::Engine) trait. One conversation goes through:
//!
//! ```text
//! ConverseRequest -> openai::request -> http::send -> sse -> openai::stream -> StreamEvents
//!                    (pure)             (gate, retries)      (pure)
//! ```
//!
//! The server is always asked to stream. Nothing is read from it before the client asks for the
//! next event, and dropping an answer cancels the request.

mod answer;
mod engine;
mod error;
mod gate;
mod http;
mod models;
mod openai;
mod settings;
mod sse;
#[cfg(test)]
mod testing;

pub use engine::OpenAiEngine;
pub use error::BackendError;
pub use models::ModelMap;
pub use settings::{ApiKey, BackendSettings};
