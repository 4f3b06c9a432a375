//! Does what a commit says, as one transaction.
//!
//! It runs at `READ COMMITTED`: each statement decides by itself whether the row is as expected, and waits for
//! whoever is changing the same row, name or token.

use deadpool_postgres::{Client, Transaction};
use tokio_postgres::{Row, error::SqlState, types::ToSql};

use super::failure::Failure;
use crate::{
    Commit, Committed, Key, Record, RequestToken, Scope, StoreError, Write,
    columns::{revision_column, tags_column},
    fold::folded,
    statements,
    token::{LIFE, answered},
};

/// Tokens that have had their time, a few with each new one: more leave than come. Servers that do so at once leave
/// each other's alone.
const DROP_TOKENS: &str = "delete from request_token where (account, region, kind, id) in \
     (select account, region, kind, id from request_token where at < $1 order by at limit 8 for update skip locked)";

type Values<'a> = [&'a (dyn ToSql + Sync)];

/// Makes the changes of one request, all or none.
pub(super) async fn apply(client: &mut Client, commit: &Commit) -> Result<Committed, Failure> {
    let transaction = client.transaction().await?;
    let result = changes(&transaction, commit).await;
    match result {
        Ok(Committed::Done) => {
            transaction
                .commit()
                .await
                .map_err(|error| Failure::of_commit(&error))?;
            Ok(Committed::Done)
        }
        Ok(before) => {
            transaction.rollback().await?;
            Ok(before)
        }
        Err(Failure::NameTaken(record)) => {
            transaction.rollback().await?;
            Err(named(client, &record).await?)
        }
        Err(failure) => {
            // Where the connection is lost, that is what `failure` says already.
            let _ = transaction.rollback().await;
            Err(failure)
        }
    }
}

async fn changes(transaction: &Transaction<'_>, commit: &Commit) -> Result<Committed, Failure> {
    if let Some(token) = &commit.token
        && let Some(before) = keep(transaction, token).await?
    {
        return Ok(before);
    }
    for write in &commit.writes {
        match write {
            Write::Create(record) => create(transaction, record).await?,
            Write::Replace(record) => replace(transaction, record).await?,
            Write::Delete { key, revision } => delete(transaction, key, *revision).await?,
        }
    }
    Ok(Committed::Done)
}

async fn create(transaction: &Transaction<'_>, record: &Record) -> Result<(), Failure> {
    let Key { scope, kind, id } = &record.key;
    let (folded, tags) = (folded(&record.name), tags_column(&record.tags)?);
    let values: &Values<'_> = &[
        &&*scope.account,
        &&*scope.region,
        kind,
        id,
        &record.parent,
        &record.name,
        &folded,
        &record.unique_name,
        &record.created_at,
        &record.updated_at,
        &1_i64,
        &tags,
        &record.body,
    ];
    if execute(transaction, statements::CREATE, values).await? == 1 {
        return Ok(());
    }
    if revision(transaction, &record.key).await?.is_some() {
        return Err(StoreError::Exists(record.key.clone()).into());
    }
    // In the way was a name, or something that is gone by now.
    Err(Failure::NameTaken(Box::new(record.clone())))
}

async fn replace(transaction: &Transaction<'_>, record: &Record) -> Result<(), Failure> {
    let Key { scope, kind, id } = &record.key;
    let (folded, tags) = (folded(&record.name), tags_column(&record.tags)?);
    let values: &Values<'_> = &[
        &record.parent,
        &record.name,
        &folded,
        &record.unique_name,
        &record.created_at,
        &record.updated_at,
        &revision_column(record.revision),
        &tags,
        &record.body,
        &&*scope.account,
        &&*scope.region,
        kind,
        id,
    ];
    match execute(transaction, statements::REPLACE, values).await {
        Ok(1) => Ok(()),
        Ok(_) => Err(missed(transaction, &record.key).await?),
        Err(error) if error.code() == Some(&SqlState::UNIQUE_VIOLATION) => {
            Err(Failure::NameTaken(Box::new(record.clone())))
        }
        Err(error) => Err(error.into()),
    }
}

