//! Does what a commit says, inside the transaction that it is given.

use rusqlite::{Connection, OptionalExtension, Params, params};

use crate::{
    Commit, Committed, Key, Record, RequestToken, Scope, StoreError, Write,
    columns::{revision_column, tags_column},
    fold::folded,
    statements,
    token::{LIFE, answered},
};

/// Tokens that have had their time, a few with each new one: more leave than come.
const DROP_TOKENS: &str = "delete from request_token where (account, region, kind, id) in \
     (select account, region, kind, id from request_token where at < $1 order by at limit 8)";

/// Makes the changes of one request. After an error the caller has to roll back.
pub(super) fn apply(connection: &Connection, commit: &Commit) -> Result<Committed, StoreError> {
    if let Some(token) = &commit.token {
        if let Some((fingerprint, made)) = earlier(connection, &token.key)? {
            return answered(token, &fingerprint, made);
        }
        keep(connection, token)?;
    }
    for write in &commit.writes {
        match write {
            Write::Create(record) => create(connection, record)?,
            Write::Replace(record) => replace(connection, record)?,
            Write::Delete { key, revision } => delete(connection, key, *revision)?,
        }
    }
    Ok(Committed::Done)
}

fn create(connection: &Connection, record: &Record) -> Result<(), StoreError> {
    let Key { scope, kind, id } = &record.key;
    let values = params![
        scope.account,
        scope.region,
        kind,
        id,
        record.parent,
        record.name,
        folded(&record.name),
        record.unique_name,
        record.created_at,
        record.updated_at,
        1,
        tags_column(&record.tags)?,
        record.body,
    ];
    if execute(connection, statements::CREATE, values)? == 1 {
        return Ok(());
    }
    match named(connection, record)? {
        Some(other) if revision(connection, &record.key)?.is_none() => {
            Err(StoreError::NameTaken(other))
        }
        _ => Err(StoreError::Exists(record.key.clone())),
    }
}

fn replace(connection: &Connection, record: &Record) -> Result<(), StoreError> {
    let Key { scope, kind, id } = &record.key;
    let values = params![
        record.parent,
        record.name,
        folded(&record.name),
        record.unique_name,
        record.created_at,
        record.updated_at,
        revision_column(record.revision),
        tags_column(&record.tags)?,
        record.body,
        scope.account,
        scope.region,
        kind,
        id,
    ];
    match execute(connection, statements::REPLACE, values) {
        Ok(1) => Ok(()),
        Ok(_) => Err(missed(connection, &record.key)?),
        Err(error)
            if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) =>
        {
            Err(named(connection, record)?.map_or_else(|| error.into(), StoreError::NameTaken))
        }
        Err(error) => Err(error.into()),
    }
}

fn delete(connection: &Connection, key: &Key, revision: Option<u64>) -> Result<(), StoreError> {
    let Key { scope, kind, id } = key;
    let deleted = match revision.map(revision_column) {
        None => execute(
            connection,
            statements::DELETE,
            params![scope.account, scope.region, kind, id],
        ),
        Some(revision) => execute(
            connection,
            statements::DELETE_REVISION,
            params![scope.account, scope.region, kind, id, revision],
        ),
    };
    if deleted? == 1 {
        Ok(())
    } else {
        Err(missed(connection, key)?)
    }
}

/// Why no row had the key and the revision.
fn missed(connection: &Connection, key: &Key) -> rusqlite::Result<StoreError> {
    Ok(match revision(connection, key)? {
        Some(_) => StoreError::Changed(key.clone()),
        None => StoreError::NotFound(key.clone()),
    })
}

fn revision(connection: &Connection, key: &Key) -> rusqlite::Result<Option<i64>> {
    let Key { scope, kind, id } = key;
    let mut statement = connection.prepare_cached(statements::REVISION)?;
    statement
        .query_row(params![scope.account, scope.region, kind, id], |row| {
            row.get(0)
        })
        .optional()
}

/// Who has the name that the record has to have for itself.
fn named(connection: &Connection, record: &Record) -> rusqlite::Result<Option<Key>> {
    let Key { scope, kind, .. } = &record.key;
    let mut statement = connection.prepare_cached(statements::NAMED)?;
    let id = statement
        .query_row(
            params![scope.account, scope.region, kind, record.name],
            |row| row.get(0),
        )
        .optional()?;
    Ok(id.filter(|_| record.unique_name).map(|id| Key {
        scope: scope.clone(),
        kind,
        id,
    }))
}

/// The fingerprint of the request that came with the token before, and what it made.
fn earlier(
    connection: &Connection,
    token: &Key,
) -> rusqlite::Result<Option<(Vec<u8>, MadeColumns)>> {
    let Key { scope, kind, id } = token;
    let mut statement = connection.prepare_cached(statements::TOKEN)?;
    statement
        .query_row(params![scope.account, scope.region, kind, id], |row| {
            let scope = Scope {
                account: row.get(1)?,
                region: row.get(2)?,
            };
            Ok((row.get(0)?, (scope, row.get(3)?, row.get(4)?)))
        })
        .optional()
}

type MadeColumns = (Scope, String, String);

fn keep(connection: &Connection, token: &RequestToken) -> rusqlite::Result<()> {
    execute(connection, DROP_TOKENS, [token.at.saturating_sub(LIFE)])?;
    let (Key { scope, kind, id }, made) = (&token.key, &token.made);
    let values = params![
        scope.account,
        scope.region,
        kind,
        id,
        token.fingerprint,
        made.scope.account,
        made.scope.region,
        made.kind,
        made.id,
        token.at,
    ];
    execute(connection, statements::KEEP_TOKEN, values).map(drop)
}

fn execute(connection: &Connection, sql: &str, values: impl Params) -> rusqlite::Result<usize> {
    connection.prepare_cached(sql)?.execute(values)
}
