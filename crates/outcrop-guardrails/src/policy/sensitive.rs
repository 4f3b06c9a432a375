//! Sensitive information.

use serde::{Deserialize, Serialize};

use super::{Action, Directions, EntityType};

/// A type of personal information, and what is done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PiiEntity {
    /// The type.
    #[serde(rename = "type")]
    pub kind: EntityType,
    /// The action of both directions, unless they have their own.
    pub action: Action,
    /// What each direction does.
    #[serde(flatten)]
    pub directions: Directions,
}

/// A pattern of the guardrail's owner. It is compiled without look-around and back-references, so that its
/// cost is linear in the text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RegexEntity {
    /// Its name, which is also the mask: `{name}`.
    pub name: String,
    /// What it is for; not used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The pattern, up to 500 characters.
    pub pattern: String,
    /// The action of both directions, unless they have their own.
    pub action: Action,
    /// What each direction does.
    #[serde(flatten)]
    pub directions: Directions,
}
