use super::*;
use crate::{
    After, Scope,
    listing::{Listing, forms::listing_form},
    statements,
};

fn plan(Listing { sql, values }: Listing) -> String {
    explained(&sql, rusqlite::params_from_iter(values))
}

fn explained(sql: &str, values: impl rusqlite::Params) -> String {
    let connection = connect::memory().unwrap();
    let mut statement = connection
        .prepare(&format!("explain query plan {sql}"))
        .unwrap();
    let rows = statement
        .query_map(values, |row| row.get::<_, String>(3))
        .unwrap();
    rows.map(Result::unwrap).collect::<Vec<_>>().join("\n")
}

/// Every form that a listing has walks one index in its order, from where the page starts; a search too, as far as it looks.
#[test]
fn listings_neither_scan_nor_sort() {
    for form in 0..64 {
        let has = |bit: u32| form & (1 << bit) != 0;
        let query = listing_form(form);
        let index = match (has(0), has(1)) {
            (true, true) => "record_children",
            (true, false) => "record_listing",
            (false, _) => "record_everywhere",
        };
        let search = SearchQuery {
            among: query.clone(),
            name_contains: "part".to_owned(),
            look_at: 10_000,
        };
        let last = After {
            created_at: 6,
            id: "z".to_owned(),
        };
        let restricted = has(2) || has(3) || has(5);
        for (listing, bounded) in [
            (Listing::page(&query), restricted),
            (Listing::last_looked_at(&search), restricted),
            (Listing::search(&search, None, "instr"), restricted),
            (Listing::search(&search, Some(last), "instr"), true),
        ] {
            let sql = listing.sql.clone();
            let plan = plan(listing);
            assert!(
                plan.starts_with("SEARCH record USING ")
                    && plan.contains(&format!("INDEX {index} ")),
                "{sql}: {plan}"
            );
            assert!(
                !plan.contains('\n') && !plan.contains("SCAN") && !plan.contains("B-TREE"),
                "{sql}: {plan}"
            );
            assert_eq!(plan.contains("created_at"), bounded, "{sql}: {plan}");
        }
    }
}

#[test]
fn lookups_go_straight_to_their_rows() {
    let row = ["1", "r", "guardrail", "x"];
    for (sql, index) in [
        (statements::GET, "sqlite_autoindex_record_1"),
        (statements::REVISION, "sqlite_autoindex_record_1"),
        (statements::DELETE, "sqlite_autoindex_record_1"),
        (statements::NEWEST_NAMED, "record_named"),
        (statements::NAMED, "record_name"),
        (statements::TOKEN, "PRIMARY KEY"),
    ] {
        let plan = explained(sql, row);
        assert!(
            plan.starts_with("SEARCH ")
                && plan.contains(index)
                && plan.matches("=?").count() == 4
                && !plan.contains('\n'),
            "{sql}: {plan}"
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
    assert_eq!(pragma("user_version"), 2);
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

fn record(id: String) -> Record {
    Record {
        key: Key {
            scope: Scope {
                account: "1".into(),
                region: "r".into(),
            },
            kind: "guardrail",
            id,
        },
        parent: None,
        name: "mine".to_owned(),
        unique_name: false,
        created_at: 1,
        updated_at: 1,
        revision: 1,
        tags: std::collections::BTreeMap::new(),
        body: "{}".to_owned(),
    }
}

#[tokio::test]
async fn what_an_older_file_keeps_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let older = Connection::open(&path).unwrap();
    older
        .execute_batch(include_str!("migrations/0001_records.sql"))
        .unwrap();
    older.pragma_update(None, "user_version", 1).unwrap();
    let kept = record("older".to_owned());
    let commit = Commit {
        writes: vec![crate::Write::Create(kept.clone())],
        token: None,
    };
    apply::apply(&older, &commit).unwrap();
    drop(older);
    let store = SqliteStore::open(&path).unwrap();
    let Key { scope, kind, .. } = kept.key.clone();
    let name = Name {
        scope: scope.clone(),
        kind,
        name: "mine".to_owned(),
    };
    assert_eq!(store.named(name).await.unwrap(), Some(kept.clone()));
    for scope in [Some(scope), None] {
        let query = ListQuery {
            scope,
            ..ListQuery::oldest(kind, 10)
        };
        assert_eq!(
            store.list(query).await.unwrap(),
            std::slice::from_ref(&kept)
        );
    }
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
