//! The request body: read once, within limits of size, time and memory, and kept.
//!
//! The bytes go on as the body of the request and stay in its extensions ([`RawBody`]), where the validation messages
//! and handlers find them: documents keep their member order there, while the generated types lose it. Bodies that are
//! event streams themselves pass through.

mod budget;
mod layer;
mod read;

pub use self::layer::{CollectLayer, CollectService, RawBody};
