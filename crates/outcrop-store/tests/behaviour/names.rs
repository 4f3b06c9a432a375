use std::sync::Arc;

use outcrop_store::{Record, Store, StoreError};

use crate::support::{create, delete, key, named, next, replace, scope};

pub(crate) async fn a_unique_name_is_taken_once(store: Arc<dyn Store>) {
    store.commit(create(&named("one", "mine"))).await.unwrap();
    let second = store.commit(create(&named("two", "mine"))).await;
    assert!(matches!(second, Err(StoreError::NameTaken(holder)) if holder == key("one")));
    assert_eq!(store.get(key("two")).await.unwrap(), None);
    store.commit(create(&named("three", "Mine"))).await.unwrap();
    let mut elsewhere = named("one", "mine");
    elsewhere.key.scope = scope("111122223333", "eu-west-1");
    store.commit(create(&elsewhere)).await.unwrap();
}

pub(crate) async fn a_name_is_free_where_it_is_not_unique(store: Arc<dyn Store>) {
    store.commit(create(&named("one", "mine"))).await.unwrap();
    for id in ["two", "three"] {
        store
            .commit(create(&Record {
                unique_name: false,
                ..named(id, "mine")
            }))
            .await
            .unwrap();
    }
    let again = store
        .commit(create(&Record {
            unique_name: false,
            ..named("two", "mine")
        }))
        .await;
    assert!(matches!(again, Err(StoreError::Exists(two)) if two == key("two")));
}

pub(crate) async fn a_replacement_cannot_take_a_name(store: Arc<dyn Store>) {
    let two = named("two", "second");
    store.commit(create(&named("one", "first"))).await.unwrap();
    store.commit(create(&two)).await.unwrap();
    let renamed = Record {
        name: "first".to_owned(),
        ..next(&two)
    };
    let taken = store.commit(replace(&renamed)).await;
    assert!(matches!(taken, Err(StoreError::NameTaken(holder)) if holder == key("one")));
    assert_eq!(store.get(key("two")).await.unwrap().unwrap(), two);
    store.commit(replace(&next(&two))).await.unwrap();
}

pub(crate) async fn a_name_is_free_again_after_its_record(store: Arc<dyn Store>) {
    let one = named("one", "first");
    store.commit(create(&one)).await.unwrap();
    store
        .commit(replace(&Record {
            name: "other".to_owned(),
            ..next(&one)
        }))
        .await
        .unwrap();
    store.commit(create(&named("two", "first"))).await.unwrap();
    store.commit(delete("two", None)).await.unwrap();
    store
        .commit(create(&named("three", "first")))
        .await
        .unwrap();
}

pub(crate) async fn a_taken_key_is_told_before_a_taken_name(store: Arc<dyn Store>) {
    store.commit(create(&named("one", "first"))).await.unwrap();
    store.commit(create(&named("two", "second"))).await.unwrap();
    let both = store.commit(create(&named("two", "first"))).await;
    assert!(matches!(both, Err(StoreError::Exists(two)) if two == key("two")));
}
