//! Answers with vectors.

use outcrop_engine::Embeddings;
use serde_json::{Map, Value, json};

use super::{CohereEmbed, quantize};
use crate::EmbedResponder;

/// Answers the bodies of one version.
pub(super) struct Responder {
    pub(super) version: CohereEmbed,
    pub(super) id: String,
    pub(super) texts: Vec<String>,
    /// What there is to tell of images.
    pub(super) images: Vec<Value>,
    pub(super) types: Vec<String>,
}

impl EmbedResponder for Responder {
    /// Version 3 answers in plain lists unless the body names forms; version 4 tells the form always (recorded).
    fn response(&self, embeddings: &Embeddings) -> Value {
        let texts: Vec<_> = match self.version {
            CohereEmbed::V3English => self.texts.iter().map(|text| text.to_lowercase()).collect(),
            _ => self.texts.clone(),
        };
        let plain = self.version != CohereEmbed::V4 && self.types.is_empty();
        let response_type = if plain {
            "embeddings_floats"
        } else {
            "embeddings_by_type"
        };
        let vectors = if plain {
            form(embeddings, "float")
        } else {
            self.by_type(embeddings)
        };
        let mut told = match self.version {
            CohereEmbed::V4 => json!({
                "id": self.id,
                "texts": texts,
                "embeddings": vectors,
                "response_type": response_type,
            }),
            _ => json!({
                "embeddings": vectors,
                "id": self.id,
                "response_type": response_type,
                "texts": texts,
            }),
        };
        if !self.images.is_empty() {
            told["images"] = json!(self.images);
        }
        told
    }
}

impl Responder {
    fn by_type(&self, embeddings: &Embeddings) -> Value {
        let default = ["float".to_owned()];
        let types = if self.types.is_empty() {
            &default[..]
        } else {
            &self.types
        };
        let forms = types
            .iter()
            .map(|name| (name.clone(), form(embeddings, name)));
        Value::Object(forms.collect::<Map<_, _>>())
    }
}

fn form(embeddings: &Embeddings, name: &str) -> Value {
    embeddings
        .vectors
        .iter()
        .map(|vector| quantize::vector(vector, name))
        .collect()
}
