//! The answer.

use outcrop_engine::Embeddings;
use serde_json::{Value, json};

use crate::{EmbedResponder, body};

/// Answers every body.
pub(super) struct Responder;

impl EmbedResponder for Responder {
    /// A list, though the guide shows an object: programs in public read `data[0]`. Vectors of texts and images
    /// tell no option and no time.
    fn response(&self, embeddings: &Embeddings) -> Value {
        let vectors = embeddings.vectors.iter();
        let told = vectors.map(|vector| json!({"embedding": body::floats(vector)}));
        json!({"data": told.collect::<Vec<_>>()})
    }
}
