//! Reads.

use deadpool_postgres::Client;
use tokio_postgres::{Row, types::ToSql};

use super::failure::Failure;
use crate::{
    Key, Record, Scope,
    columns::{revision_member, tags_member},
    listing::{Listing, Value},
    statements,
};

pub(super) async fn get(client: &Client, key: &Key) -> Result<Option<Record>, Failure> {
    let Key { scope, kind, id } = key;
    let statement = client.prepare_cached(statements::GET).await?;
    let row = client
        .query_opt(&statement, &[&&*scope.account, &&*scope.region, kind, id])
        .await?;
    row.map(|row| record(&row, kind)).transpose()
}

pub(super) async fn list(
    client: &Client,
    kind: &'static str,
    listing: &Listing,
) -> Result<Vec<Record>, Failure> {
    let values: Vec<&(dyn ToSql + Sync)> = listing.values.iter().map(Value::parameter).collect();
    let statement = client.prepare_cached(&listing.sql).await?;
    let rows = client.query(&statement, &values).await?;
    rows.iter().map(|row| record(row, kind)).collect()
}

fn record(row: &Row, kind: &'static str) -> Result<Record, Failure> {
    let tags = tags_member(row.try_get(9)?)
        .map_err(|error| Failure::Broken(format!("tags of a record: {error}")))?;
    let scope = Scope {
        account: row.try_get::<_, &str>(0)?.into(),
        region: row.try_get::<_, &str>(1)?.into(),
    };
    Ok(Record {
        key: Key {
            scope,
            kind,
            id: row.try_get(2)?,
        },
        parent: row.try_get(3)?,
        name: row.try_get(4)?,
        unique_name: row.try_get(5)?,
        created_at: row.try_get(6)?,
        updated_at: row.try_get(7)?,
        revision: revision_member(row.try_get(8)?),
        tags,
        body: row.try_get(10)?,
    })
}

impl Value {
    fn parameter(&self) -> &(dyn ToSql + Sync) {
        match self {
            Self::Text(text) => text,
            Self::Integer(integer) => integer,
        }
    }
}
