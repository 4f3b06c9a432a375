//! The answer.

use outcrop_engine::RerankResult;
use serde_json::{Value, json};

use crate::{RerankResponder, body};

/// Answers every body.
pub(super) struct Responder;

impl RerankResponder for Responder {
    fn response(&self, results: &[RerankResult]) -> Value {
        let told = results.iter().map(|result| {
            json!({"index": result.index, "relevance_score": body::float(result.relevance_score)})
        });
        json!({"results": told.collect::<Vec<_>>()})
    }
}
