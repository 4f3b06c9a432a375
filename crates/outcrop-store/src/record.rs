//! What is kept of a resource.

use std::{collections::BTreeMap, sync::Arc};

/// Whose a resource is, and where.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Scope {
    /// Twelve digits.
    pub account: Arc<str>,
    /// For instance `us-east-1`.
    pub region: Arc<str>,
}

/// What names one resource among all.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Whose it is.
    pub scope: Scope,
    /// What it is, for instance `guardrail`.
    pub kind: &'static str,
    /// Its id, which no other resource of the kind in the scope has.
    pub id: String,
}

/// A resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Which resource this is.
    pub key: Key,
    /// The resource that this one belongs to, for instance the guardrail of a guardrail's version. Listings can be of
    /// one parent's children.
    pub parent: Option<String>,
    /// The name that its owner gave it. Listings can be filtered by it.
    pub name: String,
    /// Whether no other resource of the kind in the scope may have the name.
    pub unique_name: bool,
    /// Nanoseconds since 1970, UTC. Listings are in this order, then in the order of the ids.
    pub created_at: i64,
    /// Nanoseconds since 1970, UTC.
    pub updated_at: i64,
    /// Counts the changes: 1 for a new record. A replacement says which revision it replaces.
    pub revision: u64,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// What else its kind has: one JSON document.
    pub body: String,
}
