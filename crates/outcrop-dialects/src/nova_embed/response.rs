//! The answer.

use outcrop_engine::Embeddings;
use serde_json::{Value, json};

use crate::{EmbedResponder, body};

/// Answers one body.
pub(super) struct Responder {
    /// What each vector is of.
    pub(super) types: Vec<&'static str>,
    /// How many characters of a text were embedded, where not all were.
    pub(super) truncated: Option<usize>,
}

impl EmbedResponder for Responder {
    fn response(&self, embeddings: &Embeddings) -> Value {
        let vectors = self.types.iter().zip(&embeddings.vectors);
        let told = vectors.map(|(of, vector)| {
            let mut told = json!({"embeddingType": of, "embedding": body::floats(vector)});
            if let Some(length) = self.truncated {
                told["truncatedCharLength"] = json!(length);
            }
            told
        });
        json!({"embeddings": told.collect::<Vec<_>>()})
    }
}
