//! Members of records as columns hold them.

use std::collections::BTreeMap;

use crate::StoreError;

/// Revisions count from 1 and never get near the end.
pub(crate) fn revision_column(revision: u64) -> i64 {
    i64::try_from(revision).unwrap_or(i64::MAX)
}

pub(crate) fn revision_member(column: i64) -> u64 {
    u64::try_from(column).unwrap_or_default()
}

pub(crate) fn tags_column(tags: &BTreeMap<String, String>) -> Result<String, StoreError> {
    serde_json::to_string(tags)
        .map_err(|error| StoreError::Unavailable(format!("tags cannot be written: {error}")))
}

pub(crate) fn tags_member(column: &str) -> Result<BTreeMap<String, String>, serde_json::Error> {
    serde_json::from_str(column)
}
