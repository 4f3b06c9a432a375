//! Contextual grounding.

use serde::{Deserialize, Serialize};

use super::Action;

/// A check of an answer against its source or its query.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GroundingFilter {
    /// Which check.
    #[serde(rename = "type")]
    pub kind: GroundingType,
    /// The least score that passes, from 0 to below 1.
    pub threshold: f64,
    /// What failing leads to: blocking, unless it says none.
    #[serde(default)]
    pub action: Action,
    /// Whether it is checked at all.
    #[serde(default = "yes")]
    pub enabled: bool,
}

fn yes() -> bool {
    true
}

/// The checks of contextual grounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum GroundingType {
    /// The source says what the answer says.
    Grounding,
    /// The answer is about the query.
    Relevance,
}
