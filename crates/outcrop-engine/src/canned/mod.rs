//! The canned engine: answers that obey the request, made without a model.
//!
//! Everything here is deterministic: the same request gets the same answer, on every machine. The one thing
//! that outlives a request is the prompt cache, because clients see it in the usage.

pub mod cache;
pub mod chance;
pub mod embedding;
pub mod ids;
pub mod image;
pub mod media;
pub mod rerank;
pub mod schema;
pub mod signature;
pub mod text;
pub mod tokenizer;
mod words;
