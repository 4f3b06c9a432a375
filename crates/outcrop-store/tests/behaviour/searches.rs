use std::sync::Arc;

use outcrop_store::{After, Found, ListQuery, Record, SearchQuery, SortOrder, Store};

use crate::support::{all, create, record};

async fn keep(store: &Arc<dyn Store>, names: &[(&str, &str)]) {
    for (at, (id, name)) in names.iter().enumerate() {
        let record = Record {
            name: (*name).to_owned(),
            ..record(id, i64::try_from(at).unwrap())
        };
        store.commit(create(&record)).await.unwrap();
    }
}

fn containing(part: &str) -> SearchQuery {
    SearchQuery {
        among: all(),
        name_contains: part.to_owned(),
        look_at: 1000,
    }
}

fn ids(found: Found) -> Vec<String> {
    let records = found.records.into_iter();
    records.map(|record| record.key.id).collect()
}

async fn found(store: &Arc<dyn Store>, part: &str) -> Vec<String> {
    ids(store.search(containing(part)).await.unwrap())
}

pub(crate) async fn names_are_found_in_any_case(store: Arc<dyn Store>) {
    let names = [("a", "My Guardrail"), ("b", "ÄPFEL"), ("c", "ПРИВЕТ")];
    keep(&store, &names).await;
    for part in ["my g", "GUARD", "l", ""] {
        assert!(
            found(&store, part).await.contains(&"a".to_owned()),
            "{part}"
        );
    }
    assert_eq!(found(&store, "äpf").await, ["b"]);
    assert_eq!(found(&store, "вет").await, ["c"]);
    assert!(found(&store, "pear").await.is_empty());
}

pub(crate) async fn wildcards_are_letters(store: Arc<dyn Store>) {
    let names = [
        ("a", "100% sure"),
        ("b", "1000 sure"),
        ("c", "a_b"),
        ("d", r"a\b"),
    ];
    keep(&store, &names).await;
    for (part, id) in [
        ("0%", "a"),
        ("%", "a"),
        ("_", "c"),
        ("A_B", "c"),
        (r"\", "d"),
    ] {
        assert_eq!(found(&store, part).await, [id], "{part}");
    }
    assert!(found(&store, "a*b").await.is_empty());
}

/// Two are looked at in each search, whether they are found or not, until all were.
pub(crate) async fn a_search_looks_at_as_many_as_it_is_told(store: Arc<dyn Store>) {
    let names = ["x1", "x2", "y3", "y4", "y5", "y6", "x7"].map(|name| (name, name));
    keep(&store, &names).await;
    let steps = async |order| {
        let (mut steps, mut after) = (Vec::new(), None);
        loop {
            let query = SearchQuery {
                among: ListQuery {
                    order,
                    after: after.clone(),
                    ..all()
                },
                look_at: 2,
                ..containing("x")
            };
            let page = store.search(query).await.unwrap();
            after.clone_from(&page.looked_to);
            steps.push(ids(page));
            if after.is_none() {
                return steps;
            }
        }
    };
    let none: [&str; 0] = [];
    let ascending = steps(SortOrder::Ascending).await;
    assert_eq!(ascending, [&["x1", "x2"][..], &none, &none, &["x7"]]);
    let descending = steps(SortOrder::Descending).await;
    assert_eq!(descending, [&["x7"][..], &none, &["x2"], &["x1"]]);
}

pub(crate) async fn a_search_stops_at_its_limit(store: Arc<dyn Store>) {
    let names = ["x1", "y2", "x3", "x4"].map(|name| (name, name));
    keep(&store, &names).await;
    let query = |after| SearchQuery {
        among: ListQuery {
            limit: 2,
            after,
            ..all()
        },
        ..containing("x")
    };
    let first = store.search(query(None)).await.unwrap();
    let end = first.looked_to.clone();
    assert_eq!(ids(first), ["x1", "x3"]);
    assert_eq!(
        end,
        Some(After {
            created_at: 2,
            id: "x3".to_owned()
        })
    );
    let second = store.search(query(end)).await.unwrap();
    assert_eq!(second.looked_to, None);
    assert_eq!(ids(second), ["x4"]);
}

pub(crate) async fn a_search_keeps_to_times_and_parents(store: Arc<dyn Store>) {
    for (id, parent, at) in [("a", "g", 1), ("b", "h", 2), ("c", "g", 3), ("d", "g", 4)] {
        let child = Record {
            parent: Some(parent.to_owned()),
            ..record(id, at)
        };
        store.commit(create(&child)).await.unwrap();
    }
    for order in [SortOrder::Ascending, SortOrder::Descending] {
        let query = SearchQuery {
            among: ListQuery {
                parent: Some("g".to_owned()),
                created_from: Some(2),
                created_before: Some(4),
                order,
                ..all()
            },
            look_at: 1,
            ..containing("NAME OF")
        };
        let found = store.search(query).await.unwrap();
        assert!(found.looked_to.is_some());
        assert_eq!(ids(found), ["c"], "{order:?}");
    }
}
