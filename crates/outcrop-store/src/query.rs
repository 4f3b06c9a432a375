//! Listings.

use crate::Scope;

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

/// Which records are asked for. What is `None` does not restrict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListQuery {
    /// Whose. `None` asks for everybody's, in the order of creation times and ids all the same.
    pub scope: Option<Scope>,
    /// What they are.
    pub kind: &'static str,
    /// Whose children.
    pub parent: Option<String>,
    /// What their names contain, letters' case aside.
    pub name_contains: Option<String>,
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
