//! Where resources are kept.
//!
//! A [`Store`] keeps [`Record`]s: what every resource has (whose it is, its id and name, when it came and changed)
//! as members, and what only its own kind has as a JSON document that the store does not look into. A [`Commit`] is
//! all that one request changes; it happens whole or not at all, and what was acknowledged is there after a crash.
//!
//! [`SqliteStore`] keeps them in one file, or in memory; [`PostgresStore`] in a database that several servers share.

mod columns;
mod commit;
mod error;
mod fold;
mod listing;
mod migration;
mod postgres;
mod query;
mod record;
mod sqlite;
mod statements;
mod store;
mod token;

pub use commit::{Commit, Committed, RequestToken, Write};
pub use error::StoreError;
pub use postgres::PostgresStore;
pub use query::{After, Found, ListQuery, Name, SearchQuery, SortOrder};
pub use record::{Key, Record, Scope};
pub use sqlite::SqliteStore;
pub use store::{Store, StoreFuture};
