//! `OpenAI`'s chat completions and embeddings, as the servers that are compatible with them have them. Pure.

mod chunk;
mod content;
mod document;
pub(crate) mod embedding;
mod fields;
pub(crate) mod image;
mod message;
mod request;
pub(crate) mod rerank;
mod stream;
mod think;
mod tool;
mod tool_calls;
mod usage;

pub(crate) use content::refuse;
pub(crate) use request::{ChatRequest, chat};
pub(crate) use stream::{ChatStream, Expectations};
pub(crate) use tool_calls::id as tool_use_id;
pub(crate) use usage::estimated;
