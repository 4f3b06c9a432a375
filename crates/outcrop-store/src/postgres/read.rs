//! Reads.

use deadpool_postgres::Client;
use tokio_postgres::{Row, types::ToSql};

use super::failure::Failure;
use crate::{
    After, Found, Key, ListQuery, Name, Record, Scope, SearchQuery,
    columns::{revision_member, tags_member},
    listing::{Listing, Value},
    statements,
};

/// What a store is asked.
pub(super) trait Question: Send + Sync {
    type Answer: Send;

    /// Asks it on a connection.
    fn ask(&self, client: &Client) -> impl Future<Output = Result<Self::Answer, Failure>> + Send;
}

impl Question for Key {
    type Answer = Option<Record>;

    async fn ask(&self, client: &Client) -> Result<Self::Answer, Failure> {
        let Self { scope, kind, id } = self;
        one(client, statements::GET, (scope, kind, id)).await
    }
}

impl Question for Name {
    type Answer = Option<Record>;

    async fn ask(&self, client: &Client) -> Result<Self::Answer, Failure> {
        let Self { scope, kind, name } = self;
        one(client, statements::NEWEST_NAMED, (scope, kind, name)).await
    }
}

impl Question for ListQuery {
    type Answer = Vec<Record>;

    async fn ask(&self, client: &Client) -> Result<Self::Answer, Failure> {
        records(client, self.kind, &Listing::page(self)).await
    }
}

impl Question for SearchQuery {
    type Answer = Found;

    /// The two statements see two moments; what was created between them is found by the next search.
    async fn ask(&self, client: &Client) -> Result<Self::Answer, Failure> {
        let last = rows(client, &Listing::last_looked_at(self)).await?;
        let last = last.first().map(place).transpose()?;
        let listing = Listing::search(self, last.clone(), "strpos");
        let records = records(client, self.among.kind, &listing).await?;
        Ok(Found::new(records, self, last))
    }
}

/// The record that a statement finds by scope, kind, and an id or name.
async fn one(
    client: &Client,
    sql: &str,
    (scope, kind, called): (&Scope, &'static str, &str),
) -> Result<Option<Record>, Failure> {
    let statement = client.prepare_cached(sql).await?;
    let row = client
        .query_opt(
            &statement,
            &[&&*scope.account, &&*scope.region, &kind, &called],
        )
        .await?;
    row.map(|row| record(&row, kind)).transpose()
}

async fn records(
    client: &Client,
    kind: &'static str,
    listing: &Listing,
) -> Result<Vec<Record>, Failure> {
    let rows = rows(client, listing).await?;
    rows.iter().map(|row| record(row, kind)).collect()
}

async fn rows(client: &Client, listing: &Listing) -> Result<Vec<Row>, Failure> {
    let values: Vec<&(dyn ToSql + Sync)> = listing.values.iter().map(Value::parameter).collect();
    let statement = client.prepare_cached(&listing.sql).await?;
    Ok(client.query(&statement, &values).await?)
}

fn place(row: &Row) -> Result<After, Failure> {
    Ok(After {
        created_at: row.try_get(0)?,
        id: row.try_get(1)?,
    })
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
