//! Members that answers have as null where they say nothing.
//!
//! Generated serializers leave such members out, and so does the service in most answers. Where it does not, data says which
//! members are told.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The members of each operation's answer that are null where there is nothing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct NullMembers(BTreeMap<String, Nulls>);

/// Those of one object, or of each object of a list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nulls {
    /// Why, for readers of the data.
    #[serde(default, rename = "about")]
    _about: String,
    /// Members that are null where they are absent.
    #[serde(default)]
    pub(super) null: Vec<String>,
    /// Objects below that have such members.
    #[serde(default)]
    pub(super) members: BTreeMap<String, Self>,
}

impl NullMembers {
    /// Reads the data: members by the name of their operation.
    ///
    /// # Errors
    ///
    /// Where it is not of the form.
    pub fn parse(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// Those of an operation.
    pub(super) fn of(&self, operation: &str) -> Option<&Nulls> {
        self.0.get(operation)
    }

    /// The operations that have any.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}
