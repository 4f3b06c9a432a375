//! Records in a `PostgreSQL` database, which several servers may share.

mod apply;
mod connect;
mod failure;
mod migrate;
mod read;
mod retry;

use std::time::Duration;

use deadpool_postgres::Pool;

use self::{connect::Connection, failure::Failure, read::Question, retry::Attempts};
use crate::{
    Commit, Committed, Found, Key, ListQuery, Name, Record, SearchQuery, Store, StoreError,
    StoreFuture,
};

/// How long a call may take, with all its attempts.
const DEADLINE: Duration = Duration::from_secs(10);

/// Keeps records in `PostgreSQL`.
///
/// Each call takes a connection of a bounded pool. Connections that the server closed are replaced: reads, and
/// commits that had not come to their end, are tried again until [`DEADLINE`]. A commit whose connection is lost
/// while it ends fails, since nobody can know whether it happened.
#[derive(Debug, Clone)]
pub struct PostgresStore {
    pool: Pool,
}

impl PostgresStore {
    /// Connects to a database, `postgres://user:password@host/database`, and makes its schema or brings it up to
    /// date; several servers may do so at once. With `?sslmode=require` the connection is encrypted, and the
    /// server's certificate verified by the platform's roots; else it is plain.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let pool = connect::pool(url)?;
        let mut attempts = Attempts::until(DEADLINE);
        while let Err(failure) = migrate::migrate(&pool).await {
            attempts.after(failure).await?;
        }
        Ok(Self { pool })
    }

    async fn ask<Q: Question>(&self, question: &Q) -> Result<Q::Answer, Failure> {
        let connection = Connection::of(&self.pool).await?;
        let answer = question.ask(connection.client()?).await;
        connection.give_back();
        answer
    }

    /// Reads on a connection, and on another one where that is lost.
    async fn read<Q: Question>(&self, question: Q) -> Result<Q::Answer, StoreError> {
        let mut attempts = Attempts::until(DEADLINE);
        loop {
            match self.ask(&question).await {
                Ok(answer) => return Ok(answer),
                Err(failure) => attempts.after(failure).await?,
            }
        }
    }

    async fn write(&self, commit: &Commit) -> Result<Committed, Failure> {
        let mut connection = Connection::of(&self.pool).await?;
        let committed = apply::apply(connection.client_mut()?, commit).await;
        connection.give_back();
        committed
    }
}

impl Store for PostgresStore {
    fn commit(&self, commit: Commit) -> StoreFuture<'_, Committed> {
        Box::pin(bounded(async move {
            let mut attempts = Attempts::until(DEADLINE);
            loop {
                match self.write(&commit).await {
                    Ok(committed) => return Ok(committed),
                    Err(failure) => attempts.after(failure).await?,
                }
            }
        }))
    }

    fn get(&self, key: Key) -> StoreFuture<'_, Option<Record>> {
        Box::pin(bounded(self.read(key)))
    }

    fn named(&self, name: Name) -> StoreFuture<'_, Option<Record>> {
        Box::pin(bounded(self.read(name)))
    }

    fn list(&self, query: ListQuery) -> StoreFuture<'_, Vec<Record>> {
        Box::pin(bounded(self.read(query)))
    }

    fn search(&self, query: SearchQuery) -> StoreFuture<'_, Found> {
        Box::pin(bounded(self.read(query)))
    }
}

async fn bounded<T>(call: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    tokio::time::timeout(DEADLINE, call).await.unwrap_or_else(|_| {
        let seconds = DEADLINE.as_secs();
        Err(StoreError::Unavailable(format!(
            "PostgreSQL did not answer within {seconds} s; if this was a change, read again to see whether it happened"
        )))
    })
}

#[cfg(test)]
mod tests;
