//! Questions for several records, or for one by its name.

use crate::{Record, Scope};

/// The order of a listing, by creation time and then by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortOrder {
    /// Oldest first.
    Ascending,
    /// Newest first.
    #[default]
    Descending,
}

/// The record that the page before ended with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    /// Its creation time.
    pub created_at: i64,
    /// Its id.
    pub id: String,
}

impl After {
    /// The place of a record.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        Self {
            created_at: record.created_at,
            id: record.key.id.clone(),
        }
    }
}

/// Which records are asked for. What is `None` does not restrict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListQuery {
    /// Whose. `None` asks for everybody's, in the order of creation times and ids all the same.
    pub scope: Option<Scope>,
    /// What they are.
    pub kind: &'static str,
    /// Whose children.
    pub parent: Option<String>,
    /// Created at this time or later.
    pub created_from: Option<i64>,
    /// Created before this time.
    pub created_before: Option<i64>,
    /// In which order.
    pub order: SortOrder,
    /// Only what comes after this one in that order. It need not exist any more.
    pub after: Option<After>,
    /// How many at most.
    pub limit: usize,
}

impl ListQuery {
    /// The oldest records of a kind, everybody's, as many as are said.
    #[must_use]
    pub fn oldest(kind: &'static str, limit: usize) -> Self {
        Self {
            scope: None,
            kind,
            parent: None,
            created_from: None,
            created_before: None,
            order: SortOrder::Ascending,
            after: None,
            limit,
        }
    }
}

/// Which records are asked for by a part of their names. No index knows the parts of names, so that a search looks at
/// one record after the other; it stops after as many as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchQuery {
    /// Which records are looked at, in which order, and how many are found at most.
    pub among: ListQuery,
    /// What their names contain, letters' case aside.
    pub name_contains: String,
    /// How many records are looked at, at most.
    pub look_at: usize,
}

/// What a search has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// In order.
    pub records: Vec<Record>,
    /// The last record that was looked at, where there may be more to look at.
    pub looked_to: Option<After>,
}

impl Found {
    /// `last` is the last record that was to be looked at, where not all were. Of a full page nobody knows whether more
    /// would have been found after it.
    pub(crate) fn new(records: Vec<Record>, query: &SearchQuery, last: Option<After>) -> Self {
        let looked_to = if records.len() < query.among.limit {
            last
        } else {
            records.last().map(After::of)
        };
        Self { records, looked_to }
    }
}

/// A name that may name a record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Name {
    /// Whose the record is.
    pub scope: Scope,
    /// What it is.
    pub kind: &'static str,
    /// The name as its owner wrote it, letter by letter. Nothing is found by an empty one.
    pub name: String,
}
