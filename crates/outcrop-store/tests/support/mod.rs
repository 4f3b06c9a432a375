//! Records to keep, and databases to keep them in.
#![allow(dead_code, reason = "every test target uses a part")]

pub(crate) mod postgres;

use std::collections::BTreeMap;

use outcrop_store::{Commit, Key, ListQuery, Record, RequestToken, Scope, Write};

pub(crate) const KIND: &str = "guardrail";

pub(crate) fn scope(account: &str, region: &str) -> Scope {
    Scope {
        account: account.into(),
        region: region.into(),
    }
}

pub(crate) fn home() -> Scope {
    scope("111122223333", "us-east-1")
}

pub(crate) fn key(id: &str) -> Key {
    Key {
        scope: home(),
        kind: KIND,
        id: id.to_owned(),
    }
}

pub(crate) fn record(id: &str, created_at: i64) -> Record {
    Record {
        key: key(id),
        parent: None,
        name: format!("name of {id}"),
        unique_name: false,
        created_at,
        updated_at: created_at,
        revision: 1,
        tags: BTreeMap::from([("stage".to_owned(), "test".to_owned())]),
        body: format!(r#"{{"id":"{id}"}}"#),
    }
}

pub(crate) fn named(id: &str, name: &str) -> Record {
    Record {
        name: name.to_owned(),
        unique_name: true,
        ..record(id, 1)
    }
}

/// The record's next revision.
pub(crate) fn next(record: &Record) -> Record {
    Record {
        revision: record.revision + 1,
        ..record.clone()
    }
}

pub(crate) fn commit(writes: Vec<Write>) -> Commit {
    Commit {
        writes,
        token: None,
    }
}

pub(crate) fn create(record: &Record) -> Commit {
    commit(vec![Write::Create(record.clone())])
}

pub(crate) fn replace(record: &Record) -> Commit {
    commit(vec![Write::Replace(record.clone())])
}

pub(crate) fn delete(id: &str, revision: Option<u64>) -> Commit {
    commit(vec![Write::Delete {
        key: key(id),
        revision,
    }])
}

/// A creation that carries a token.
pub(crate) fn with_token(record: &Record, token: &str, fingerprint: u8, at: i64) -> Commit {
    let key = Key {
        kind: "CreateGuardrail",
        id: token.to_owned(),
        ..record.key.clone()
    };
    let token = RequestToken {
        key,
        fingerprint: [fingerprint; 16],
        made: record.key.clone(),
        at,
    };
    Commit {
        token: Some(token),
        ..create(record)
    }
}

/// All of a kind at home, oldest first.
pub(crate) fn all() -> ListQuery {
    ListQuery {
        scope: Some(home()),
        ..ListQuery::oldest(KIND, 1000)
    }
}
