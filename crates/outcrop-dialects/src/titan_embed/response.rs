//! Answers with one vector.

use outcrop_engine::Embeddings;
use serde_json::{Map, Value, json};

use super::request::Types;
use crate::{EmbedResponder, body};

/// Answers the bodies of one of the models.
pub(super) enum Responder {
    Text,
    TextV2(Types),
    Image,
}

impl EmbedResponder for Responder {
    fn response(&self, embeddings: &Embeddings) -> Value {
        let vector = embeddings.vectors.first().map_or(&[][..], Vec::as_slice);
        let tokens = embeddings.input_tokens;
        match self {
            Self::Text => json!({"embedding": body::floats(vector), "inputTextTokenCount": tokens}),
            Self::TextV2(types) => json!({
                "embedding": body::floats(vector),
                "embeddingsByType": by_type(vector, *types),
                "inputTextTokenCount": tokens,
            }),
            Self::Image => {
                json!({"embedding": body::floats(vector), "inputTextTokenCount": tokens, "message": null})
            }
        }
    }
}

fn by_type(vector: &[f32], types: Types) -> Map<String, Value> {
    let mut forms = Map::new();
    if types.float {
        forms.insert("float".to_owned(), body::floats(vector));
    }
    if types.binary {
        let bits = vector
            .iter()
            .map(|number| json!(u8::from(*number > 0.0)))
            .collect();
        forms.insert("binary".to_owned(), bits);
    }
    forms
}
