//! Records that say something by being there.

use std::collections::BTreeMap;

use outcrop_store::{Key, Record};

/// A new record with nothing in it.
pub(crate) fn blank(key: Key, at: i64) -> Record {
    Record {
        key,
        parent: None,
        name: String::new(),
        unique_name: false,
        created_at: at,
        updated_at: at,
        revision: 1,
        tags: BTreeMap::new(),
        body: "{}".to_owned(),
    }
}
