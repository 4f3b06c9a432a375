//! The canned engine: answers that obey the request, made without a model.
//!
//! Everything here is deterministic: the same request gets the same answer, on every machine. The one thing
//! that outlives a request is the prompt cache, because clients see it in the usage.
//!
//! One request goes through `reading` (what is asked, and how many tokens it has), `answer` (what to do about
//! it, and the events that say so) and `usage`. The rest are the means.

mod answer;
pub mod cache;
pub mod chance;
pub mod embedding;
mod engine;
mod family;
pub mod ids;
pub mod image;
pub mod media;
mod reading;
pub mod rerank;
pub mod schema;
pub mod signature;
#[cfg(test)]
mod testing;
pub mod text;
pub mod tokenizer;
mod usage;
pub mod video;
mod words;

pub use engine::CannedEngine;
