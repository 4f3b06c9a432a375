//! The list of a server's models.

use serde::Deserialize;

use super::backend::Backend;
use crate::error::Fault;

/// Bytes of a list that are read.
const LONGEST: usize = 8 << 20;

/// Why there is no list.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ListError(String);

/// As `OpenAI` and Anthropic write it.
#[derive(Deserialize)]
struct List {
    data: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
}

/// The names of its models.
pub(super) async fn list(backend: &Backend) -> Result<Vec<String>, ListError> {
    let body = backend.http.get(backend.list_path, LONGEST).await;
    let body = body.map_err(|fault| ListError(told(fault)))?;
    let list: List = serde_json::from_slice(&body)
        .map_err(|error| ListError(format!("the answer is no list of models: {error}")))?;
    Ok(list.data.into_iter().map(|entry| entry.id).collect())
}

fn told(fault: Fault) -> String {
    match fault {
        Fault::Status { status, reason, .. } => format!("{status}: {reason}"),
        Fault::Unreachable(cause) => format!("it cannot be reached: {cause}"),
        fault => fault.within().to_string(),
    }
}
