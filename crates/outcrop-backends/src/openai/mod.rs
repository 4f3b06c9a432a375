//! `OpenAI`'s chat completions and embeddings, as the servers that are compatible with them have them. Pure.

mod blocks;
mod chunk;
mod content;
mod document;
pub(crate) mod embedding;
mod fields;
mod message;
mod request;
mod stream;
mod think;
mod tool;
mod tool_calls;
mod usage;

pub(crate) use request::{ChatRequest, chat};
pub(crate) use stream::{ChatStream, Expectations};
