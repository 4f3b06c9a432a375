//! Records in one `SQLite` file, or in memory.
//!
//! One thread writes; it takes whatever waits and commits it as one transaction, so that many requests share the
//! wait for the disk. A few connections read beside it (WAL), and never wait for the writer.

mod apply;
mod connect;
mod error;
mod migrate;
mod read;
mod writer;

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use rusqlite::Connection;

use self::{read::Readers, writer::Writer};
use crate::{
    Commit, Committed, Found, Key, ListQuery, Name, Record, SearchQuery, Store, StoreError,
    StoreFuture,
};

/// Connections that read a file at once. Reads take microseconds, and run where blocking is allowed.
const READERS: usize = 4;

/// Several may use a connection, one at a time.
type Shared = Arc<Mutex<Connection>>;

/// Keeps records with `SQLite`. Dropping it waits until what was begun is written.
#[derive(Debug)]
pub struct SqliteStore {
    writer: Writer,
    readers: Readers,
}

impl SqliteStore {
    /// Keeps records in the file at `path`; makes the file and its folder where they are missing. What was
    /// acknowledged survives a power cut (`synchronous=FULL`). Blocks for some milliseconds.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        let told = |error: StoreError| match error {
            StoreError::Unavailable(why) => {
                StoreError::Unavailable(format!("{}: {why}", path.display()))
            }
            other => other,
        };
        let writer = connect::writer(path).map_err(told)?;
        let readers = (0..READERS)
            .map(|_| connect::reader(path).map(shared))
            .collect::<Result<_, _>>();
        Self::new(shared(writer), readers.map_err(told)?)
    }

    /// Keeps records as long as the store is there. Needs no disk.
    pub fn in_memory() -> Result<Self, StoreError> {
        let only = shared(connect::memory()?);
        Self::new(only.clone(), vec![only])
    }

    fn new(writer: Shared, readers: Vec<Shared>) -> Result<Self, StoreError> {
        Ok(Self {
            writer: Writer::start(writer)?,
            readers: Readers::new(readers),
        })
    }
}

impl Store for SqliteStore {
    fn commit(&self, commit: Commit) -> StoreFuture<'_, Committed> {
        Box::pin(self.writer.commit(commit))
    }

    fn get(&self, key: Key) -> StoreFuture<'_, Option<Record>> {
        Box::pin(
            self.readers
                .read(move |connection| read::get(connection, &key)),
        )
    }

    fn named(&self, name: Name) -> StoreFuture<'_, Option<Record>> {
        Box::pin(
            self.readers
                .read(move |connection| read::named(connection, &name)),
        )
    }

    fn list(&self, query: ListQuery) -> StoreFuture<'_, Vec<Record>> {
        Box::pin(
            self.readers
                .read(move |connection| read::list(connection, &query)),
        )
    }

    fn search(&self, query: SearchQuery) -> StoreFuture<'_, Found> {
        Box::pin(
            self.readers
                .read(move |connection| read::search(connection, &query)),
        )
    }
}

fn shared(connection: Connection) -> Shared {
    Arc::new(Mutex::new(connection))
}

/// A connection has no state that a panic could leave half-changed: transactions roll back when they are dropped.
fn locked(connection: &Mutex<Connection>) -> std::sync::MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
