//! The trait that every store implements.

use std::pin::Pin;

use crate::{Commit, Committed, Found, Key, ListQuery, Name, Record, SearchQuery, StoreError};

/// What a call to a store resolves to.
pub type StoreFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Something that keeps records. Every method waits a bounded time.
pub trait Store: Send + Sync + 'static {
    /// Makes changes, all or none. When this resolves they survive the end of the process, however it ends.
    fn commit(&self, commit: Commit) -> StoreFuture<'_, Committed>;

    /// Reads one record.
    fn get(&self, key: Key) -> StoreFuture<'_, Option<Record>>;

    /// Reads the record that has a name; of several, the one that was created last. Costs what [`Self::get`] does.
    fn named(&self, name: Name) -> StoreFuture<'_, Option<Record>>;

    /// Reads records in order. The cost grows with what is returned, not with what is kept.
    fn list(&self, query: ListQuery) -> StoreFuture<'_, Vec<Record>>;

    /// Reads records in order whose names contain something. The cost grows with what is looked at, which is bounded.
    fn search(&self, query: SearchQuery) -> StoreFuture<'_, Found>;
}
