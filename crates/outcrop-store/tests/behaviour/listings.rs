use std::sync::Arc;

use outcrop_store::{After, ListQuery, Record, SortOrder, Store};

use crate::support::{all, create, delete, record, scope};

async fn keep(store: &Arc<dyn Store>, records: &[Record]) {
    for record in records {
        store.commit(create(record)).await.unwrap();
    }
}

async fn ids(store: &Arc<dyn Store>, query: ListQuery) -> Vec<String> {
    store
        .list(query)
        .await
        .unwrap()
        .into_iter()
        .map(|record| record.key.id)
        .collect()
}

fn after(id: &str, created_at: i64) -> Option<After> {
    Some(After {
        created_at,
        id: id.to_owned(),
    })
}

async fn pages(store: &Arc<dyn Store>, query: ListQuery) -> Vec<String> {
    let (mut found, mut from) = (Vec::new(), None);
    loop {
        let page = store
            .list(ListQuery {
                after: from,
                ..query.clone()
            })
            .await
            .unwrap();
        assert!(page.len() <= query.limit);
        let Some(last) = page.last() else {
            return found;
        };
        from = after(&last.key.id, last.created_at);
        found.extend(page.into_iter().map(|record| record.key.id));
    }
}

pub(crate) async fn both_orders_page_through_everything(store: Arc<dyn Store>) {
    let records: Vec<Record> = (0..25_i64)
        .map(|n| record(&format!("r{:02}", (n * 7) % 25), (n * 7) % 25 / 4))
        .collect();
    keep(&store, &records).await;
    let mut expected: Vec<String> = (0..25).map(|n| format!("r{n:02}")).collect();
    for limit in [1, 3, 4, 25, 26] {
        assert_eq!(pages(&store, ListQuery { limit, ..all() }).await, expected);
    }
    expected.reverse();
    for limit in [1, 3, 4, 25, 26] {
        assert_eq!(
            pages(
                &store,
                ListQuery {
                    limit,
                    order: SortOrder::Descending,
                    ..all()
                }
            )
            .await,
            expected
        );
    }
}

pub(crate) async fn equal_times_are_in_the_order_of_ids(store: Arc<dyn Store>) {
    // By their bytes, which a language's order is not.
    keep(
        &store,
        &["b", "B", "a-b", "ab", "é", "a"].map(|id| record(id, 5)),
    )
    .await;
    let mut expected = ["B", "a", "a-b", "ab", "b", "é"];
    assert_eq!(
        pages(&store, ListQuery { limit: 2, ..all() }).await,
        expected
    );
    expected.reverse();
    assert_eq!(
        pages(
            &store,
            ListQuery {
                limit: 2,
                order: SortOrder::Descending,
                ..all()
            }
        )
        .await,
        expected
    );
}

pub(crate) async fn a_page_starts_after_a_deleted_record(store: Arc<dyn Store>) {
    keep(
        &store,
        &[
            record("a", 1),
            record("b", 2),
            record("c", 2),
            record("d", 3),
        ],
    )
    .await;
    store.commit(delete("b", None)).await.unwrap();
    assert_eq!(
        ids(
            &store,
            ListQuery {
                after: after("b", 2),
                ..all()
            }
        )
        .await,
        ["c", "d"]
    );
    let descending = ListQuery {
        after: after("b", 2),
        order: SortOrder::Descending,
        ..all()
    };
    assert_eq!(ids(&store, descending).await, ["a"]);
}

pub(crate) async fn children_are_listed_by_parent(store: Arc<dyn Store>) {
    let child = |id, parent: &str, at| Record {
        parent: Some(parent.to_owned()),
        ..record(id, at)
    };
    keep(
        &store,
        &[
            record("g", 1),
            child("v1", "g", 2),
            child("x1", "h", 3),
            child("v2", "g", 4),
        ],
    )
    .await;
    let of = |parent: &str| ListQuery {
        parent: Some(parent.to_owned()),
        ..all()
    };
    assert_eq!(ids(&store, of("g")).await, ["v1", "v2"]);
    assert_eq!(
        pages(
            &store,
            ListQuery {
                limit: 1,
                order: SortOrder::Descending,
                ..of("g")
            }
        )
        .await,
        ["v2", "v1"]
    );
    assert_eq!(
        ids(
            &store,
            ListQuery {
                scope: None,
                ..of("h")
            }
        )
        .await,
        ["x1"]
    );
    assert!(ids(&store, of("")).await.is_empty());
}

pub(crate) async fn times_restrict(store: Arc<dyn Store>) {
    keep(&store, &[record("a", 1), record("b", 2), record("c", 3)]).await;
    let between = |from, before| ListQuery {
        created_from: from,
        created_before: before,
        ..all()
    };
    assert_eq!(ids(&store, between(Some(2), None)).await, ["b", "c"]);
    assert_eq!(ids(&store, between(None, Some(2))).await, ["a"]);
    assert_eq!(ids(&store, between(Some(2), Some(3))).await, ["b"]);
    assert!(ids(&store, between(Some(3), Some(2))).await.is_empty());
}

pub(crate) async fn times_and_pages_restrict_together(store: Arc<dyn Store>) {
    let records: Vec<Record> = (0..8_i64).map(|n| record(&format!("r{n}"), n)).collect();
    keep(&store, &records).await;
    for order in [SortOrder::Ascending, SortOrder::Descending] {
        for from in 0..8 {
            for page in 0..8 {
                let query = ListQuery {
                    created_from: Some(from),
                    created_before: Some(6),
                    after: after(&format!("r{page}"), page),
                    order,
                    ..all()
                };
                let forward = order == SortOrder::Ascending;
                let mut expected: Vec<i64> = (from..6)
                    .filter(|n| if forward { *n > page } else { *n < page })
                    .collect();
                if !forward {
                    expected.reverse();
                }
                let found = store.list(query).await.unwrap();
                let found: Vec<i64> = found.into_iter().map(|record| record.created_at).collect();
                assert_eq!(found, expected, "{order:?} from {from} after {page}");
            }
        }
    }
}

pub(crate) async fn everybody_is_listed_in_one_order(store: Arc<dyn Store>) {
    let of = |account: &str, region: &str, id: &str, at| {
        let mut record = record(id, at);
        record.key.scope = scope(account, region);
        record
    };
    let records = [
        of("2", "b", "x", 1),
        of("1", "a", "y", 2),
        of("2", "a", "w", 3),
        of("1", "b", "z", 3),
    ];
    keep(&store, &records).await;
    let everybody = ListQuery {
        scope: None,
        limit: 1,
        ..all()
    };
    assert_eq!(pages(&store, everybody.clone()).await, ["x", "y", "w", "z"]);
    let descending = ListQuery {
        order: SortOrder::Descending,
        ..everybody
    };
    assert_eq!(pages(&store, descending).await, ["z", "w", "y", "x"]);
    assert_eq!(
        ids(
            &store,
            ListQuery {
                scope: Some(scope("2", "a")),
                ..all()
            }
        )
        .await,
        ["w"]
    );
}

pub(crate) async fn a_limit_of_nothing_gives_nothing(store: Arc<dyn Store>) {
    keep(&store, &[record("a", 1)]).await;
    assert!(
        ids(&store, ListQuery { limit: 0, ..all() })
            .await
            .is_empty()
    );
    assert_eq!(
        ids(
            &store,
            ListQuery {
                limit: usize::MAX,
                ..all()
            }
        )
        .await,
        ["a"]
    );
}
