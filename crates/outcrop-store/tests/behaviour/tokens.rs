use std::sync::Arc;

use outcrop_store::{Committed, Store, StoreError};
use tokio::task::JoinSet;

use crate::support::{all, create, delete, key, record, scope, with_token};

const DAY: i64 = 24 * 60 * 60 * 1_000_000_000;

pub(crate) async fn the_same_request_happens_once(store: Arc<dyn Store>) {
    let first = store
        .commit(with_token(&record("one", 1), "token", 7, 1))
        .await
        .unwrap();
    assert_eq!(first, Committed::Done);
    for id in ["one", "two"] {
        let again = store
            .commit(with_token(&record(id, 2), "token", 7, 2))
            .await
            .unwrap();
        assert_eq!(again, Committed::Before(key("one")));
    }
    assert_eq!(store.list(all()).await.unwrap(), [record("one", 1)]);
}

pub(crate) async fn another_request_is_refused(store: Arc<dyn Store>) {
    store
        .commit(with_token(&record("one", 1), "token", 7, 1))
        .await
        .unwrap();
    let other = store
        .commit(with_token(&record("two", 2), "token", 8, 2))
        .await;
    assert!(matches!(other, Err(StoreError::TokenReused)));
    assert_eq!(store.get(key("two")).await.unwrap(), None);
}

pub(crate) async fn a_failed_request_leaves_no_token(store: Arc<dyn Store>) {
    store.commit(create(&record("one", 1))).await.unwrap();
    let failed = store
        .commit(with_token(&record("one", 2), "token", 7, 2))
        .await;
    assert!(matches!(failed, Err(StoreError::Exists(_))));
    let other = store
        .commit(with_token(&record("two", 3), "token", 8, 3))
        .await
        .unwrap();
    assert_eq!(other, Committed::Done);
}

pub(crate) async fn tokens_are_of_one_scope_and_operation(store: Arc<dyn Store>) {
    let mut elsewhere = record("two", 1);
    elsewhere.key.scope = scope("111122223333", "eu-west-1");
    let mut operation = with_token(&record("three", 1), "token", 9, 1);
    operation.token.as_mut().unwrap().key.kind = "CreateGuardrailVersion";
    for commit in [
        with_token(&record("one", 1), "token", 7, 1),
        with_token(&elsewhere, "token", 8, 1),
        operation,
    ] {
        assert_eq!(store.commit(commit).await.unwrap(), Committed::Done);
    }
}

pub(crate) async fn the_answer_outlives_the_record(store: Arc<dyn Store>) {
    store
        .commit(with_token(&record("one", 1), "token", 7, 1))
        .await
        .unwrap();
    store.commit(delete("one", None)).await.unwrap();
    let again = store
        .commit(with_token(&record("two", 2), "token", 7, 2))
        .await
        .unwrap();
    assert_eq!(again, Committed::Before(key("one")));
}

pub(crate) async fn old_tokens_go(store: Arc<dyn Store>) {
    store
        .commit(with_token(&record("old", 1), "old", 7, 1))
        .await
        .unwrap();
    store
        .commit(with_token(&record("young", 2), "young", 7, DAY))
        .await
        .unwrap();
    store
        .commit(with_token(&record("now", 3), "now", 7, DAY + 2))
        .await
        .unwrap();
    let young = store
        .commit(with_token(&record("again", 4), "young", 7, DAY + 3))
        .await
        .unwrap();
    assert_eq!(young, Committed::Before(key("young")));
    let old = store
        .commit(with_token(&record("again", 4), "old", 7, DAY + 3))
        .await
        .unwrap();
    assert_eq!(old, Committed::Done);
}

pub(crate) async fn of_racing_requests_one_happens(store: Arc<dyn Store>) {
    let mut tasks = JoinSet::new();
    for task in 0..32 {
        let store = store.clone();
        tasks.spawn(async move {
            store
                .commit(with_token(&record(&format!("r{task}"), 1), "token", 7, 1))
                .await
        });
    }
    let answers: Vec<_> = tasks
        .join_all()
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let records = store.list(all()).await.unwrap();
    assert_eq!(records.len(), 1);
    let before = Committed::Before(records[0].key.clone());
    assert_eq!(
        answers
            .iter()
            .filter(|answer| **answer == Committed::Done)
            .count(),
        1
    );
    assert_eq!(
        answers.iter().filter(|answer| **answer == before).count(),
        31
    );
}

pub(crate) async fn of_different_racing_requests_one_happens(store: Arc<dyn Store>) {
    let mut tasks = JoinSet::new();
    for task in 0..16 {
        let store = store.clone();
        tasks.spawn(async move {
            store
                .commit(with_token(
                    &record(&format!("r{task}"), 1),
                    "token",
                    task,
                    1,
                ))
                .await
        });
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
            .filter(|answer| matches!(answer, Err(StoreError::TokenReused)))
            .count(),
        15
    );
    assert_eq!(store.list(all()).await.unwrap().len(), 1);
}
