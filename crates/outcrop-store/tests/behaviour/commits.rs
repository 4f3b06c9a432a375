use std::sync::Arc;

use outcrop_store::{Commit, Committed, Store, StoreError, Write};

use crate::support::{all, commit, create, key, named, next, record};

pub(crate) async fn a_commit_happens_whole(store: Arc<dyn Store>) {
    store.commit(create(&record("gone", 1))).await.unwrap();
    let kept = record("kept", 2);
    store.commit(create(&kept)).await.unwrap();
    let writes = vec![
        Write::Create(record("new", 3)),
        Write::Replace(next(&kept)),
        Write::Delete {
            key: key("gone"),
            revision: Some(1),
        },
    ];
    assert_eq!(store.commit(commit(writes)).await.unwrap(), Committed::Done);
    assert_eq!(
        store.list(all()).await.unwrap(),
        [next(&kept), record("new", 3)]
    );
}

pub(crate) async fn a_failing_write_takes_the_others_with_it(store: Arc<dyn Store>) {
    let there = named("there", "name");
    store.commit(create(&there)).await.unwrap();
    let failing = [
        Write::Create(there.clone()),
        Write::Create(named("other", "name")),
        Write::Replace(there.clone()),
        Write::Replace(next(&record("none", 1))),
        Write::Delete {
            key: key("none"),
            revision: None,
        },
        Write::Delete {
            key: key("there"),
            revision: Some(9),
        },
    ];
    for write in failing {
        let first = vec![
            Write::Create(record("first", 1)),
            Write::Replace(next(&there)),
        ];
        let writes = first.into_iter().chain([write.clone()]).collect();
        let refused = store.commit(commit(writes)).await;
        assert!(
            !matches!(refused, Ok(_) | Err(StoreError::Unavailable(_))),
            "{write:?}: {refused:?}"
        );
        assert_eq!(
            store.list(all()).await.unwrap(),
            [there.clone()],
            "{write:?}"
        );
    }
}

pub(crate) async fn writes_happen_in_order(store: Arc<dyn Store>) {
    let one = named("one", "name");
    let writes = vec![
        Write::Create(one.clone()),
        Write::Replace(next(&one)),
        Write::Delete {
            key: key("one"),
            revision: Some(2),
        },
        Write::Create(named("two", "name")),
    ];
    store.commit(commit(writes)).await.unwrap();
    assert_eq!(store.list(all()).await.unwrap(), [named("two", "name")]);
}

pub(crate) async fn an_empty_commit_does_nothing(store: Arc<dyn Store>) {
    assert_eq!(
        store.commit(Commit::default()).await.unwrap(),
        Committed::Done
    );
    assert!(store.list(all()).await.unwrap().is_empty());
}
