//! Where resources are kept.
//!
//! A [`Store`] keeps [`Record`]s: what every resource has (whose it is, its id and name, when it came and changed)
//! as members, and what only its own kind has as a JSON document that the store does not look into. A [`Commit`] is
//! all that one request changes; it happens whole or not at all, and what was acknowledged is there after a crash.

mod commit;
mod error;
mod query;
mod record;
mod store;

pub use commit::{Commit, Committed, RequestToken, Write};
pub use error::StoreError;
pub use query::{After, ListQuery, SortOrder};
pub use record::{Key, Record, Scope};
pub use store::{Store, StoreFuture};
