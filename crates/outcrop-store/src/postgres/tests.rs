//! What `PostgreSQL` does for a statement, on the server that `OUTCROP_TEST_POSTGRES` names.
#![allow(clippy::print_stdout, reason = "says when nothing is tested")]

use super::*;
use crate::{
    After, Scope, Write,
    listing::{Listing, Value, forms::listing_form},
    statements,
};

/// Records, enough for scanning them to be dear.
const RECORDS: usize = 4000;

struct Plans {
    schema: String,
    client: tokio_postgres::Client,
}

impl Plans {
    /// A schema with records that nothing is known of but their number of pages, as a server has just after it was filled;
    /// `None` where there is no server.
    async fn new() -> Option<Self> {
        let Ok(url) = std::env::var("OUTCROP_TEST_POSTGRES") else {
            println!("skipped: OUTCROP_TEST_POSTGRES has no URL; .ci/postgres COMMAND sets it");
            return None;
        };
        let schema = format!("plans_{}", uuid::Uuid::new_v4().simple());
        let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls)
            .await
            .unwrap();
        tokio::spawn(connection);
        let prepare = format!(
            "create schema {schema}; set search_path = {schema}; {}",
            connect::SETTINGS
        );
        client.batch_execute(&prepare).await.unwrap();
        let store = PostgresStore::connect(&format!("{url}?options=-csearch_path%3D{schema}"))
            .await
            .unwrap();
        let writes = (0..RECORDS).map(|n| Write::Create(record(n))).collect();
        let commit = Commit {
            writes,
            token: None,
        };
        store.commit(commit).await.unwrap();
        Some(Self { schema, client })
    }

    /// The plan that serves every parameter, which is what a connection comes to use for a statement that it has kept.
    async fn of(&self, sql: &str, values: &[Value]) -> String {
        let literals = values.iter().map(|value| match value {
            Value::Text(text) => format!("'{text}'"),
            Value::Integer(integer) => integer.to_string(),
        });
        let literals = literals.collect::<Vec<_>>().join(", ");
        let explain = format!(
            "set plan_cache_mode = force_generic_plan; prepare it as {sql}; explain execute it({literals}); deallocate it"
        );
        let rows = self.client.simple_query(&explain).await.unwrap();
        let lines = rows.iter().filter_map(|row| match row {
            tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0),
            _ => None,
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    async fn drop(self) {
        let sql = format!("drop schema {} cascade", self.schema);
        self.client.batch_execute(&sql).await.unwrap();
    }
}

fn record(n: usize) -> Record {
    Record {
        key: Key {
            scope: Scope {
                account: "111122223333".into(),
                region: "us-east-1".into(),
            },
            kind: "guardrail",
            id: format!("r{n:09}"),
        },
        parent: n.is_multiple_of(2).then(|| "parent".to_owned()),
        name: format!("name of {n}"),
        unique_name: true,
        created_at: i64::try_from(n).unwrap(),
        updated_at: 1,
        revision: 1,
        tags: std::collections::BTreeMap::new(),
        body: format!(r#"{{"description": "{}"}}"#, "x".repeat(500)),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn listings_neither_scan_nor_sort() {
    let Some(plans) = Plans::new().await else {
        return;
    };
    for form in 0..64 {
        let query = listing_form(form);
        let index = match (&query.scope, &query.parent) {
            (Some(_), Some(_)) => "record_children",
            (Some(_), None) => "record_listing",
            (None, _) => "record_everywhere",
        };
        let search = SearchQuery {
            among: query.clone(),
            name_contains: "part".to_owned(),
            look_at: 1000,
        };
        let last = After {
            created_at: 6,
            id: "z".to_owned(),
        };
        for Listing { sql, values } in [
            Listing::page(&query),
            Listing::last_looked_at(&search),
            Listing::search(&search, Some(last), "strpos"),
        ] {
            let plan = plans.of(&sql, &values).await;
            let scans = [
                format!("Index Scan using {index} "),
                format!("Index Scan Backward using {index} "),
                format!("Index Only Scan using {index} "),
                format!("Index Only Scan Backward using {index} "),
            ];
            assert!(
                scans.iter().any(|scan| plan.contains(scan)),
                "{sql}: {plan}"
            );
            assert!(
                plan.matches("Scan").count() == 1 && !plan.contains("Sort"),
                "{sql}: {plan}"
            );
        }
    }
    plans.drop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lookups_go_straight_to_their_rows() {
    let Some(plans) = Plans::new().await else {
        return;
    };
    let row =
        ["111122223333", "us-east-1", "guardrail", "x"].map(|text| Value::Text(text.to_owned()));
    for (sql, index) in [
        (statements::GET, "record_pkey"),
        (statements::REVISION, "record_pkey"),
        (statements::DELETE, "record_pkey"),
        (statements::NEWEST_NAMED, "record_named"),
        // Or the index of all names, which is as good.
        (statements::NAMED, "record_name"),
        (statements::TOKEN, "request_token_pkey"),
    ] {
        let plan = plans.of(sql, &row).await;
        let (_, condition) = plan.split_once("Index Cond:").unwrap_or_default();
        let condition = condition.lines().next().unwrap_or_default();
        assert!(
            plan.contains(index)
                && condition.matches(" = ").count() == 4
                && !plan.contains("Seq Scan"),
            "{sql}: {plan}"
        );
    }
    plans.drop().await;
}
