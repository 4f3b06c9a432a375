//! The canned engine: answers that obey the request, made without a model.
//!
//! Everything here is deterministic: the same request gets the same answer on every machine.

pub mod tokenizer;
