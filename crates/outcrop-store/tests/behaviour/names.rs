use std::sync::Arc;

use outcrop_store::{Name, Record, Store, StoreError};

use crate::support::{KIND, create, delete, home, key, named, next, record, replace, scope};

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

fn name(name: &str) -> Name {
    Name {
        scope: home(),
        kind: KIND,
        name: name.to_owned(),
    }
}

pub(crate) async fn a_name_names_its_record(store: Arc<dyn Store>) {
    let (one, two) = (named("one", "Äpfel 100%"), record("two", 2));
    for record in [&one, &two] {
        store.commit(create(record)).await.unwrap();
    }
    assert_eq!(
        store.named(name("Äpfel 100%")).await.unwrap(),
        Some(one.clone())
    );
    assert_eq!(store.named(name("name of two")).await.unwrap(), Some(two));
    for other in ["äpfel 100%", "Äpfel 100", "pfel", "one", "name of one"] {
        assert_eq!(store.named(name(other)).await.unwrap(), None, "{other}");
    }
    for elsewhere in [
        Name {
            scope: scope("111122223333", "eu-west-1"),
            ..name("Äpfel 100%")
        },
        Name {
            scope: scope("999999999999", "us-east-1"),
            ..name("Äpfel 100%")
        },
        Name {
            kind: "job",
            ..name("Äpfel 100%")
        },
    ] {
        assert_eq!(
            store.named(elsewhere.clone()).await.unwrap(),
            None,
            "{elsewhere:?}"
        );
    }
    let renamed = Record {
        name: "pears".to_owned(),
        ..next(&one)
    };
    store.commit(replace(&renamed)).await.unwrap();
    assert_eq!(store.named(name("Äpfel 100%")).await.unwrap(), None);
    assert_eq!(store.named(name("pears")).await.unwrap(), Some(renamed));
    store.commit(delete("one", None)).await.unwrap();
    assert_eq!(store.named(name("pears")).await.unwrap(), None);
}

pub(crate) async fn of_several_with_a_name_the_newest_is_meant(store: Arc<dyn Store>) {
    for (id, at) in [("b", 1), ("c", 3), ("a", 3), ("d", 2)] {
        let record = Record {
            name: "mine".to_owned(),
            ..record(id, at)
        };
        store.commit(create(&record)).await.unwrap();
    }
    for newest in ["c", "a", "d", "b"] {
        let found = store.named(name("mine")).await.unwrap().unwrap();
        assert_eq!(found.key.id, newest);
        store.commit(delete(newest, None)).await.unwrap();
    }
    assert_eq!(store.named(name("mine")).await.unwrap(), None);
}

/// Records without a name have an empty one.
pub(crate) async fn no_name_names_nothing(store: Arc<dyn Store>) {
    let nameless = Record {
        name: String::new(),
        ..record("one", 1)
    };
    store.commit(create(&nameless)).await.unwrap();
    assert_eq!(store.named(name("")).await.unwrap(), None);
}
