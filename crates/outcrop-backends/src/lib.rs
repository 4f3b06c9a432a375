//! Engines that call a model server.
//!
//! [`OpenAiEngine`] puts a server that speaks `OpenAI`'s chat completions, embeddings, images and the
//! rankings that came to stand beside them behind the [`Engine`](outcrop_engine::Engine) trait,
//! [`AnthropicEngine`] one that speaks Anthropic's messages. One conversation goes through:
//!
//! ```text
//! ConverseRequest -> openai::request    -> http::post -> sse -> openai::stream    -> StreamEvents
//!                    anthropic::request    (gate, retries)      anthropic::stream
//!                    (pure)                                     (pure)
//! ```
//!
//! The server is always asked to stream. Nothing is read from it before the client asks for the
//! next event, and dropping an answer cancels the request.

mod answer;
mod anthropic;
mod blocks;
mod client;
mod documents;
mod engine;
mod error;
mod events;
mod gate;
mod health;
mod http;
mod json;
mod models;
mod offline;
mod openai;
pub mod route;
mod settings;
mod sse;
#[cfg(test)]
mod testing;

pub use documents::{DocumentReader, UNREADABLE};
pub use engine::{AnthropicEngine, OpenAiEngine};
pub use error::BackendError;
pub use models::ModelMap;
pub use offline::Conversion;
pub use settings::{
    ApiKey, BackendSettings, DEFAULT_NAME, EncodingFormat, Header, Kind, Pdf, Reasoning,
};
