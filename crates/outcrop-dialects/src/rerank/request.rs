//! A body as a request to order documents.

use serde_json::{Map, Value};

use super::Rerank;
use super::error::{AMAZON, COHERE};
use crate::{DialectError, RerankParts, schema};

pub(super) fn read(
    whose: Rerank,
    members: &Map<String, Value>,
) -> Result<RerankParts, DialectError> {
    let schema = match whose {
        Rerank::Cohere => &COHERE,
        Rerank::Amazon => &AMAZON,
    };
    schema::check(members, schema)?;
    let documents = members.get("documents").and_then(Value::as_array);
    let top_n = members.get("top_n").and_then(Value::as_u64);
    Ok(RerankParts {
        query: members
            .get("query")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        documents: documents.into_iter().flatten().map(text).collect(),
        top_n: top_n.and_then(|count| usize::try_from(count).ok()),
    })
}

/// A document is a text, an object with one, or any other JSON, which counts as its own text.
fn text(document: &Value) -> String {
    let text = document.as_str().or_else(|| document["text"].as_str());
    text.map_or_else(|| document.to_string(), str::to_owned)
}