async fn delete(
    transaction: &Transaction<'_>,
    key: &Key,
    revision: Option<u64>,
) -> Result<(), Failure> {
    let Key { scope, kind, id } = key;
    let deleted = match revision.map(revision_column) {
        None => {
            let values: &Values<'_> = &[&&*scope.account, &&*scope.region, kind, id];
            execute(transaction, statements::DELETE, values).await?
        }
        Some(revision) => {
            let values: &Values<'_> = &[&&*scope.account, &&*scope.region, kind, id, &revision];
            execute(transaction, statements::DELETE_REVISION, values).await?
        }
    };
    if deleted == 1 {
        Ok(())
    } else {
        Err(missed(transaction, key).await?)
    }
}

/// Why no row had the key and the revision.
async fn missed(transaction: &Transaction<'_>, key: &Key) -> Result<Failure, Failure> {
    Ok(Failure::Refused(match revision(transaction, key).await? {
        Some(_) => StoreError::Changed(key.clone()),
        None => StoreError::NotFound(key.clone()),
    }))
}

async fn revision(
    transaction: &Transaction<'_>,
    key: &Key,
) -> Result<Option<Row>, tokio_postgres::Error> {
    let Key { scope, kind, id } = key;
    let statement = transaction.prepare_cached(statements::REVISION).await?;
    transaction
        .query_opt(&statement, &[&&*scope.account, &&*scope.region, kind, id])
        .await
}

/// Who has the name. Nobody any more if that one was deleted or renamed meanwhile: then the way is free.
async fn named(client: &Client, record: &Record) -> Result<Failure, Failure> {
    let Key { scope, kind, .. } = &record.key;
    let statement = client.prepare_cached(statements::NAMED).await?;
    let row = client
        .query_opt(
            &statement,
            &[&&*scope.account, &&*scope.region, kind, &record.name],
        )
        .await?;
    let Some(row) = row.filter(|_| record.unique_name) else {
        return Ok(Failure::Raced(format!(
            "the {kind} that was in the way is gone"
        )));
    };
    let id = row.try_get(0)?;
    Ok(StoreError::NameTaken(Key {
        scope: scope.clone(),
        kind,
        id,
    })
    .into())
}

/// Keeps a new token. For one that is there: how that request ended. Of requests that come at once with the same
/// token, all but one wait here until that one has ended.
async fn keep(
    transaction: &Transaction<'_>,
    token: &RequestToken,
) -> Result<Option<Committed>, Failure> {
    let (Key { scope, kind, id }, made) = (&token.key, &token.made);
    let fingerprint = token.fingerprint.as_slice();
    let values: &Values<'_> = &[
        &&*scope.account,
        &&*scope.region,
        kind,
        id,
        &fingerprint,
        &&*made.scope.account,
        &&*made.scope.region,
        &made.kind,
        &made.id,
        &token.at,
    ];
    if execute(transaction, statements::KEEP_TOKEN, values).await? == 1 {
        execute(transaction, DROP_TOKENS, &[&token.at.saturating_sub(LIFE)]).await?;
        return Ok(None);
    }
    let statement = transaction.prepare_cached(statements::TOKEN).await?;
    let row = transaction
        .query_opt(&statement, &[&&*scope.account, &&*scope.region, kind, id])
        .await?;
    let row = row.ok_or_else(|| Failure::Raced("the token that was there is gone".to_owned()))?;
    let made_scope = Scope {
        account: text(&row, 1)?,
        region: text(&row, 2)?,
    };
    Ok(Some(answered(
        token,
        row.try_get(0)?,
        (made_scope, row.try_get(3)?, row.try_get(4)?),
    )?))
}

fn text(row: &Row, column: usize) -> Result<std::sync::Arc<str>, tokio_postgres::Error> {
    row.try_get::<_, &str>(column).map(Into::into)
}

async fn execute(
    transaction: &Transaction<'_>,
    sql: &str,
    values: &Values<'_>,
) -> Result<u64, tokio_postgres::Error> {
    let statement = transaction.prepare_cached(sql).await?;
    transaction.execute(&statement, values).await
}
