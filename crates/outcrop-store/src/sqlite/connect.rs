//! Connections, as writer and readers need them.

use std::{path::Path, time::Duration};

use rusqlite::Connection;

use super::migrate::migrate;
use crate::StoreError;

/// How long a connection waits for another process that holds the lock.
const BUSY: Duration = Duration::from_secs(5);

/// Statements that a connection keeps compiled: all that there are, with room for every form of a listing in use.
const STATEMENTS: usize = 64;

/// The connection that writes to a file, which has the newest schema then.
pub(super) fn writer(path: &Path) -> Result<Connection, StoreError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| {
            StoreError::Unavailable(format!("its folder cannot be made: {error}"))
        })?;
    }
    let mut connection = prepared(Connection::open(path)?)?;
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::Unavailable(format!(
            "its file system allows the journal mode {mode} only; put it on a local disk that allows WAL"
        )));
    }
    // The log is on the disk before a commit is acknowledged. NORMAL would lose the last ones in a power cut.
    // Commits that wait share one transaction, and so the wait for the disk.
    connection.pragma_update(None, "synchronous", "full")?;
    // What a burst of writes made of the log is given back.
    connection.pragma_update(None, "journal_size_limit", 64 * 1024 * 1024)?;
    migrate(&mut connection)?;
    Ok(connection)
}

/// A connection that reads from a file that [`writer`] has opened.
pub(super) fn reader(path: &Path) -> Result<Connection, StoreError> {
    let connection = prepared(Connection::open(path)?)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// The one connection to a database in memory.
pub(super) fn memory() -> Result<Connection, StoreError> {
    let mut connection = prepared(Connection::open_in_memory()?)?;
    migrate(&mut connection)?;
    Ok(connection)
}

fn prepared(connection: Connection) -> Result<Connection, StoreError> {
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}
