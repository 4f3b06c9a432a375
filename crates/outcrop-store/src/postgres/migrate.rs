//! Brings a database to the newest schema.

use deadpool_postgres::Pool;

use super::{connect::Connection, failure::Failure};
use crate::migration::{Migration, pending};

const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        sql: include_str!("migrations/0001_records.sql"),
    },
    Migration {
        number: 2,
        sql: include_str!("migrations/0002_lookups.sql"),
    },
];

/// Held until the transaction ends, so that of several servers that start at once one makes the schema. The number
/// says "outcrop" in ASCII.
const LOCK: &str =
    "set local statement_timeout = '60s'; select pg_advisory_xact_lock(31372865159982960)";

const VERSION_TABLE: &str =
    "create table if not exists schema_version (version bigint primary key)";

pub(super) async fn migrate(pool: &Pool) -> Result<(), Failure> {
    let mut connection = Connection::of(pool).await?;
    let transaction = connection.client_mut()?.transaction().await?;
    transaction.batch_execute(LOCK).await?;
    transaction.batch_execute(VERSION_TABLE).await?;
    let row = transaction
        .query_one("select coalesce(max(version), 0) from schema_version", &[])
        .await?;
    for step in pending(MIGRATIONS, row.try_get(0)?)? {
        transaction.batch_execute(step.sql).await?;
        transaction
            .execute(
                "insert into schema_version (version) values ($1)",
                &[&step.number],
            )
            .await?;
    }
    transaction.commit().await?;
    connection.give_back();
    Ok(())
}
