use std::{collections::BTreeMap, sync::Arc};

use outcrop_store::{Committed, Key, Record, Store, StoreError};

use crate::support::{create, delete, key, next, record, replace, scope};

pub(crate) async fn a_record_comes_back_as_it_went(store: Arc<dyn Store>) {
    let record = Record {
        parent: Some("parent".to_owned()),
        unique_name: true,
        created_at: i64::MIN,
        updated_at: i64::MAX,
        tags: BTreeMap::from([
            ("a".to_owned(), String::new()),
            ("\"ü".to_owned(), "\\".to_owned()),
        ]),
        ..record("one", 1)
    };
    assert_eq!(
        store.commit(create(&record)).await.unwrap(),
        Committed::Done
    );
    assert_eq!(store.get(record.key.clone()).await.unwrap(), Some(record));
}

pub(crate) async fn nothing_is_where_nothing_was_put(store: Arc<dyn Store>) {
    assert_eq!(store.get(key("none")).await.unwrap(), None);
    assert!(
        matches!(store.commit(delete("none", None)).await, Err(StoreError::NotFound(none)) if none == key("none"))
    );
    let missing = replace(&next(&record("none", 1)));
    assert!(
        matches!(store.commit(missing).await, Err(StoreError::NotFound(none)) if none == key("none"))
    );
}

pub(crate) async fn a_key_is_taken_once(store: Arc<dyn Store>) {
    store.commit(create(&record("one", 1))).await.unwrap();
    let again = store.commit(create(&record("one", 2))).await;
    assert!(matches!(again, Err(StoreError::Exists(one)) if one == key("one")));
    assert_eq!(store.get(key("one")).await.unwrap().unwrap().created_at, 1);
}

pub(crate) async fn a_replacement_replaces_all_members(store: Arc<dyn Store>) {
    let first = record("one", 1);
    store.commit(create(&first)).await.unwrap();
    let second = Record {
        parent: Some("new".to_owned()),
        name: "new".to_owned(),
        unique_name: true,
        created_at: 5,
        updated_at: 6,
        tags: BTreeMap::new(),
        body: "{}".to_owned(),
        ..next(&first)
    };
    assert_eq!(
        store.commit(replace(&second)).await.unwrap(),
        Committed::Done
    );
    assert_eq!(store.get(key("one")).await.unwrap(), Some(second));
}

pub(crate) async fn a_replacement_needs_the_revision_before(store: Arc<dyn Store>) {
    let first = record("one", 1);
    store.commit(create(&first)).await.unwrap();
    store.commit(replace(&next(&first))).await.unwrap();
    for revision in [0, 1, 2, 4, u64::MAX] {
        let stale = store
            .commit(replace(&Record {
                revision,
                ..first.clone()
            }))
            .await;
        assert!(
            matches!(stale, Err(StoreError::Changed(one)) if one == key("one")),
            "{revision}"
        );
    }
    assert_eq!(store.get(key("one")).await.unwrap().unwrap().revision, 2);
}

pub(crate) async fn a_deleted_record_is_gone(store: Arc<dyn Store>) {
    store.commit(create(&record("one", 1))).await.unwrap();
    store.commit(delete("one", None)).await.unwrap();
    assert_eq!(store.get(key("one")).await.unwrap(), None);
    assert!(matches!(
        store.commit(delete("one", None)).await,
        Err(StoreError::NotFound(_))
    ));
    store.commit(create(&record("one", 2))).await.unwrap();
}

pub(crate) async fn a_delete_can_need_a_revision(store: Arc<dyn Store>) {
    store.commit(create(&record("one", 1))).await.unwrap();
    assert!(matches!(
        store.commit(delete("one", Some(2))).await,
        Err(StoreError::Changed(_))
    ));
    assert!(store.get(key("one")).await.unwrap().is_some());
    store.commit(delete("one", Some(1))).await.unwrap();
    assert_eq!(store.get(key("one")).await.unwrap(), None);
}

pub(crate) async fn scopes_and_kinds_are_kept_apart(store: Arc<dyn Store>) {
    let home = record("one", 1);
    let mut others = Vec::new();
    for (account, region, kind) in [
        ("999999999999", "us-east-1", "guardrail"),
        ("111122223333", "eu-west-1", "guardrail"),
        ("111122223333", "us-east-1", "prompt"),
    ] {
        let key = Key {
            scope: scope(account, region),
            kind,
            id: "one".to_owned(),
        };
        others.push(Record {
            key,
            name: format!("{account} {region} {kind}"),
            ..home.clone()
        });
    }
    for record in others.iter().chain([&home]) {
        store.commit(create(record)).await.unwrap();
    }
    store.commit(delete("one", None)).await.unwrap();
    for record in others {
        assert_eq!(store.get(record.key.clone()).await.unwrap(), Some(record));
    }
}

pub(crate) async fn unicode_is_kept(store: Arc<dyn Store>) {
    let record = Record {
        name: "Straße 🦀 \u{202e}名前 e\u{301}".to_owned(),
        body: r#"{"text":"\u0000 🦀 \ud83e"}"#.to_owned(),
        ..record("ïd-🦀", 1)
    };
    store.commit(create(&record)).await.unwrap();
    assert_eq!(store.get(record.key.clone()).await.unwrap(), Some(record));
}

pub(crate) async fn a_megabyte_is_kept(store: Arc<dyn Store>) {
    let record = Record {
        body: format!("\"{}\"", "ä".repeat(512 * 1024)),
        ..record("large", 1)
    };
    store.commit(create(&record)).await.unwrap();
    assert_eq!(store.get(record.key.clone()).await.unwrap(), Some(record));
}
