//! The answer.

use outcrop_engine::Embeddings;
use serde_json::{Value, json};

use crate::{EmbedResponder, body};

/// Answers every body.
pub(super) struct Responder;

impl EmbedResponder for Responder {
    fn response(&self, embeddings: &Embeddings) -> Value {
        let vectors = embeddings.vectors.iter();
        let told = vectors
            .map(|vector| json!({"embeddingType": "TEXT", "embedding": body::floats(vector)}));
        json!({"embeddings": told.collect::<Vec<_>>()})
    }
}
