use std::sync::Arc;

use outcrop_store::{Committed, Record, Store, StoreError, Write};
use tokio::task::JoinSet;

use crate::support::{all, commit, create, delete, key, named, next, record, replace};

pub(crate) async fn writers_do_not_disturb_each_other(store: Arc<dyn Store>) {
    let mut tasks = JoinSet::new();
    for writer in 0..8 {
        let store = store.clone();
        tasks.spawn(async move {
            for n in 0..25 {
                let made = record(&format!("w{writer}-{n}"), n);
                store.commit(create(&made)).await.unwrap();
                store.commit(replace(&next(&made))).await.unwrap();
                assert_eq!(
                    store.get(made.key.clone()).await.unwrap(),
                    Some(next(&made))
                );
                if n % 5 == 0 {
                    store.commit(delete(&made.key.id, Some(2))).await.unwrap();
                }
            }
        });
    }
    tasks.join_all().await;
    let kept = store.list(all()).await.unwrap();
    assert_eq!(kept.len(), 8 * 20);
    assert!(kept.iter().all(|record| record.revision == 2));
}

pub(crate) async fn of_racing_replacements_one_happens(store: Arc<dyn Store>) {
    let first = record("one", 1);
    store.commit(create(&first)).await.unwrap();
    let mut tasks = JoinSet::new();
    for n in 0..16 {
        let (store, second) = (
            store.clone(),
            Record {
                name: format!("by {n}"),
                ..next(&first)
            },
        );
        tasks.spawn(async move { store.commit(replace(&second)).await });
    }
    let answers = tasks.join_all().await;
    assert_eq!(
        answers
            .iter()
            .filter(|answer| matches!(answer, Ok(Committed::Done)))
            .count(),
        1
    );
    assert_eq!(
        answers
            .iter()
            .filter(|answer| matches!(answer, Err(StoreError::Changed(_))))
            .count(),
        15
    );
}

pub(crate) async fn of_racing_names_one_is_taken(store: Arc<dyn Store>) {
    let mut tasks = JoinSet::new();
    for n in 0..16 {
        let store = store.clone();
        tasks.spawn(async move { store.commit(create(&named(&format!("r{n}"), "name"))).await });
    }
    let answers = tasks.join_all().await;
    let kept = store.list(all()).await.unwrap();
    assert_eq!(kept.len(), 1);
    let holder = &kept[0].key;
    let taken =
        |answer: &&Result<_, _>| matches!(answer, Err(StoreError::NameTaken(key)) if key == holder);
    assert_eq!(answers.iter().filter(taken).count(), 15);
}

/// Each changes what the other has changed already: a deadlock where rows are locked.
pub(crate) async fn crossing_commits_both_end(store: Arc<dyn Store>) {
    let (mut one, mut two) = (record("one", 1), record("two", 1));
    store
        .commit(commit(vec![
            Write::Create(one.clone()),
            Write::Create(two.clone()),
        ]))
        .await
        .unwrap();
    for _ in 0..5 {
        (one, two) = (next(&one), next(&two));
        let forward = commit(vec![
            Write::Replace(one.clone()),
            Write::Replace(two.clone()),
        ]);
        let backward = commit(vec![
            Write::Replace(two.clone()),
            Write::Replace(one.clone()),
        ]);
        let answers: [_; 2] = tokio::join!(store.commit(forward), store.commit(backward)).into();
        assert_eq!(
            answers
                .iter()
                .filter(|answer| matches!(answer, Ok(Committed::Done)))
                .count(),
            1
        );
        assert_eq!(
            answers
                .iter()
                .filter(|answer| matches!(answer, Err(StoreError::Changed(_))))
                .count(),
            1
        );
    }
    assert_eq!(store.get(key("one")).await.unwrap(), Some(one));
}

pub(crate) async fn failures_leave_the_commits_beside_them_alone(store: Arc<dyn Store>) {
    store.commit(create(&record("there", 1))).await.unwrap();
    let mut tasks = JoinSet::new();
    for n in 0..64 {
        let store = store.clone();
        tasks.spawn(async move {
            let second = if n % 2 == 0 {
                record("there", 1)
            } else {
                record(&format!("b{n}"), 1)
            };
            let pair = vec![
                Write::Create(record(&format!("a{n}"), 1)),
                Write::Create(second),
            ];
            (n, store.commit(commit(pair)).await)
        });
    }
    for (n, answer) in tasks.join_all().await {
        assert_eq!(answer.is_ok(), n % 2 == 1, "{n}: {answer:?}");
        assert_eq!(
            store.get(key(&format!("a{n}"))).await.unwrap().is_some(),
            n % 2 == 1,
            "{n}"
        );
    }
    assert_eq!(store.list(all()).await.unwrap().len(), 1 + 2 * 32);
}
