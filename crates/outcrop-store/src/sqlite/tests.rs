use super::*;
use crate::{After, Scope, SortOrder, listing::Listing};

fn plan(query: ListQuery) -> String {
    let connection = connect::memory().unwrap();
    let Listing { sql, values } = Listing::new(query, "instr");
    let mut statement = connection
        .prepare(&format!("explain query plan {sql}"))
        .unwrap();
    let rows = statement
        .query_map(rusqlite::params_from_iter(values), |row| {
            row.get::<_, String>(3)
        })
        .unwrap();
    rows.map(Result::unwrap).collect::<Vec<_>>().join("\n")
}

/// Every form that a listing has walks one index in its order, from where the page starts.
#[test]
fn listings_neither_scan_nor_sort() {
    let scope = || Scope {
        account: "111122223333".into(),
        region: "us-east-1".into(),
    };
    for form in 0..64 {
        let has = |bit: u32| form & (1 << bit) != 0;
        let query = ListQuery {
            scope: has(0).then(scope),
            kind: "guardrail",
            parent: has(1).then(|| "parent".to_owned()),
            name_contains: None,
            created_from: has(2).then_some(1),
            created_before: has(3).then_some(9),
            order: if has(4) {
                SortOrder::Ascending
            } else {
                SortOrder::Descending
            },
            after: has(5).then(|| After {
                created_at: 5,
                id: "x".to_owned(),
            }),
            limit: 10,
        };
        let index = match (has(0), has(1)) {
            (true, true) => "record_children",
            (true, false) => "record_listing",
            (false, _) => "record_everywhere",
        };
        let plan = plan(query.clone());
        assert!(
            plan.starts_with(&format!("SEARCH record USING INDEX {index} ")),
            "{query:?}: {plan}"
        );
        assert!(
            !plan.contains('\n') && !plan.contains("SCAN") && !plan.contains("B-TREE"),
            "{query:?}: {plan}"
        );
        assert_eq!(
            plan.contains("created_at"),
            has(2) || has(3) || has(5),
            "{query:?}: {plan}"
        );
    }
}

#[test]
fn a_file_keeps_what_was_committed_and_is_as_durable_as_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/b/store.db");
    drop(SqliteStore::open(&path).unwrap());
    let writer = connect::writer(&path).unwrap();
    let pragma = |name: &str| {
        writer
            .pragma_query_value(None, name, |row| row.get::<_, i64>(0))
            .unwrap()
    };
    assert_eq!(pragma("synchronous"), 2);
    assert_eq!(pragma("user_version"), 1);
}

#[test]
fn a_newer_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    drop(SqliteStore::open(&path).unwrap());
    Connection::open(&path)
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    let error = SqliteStore::open(&path).unwrap_err().to_string();
    assert!(
        error.contains("version 99")
            && error.contains("newer Outcrop")
            && error.contains("store.db"),
        "{error}"
    );
}

#[test]
fn what_is_no_database_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    std::fs::write(
        &path,
        "not a database, but long enough to have a header that is read",
    )
    .unwrap();
    let error = SqliteStore::open(&path).unwrap_err().to_string();
    assert!(
        error.contains("not a database") && error.contains("store.db"),
        "{error}"
    );
}

#[tokio::test]
async fn a_read_that_takes_too_long_is_stopped() {
    let connection = Mutex::new(connect::memory().unwrap());
    let endless =
        "with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n";
    let stopped = read::bounded(&connection, std::time::Instant::now(), |connection| {
        connection.query_row(endless, [], |row| row.get::<_, i64>(0))
    });
    assert!(stopped.unwrap_err().to_string().contains("took too long"));
    let works = locked(&connection).query_row("select 1", [], |row| row.get::<_, i64>(0));
    assert_eq!(works.unwrap(), 1);
}

/// Of two processes that share a file, the second waits for the first.
#[tokio::test(flavor = "multi_thread")]
async fn two_stores_share_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let stores = [
        SqliteStore::open(&path).unwrap(),
        SqliteStore::open(&path).unwrap(),
    ];
    let record = |id: String| Record {
        key: Key {
            scope: Scope {
                account: "1".into(),
                region: "r".into(),
            },
            kind: "guardrail",
            id,
        },
        parent: None,
        name: String::new(),
        unique_name: false,
        created_at: 1,
        updated_at: 1,
        revision: 1,
        tags: std::collections::BTreeMap::new(),
        body: "{}".to_owned(),
    };
    for n in 0..20 {
        let [one, two] = [0, 1].map(|store| Commit {
            writes: vec![crate::Write::Create(record(format!("{n}-{store}")))],
            token: None,
        });
        let (one, two) = tokio::join!(stores[0].commit(one), stores[1].commit(two));
        assert_eq!(
            (one.unwrap(), two.unwrap()),
            (Committed::Done, Committed::Done)
        );
    }
}
