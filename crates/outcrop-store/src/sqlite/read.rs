//! Reads, each on one of a few connections.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use rusqlite::{
    Connection, OptionalExtension, Row, ToSql, params, params_from_iter,
    types::{ToSqlOutput, Type, ValueRef},
};
use tokio::{
    sync::Semaphore,
    time::{Instant, timeout_at},
};

use super::{Shared, locked};
use crate::{
    After, Found, Key, ListQuery, Name, Record, Scope, SearchQuery, StoreError,
    columns::{revision_member, tags_member},
    listing::{Listing, Value},
    statements,
};

/// How long a read may wait and run.
const DEADLINE: Duration = Duration::from_secs(10);

/// Virtual machine instructions between two looks at the clock: some 10 microseconds.
const INSTRUCTIONS: i32 = 1000;

/// Connections, and who may have one.
#[derive(Debug)]
pub(super) struct Readers {
    free: Arc<Semaphore>,
    idle: Arc<Mutex<Vec<Shared>>>,
}

impl Readers {
    pub(super) fn new(connections: Vec<Shared>) -> Self {
        Self {
            free: Arc::new(Semaphore::new(connections.len())),
            idle: Arc::new(Mutex::new(connections)),
        }
    }

    /// Reads on the next connection that is free. A read that takes too long is stopped.
    pub(super) async fn read<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let until = Instant::now() + DEADLINE;
        let (free, idle) = (self.free.clone(), self.idle.clone());
        let permit = timeout_at(until, free.acquire_owned())
            .await
            .map_err(|_| late())?
            .map_err(|_| late())?;
        let task = tokio::task::spawn_blocking(move || {
            let connection = taken(&idle).pop().ok_or_else(late)?;
            let result = bounded(&connection, until.into_std(), work);
            taken(&idle).push(connection);
            drop(permit);
            result
        });
        task.await
            .map_err(|error| StoreError::Unavailable(format!("reading stopped: {error}")))?
    }
}

fn taken(idle: &Mutex<Vec<Shared>>) -> std::sync::MutexGuard<'_, Vec<Shared>> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}

fn late() -> StoreError {
    StoreError::Unavailable(format!(
        "no connection was free for {} s: too many are reading",
        DEADLINE.as_secs()
    ))
}

pub(super) fn bounded<T>(
    connection: &Mutex<Connection>,
    until: std::time::Instant,
    work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> Result<T, StoreError> {
    let connection = &mut *locked(connection);
    connection.progress_handler(
        INSTRUCTIONS,
        Some(move || std::time::Instant::now() > until),
    )?;
    let result = work(connection);
    // The writer may share the connection.
    connection.progress_handler(0, None::<fn() -> bool>)?;
    Ok(result?)
}

pub(super) fn get(connection: &Connection, key: &Key) -> rusqlite::Result<Option<Record>> {
    let Key { scope, kind, id } = key;
    let mut statement = connection.prepare_cached(statements::GET)?;
    statement
        .query_row(params![scope.account, scope.region, kind, id], |row| {
            record(row, kind)
        })
        .optional()
}

pub(super) fn named(connection: &Connection, name: &Name) -> rusqlite::Result<Option<Record>> {
    let Name { scope, kind, name } = name;
    let mut statement = connection.prepare_cached(statements::NEWEST_NAMED)?;
    statement
        .query_row(params![scope.account, scope.region, kind, name], |row| {
            record(row, kind)
        })
        .optional()
}

pub(super) fn list(connection: &Connection, query: &ListQuery) -> rusqlite::Result<Vec<Record>> {
    records(connection, query.kind, Listing::page(query))
}

pub(super) fn search(connection: &Connection, query: &SearchQuery) -> rusqlite::Result<Found> {
    let Listing { sql, values } = Listing::last_looked_at(query);
    let last = connection
        .prepare_cached(&sql)?
        .query_row(params_from_iter(values), |row| {
            Ok(After {
                created_at: row.get(0)?,
                id: row.get(1)?,
            })
        })
        .optional()?;
    let listing = Listing::search(query, last.clone(), "instr");
    let records = records(connection, query.among.kind, listing)?;
    Ok(Found::new(records, query, last))
}

fn records(
    connection: &Connection,
    kind: &'static str,
    Listing { sql, values }: Listing,
) -> rusqlite::Result<Vec<Record>> {
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), |row| record(row, kind))?;
    rows.collect()
}

fn record(row: &Row<'_>, kind: &'static str) -> rusqlite::Result<Record> {
    let tags: String = row.get(9)?;
    let tags = tags_member(&tags).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(9, Type::Text, Box::new(error))
    })?;
    Ok(Record {
        key: Key {
            scope: Scope {
                account: row.get(0)?,
                region: row.get(1)?,
            },
            kind,
            id: row.get(2)?,
        },
        parent: row.get(3)?,
        name: row.get(4)?,
        unique_name: row.get(5)?,
        created_at: row.get(6)?,
        updated_at: row.get(7)?,
        revision: revision_member(row.get(8)?),
        tags,
        body: row.get(10)?,
    })
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Integer(integer) => ValueRef::Integer(*integer),
        }))
    }
}
