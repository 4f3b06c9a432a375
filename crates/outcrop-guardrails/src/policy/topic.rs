//! Denied topics.

use serde::{Deserialize, Serialize};

use super::Directions;

/// A subject that the application does not talk about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Topic {
    /// Its name; the assessment tells it.
    pub name: String,
    /// What belongs to it, in a sentence.
    pub definition: String,
    /// Prompts that belong to it, up to five.
    pub examples: Vec<String>,
    /// What each direction does.
    #[serde(flatten)]
    pub directions: Directions,
}

/// How much the service spends on topics and content filters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Tier {
    /// English, French and Spanish.
    #[default]
    Classic,
    /// More languages, by way of other regions.
    Standard,
}
