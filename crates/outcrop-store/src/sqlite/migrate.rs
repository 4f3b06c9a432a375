//! Brings a file to the newest schema. Its version is the file's `user_version`.

use rusqlite::{Connection, TransactionBehavior};

use crate::{
    StoreError,
    migration::{Migration, pending},
};

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

/// Takes the lock first, so that of several processes that open a new file one makes the schema.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for step in pending(MIGRATIONS, version)? {
        transaction.execute_batch(step.sql)?;
        transaction.pragma_update(None, "user_version", step.number)?;
    }
    transaction.commit()?;
    Ok(())
}
