//! Identifiers in the shapes that Claude's native answers have.

use outcrop_engine::canned::{chance, ids};

/// The id of an answer; `request` is a hash of the request.
pub(super) fn message(request: u64) -> String {
    ids::claude_message(request)
}

/// The id of a tool call. Converse's own ids are spelled anew, others are kept.
pub(super) fn tool_use(id: &str) -> String {
    if id.starts_with("tooluse_") {
        ids::claude_tool_use(chance::hash64(id.as_bytes(), 0), 0)
    } else {
        id.to_owned()
    }
}
