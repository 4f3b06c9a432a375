//! Word filters.

use serde::{Deserialize, Serialize};

use super::Directions;

/// A word or phrase of the guardrail's owner.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Word {
    /// The word, or a phrase of up to three.
    pub text: String,
    /// What each direction does.
    #[serde(flatten)]
    pub directions: Directions,
}

/// A list that is kept for the guardrail's owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ManagedWordList {
    /// Which list.
    #[serde(rename = "type")]
    pub kind: ManagedWordType,
    /// What each direction does.
    #[serde(flatten)]
    pub directions: Directions,
}

/// The managed lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ManagedWordType {
    /// Profane words.
    Profanity,
}
