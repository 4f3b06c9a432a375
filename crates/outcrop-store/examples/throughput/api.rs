//! Works of the API, with Provisioned Throughputs, whose listing has every filter.

use std::sync::Arc;

use aws_smithy_types::{DateTime, date_time::Format};
use outcrop_store::{Key, ListQuery, Record, Store, Write};
use serde_json::Value;

use crate::{
    http::{Connection, Server},
    rounds::{Plan, Subject},
    support::{commit, home},
};

const KIND: &str = "provisioned-model";
const ONE: &str = "/provisioned-model-throughput";
const PAGE: &str = "/provisioned-model-throughputs?maxResults=100";
/// Between two of them.
const STEP: i64 = 1_000_000_000;

pub(crate) struct Served {
    // Alive as long as it is asked.
    _server: Server,
    connection: Connection,
    store: Arc<dyn Store>,
    template: Record,
    size: usize,
    /// The token of the page in the middle.
    middle: String,
    made: usize,
}

/// Servers with as many resources as the plan says. One is made through the API, and the others after its image.
pub(crate) async fn filled(
    binary: &str,
    [few, many]: [(Vec<String>, Arc<dyn Store>); 2],
    plan: &Plan,
) -> [Served; 2] {
    [
        Served::new(binary, few, plan.sizes[0]).await,
        Served::new(binary, many, plan.sizes[1]).await,
    ]
}

impl Served {
    async fn new(
        binary: &str,
        (arguments, store): (Vec<String>, Arc<dyn Store>),
        size: usize,
    ) -> Self {
        let server = Server::start(binary, &arguments);
        let mut connection = Connection::to(&server).await;
        let (status, answer) = connection.ask("POST", ONE, &creation("first")).await;
        assert_eq!(status, 201, "{answer}");
        let all = ListQuery {
            scope: Some(home()),
            ..ListQuery::oldest(KIND, 2)
        };
        let mut first = store.list(all).await.unwrap();
        assert_eq!(first.len(), 1);
        let template = first.remove(0);
        let rest: Vec<usize> = (1..size).collect();
        for records in rest.chunks(1000) {
            let writes = records.iter().map(|n| Write::Create(image(&template, *n)));
            store.commit(commit(writes.collect())).await.unwrap();
        }
        let mut this = Self {
            _server: server,
            connection,
            store,
            template,
            size,
            middle: String::new(),
            made: 0,
        };
        this.middle = this.token_of_the_middle().await;
        this
    }

    /// Goes through the pages as far as the middle.
    async fn token_of_the_middle(&mut self) -> String {
        let (mut token, mut passed) = (String::new(), 0);
        while passed + 50 < self.size / 2 {
            let step = (self.size / 2 - passed).min(1000);
            let path = format!("/provisioned-model-throughputs?maxResults={step}{token}");
            let (status, page) = self.connection.ask("GET", &path, "").await;
            assert_eq!(status, 200, "{page}");
            let next = page["nextToken"].as_str().unwrap();
            token = format!(
                "&nextToken={}",
                next.replace('=', "%3D")
                    .replace('+', "%2B")
                    .replace('/', "%2F")
            );
            passed += step;
        }
        token
    }

    async fn get(&mut self, identifier: &str, expected: u16) -> usize {
        let (status, answer) = self
            .connection
            .ask("GET", &format!("{ONE}/{identifier}"), "")
            .await;
        assert_eq!(status, expected, "{answer}");
        1
    }

    async fn page(&mut self, query: &str, any: bool) -> usize {
        let (status, page) = self
            .connection
            .ask("GET", &format!("{PAGE}{query}"), "")
            .await;
        assert_eq!(status, 200, "{page}");
        let items = page["provisionedModelSummaries"].as_array().map(Vec::len);
        assert_eq!(items > Some(0), any, "{query}: {page}");
        1
    }

    /// Some seconds around the middle of the times, as a filter.
    fn seconds(&self) -> String {
        let middle = self.template.created_at - STEP * i64::try_from(self.size / 2).unwrap();
        let [after, before] = [-50, 50].map(|seconds| {
            let time = DateTime::from_nanos(i128::from(middle + seconds * STEP)).unwrap();
            time.fmt(Format::DateTime).unwrap().replace(':', "%3A")
        });
        format!("&creationTimeAfter={after}&creationTimeBefore={before}")
    }
}

impl Subject for Served {
    const WORKS: &'static [&'static str] = &[
        "create",
        "get by id",
        "get by name",
        "name that nobody has",
        "page of 100 at the start",
        "page of 100 from the middle",
        "page of 100 at the end",
        "page of 100 between two times",
        "nameContains that all match",
        "nameContains that none matches",
        "statusEquals that none matches",
    ];

    async fn work(&mut self, name: &str, n: usize) -> usize {
        let any = 1 + n * 7919 % (self.size - 1);
        match name {
            "create" => {
                self.made += 1;
                let body = creation(&format!("new-{}", self.made));
                let (status, answer) = self.connection.ask("POST", ONE, &body).await;
                assert_eq!(status, 201, "{answer}");
                1
            }
            "get by id" => self.get(&image(&self.template, any).key.id, 200).await,
            "get by name" => self.get(&image(&self.template, any).name, 200).await,
            "name that nobody has" => self.get(&format!("no-{n}"), 404).await,
            "page of 100 at the start" => self.page("", true).await,
            "page of 100 from the middle" => {
                let token = self.middle.clone();
                self.page(&token, true).await
            }
            "page of 100 at the end" => self.page("&sortOrder=Ascending", true).await,
            "page of 100 between two times" => {
                let seconds = self.seconds();
                self.page(&seconds, true).await
            }
            "nameContains that all match" => self.page("&nameContains=r", true).await,
            "nameContains that none matches" => self.page("&nameContains=nothing", false).await,
            "statusEquals that none matches" => self.page("&statusEquals=Failed", false).await,
            other => unreachable!("{other}"),
        }
    }

    async fn clean(&mut self) {
        let query = ListQuery {
            scope: Some(home()),
            created_from: Some(self.template.created_at + 1),
            ..ListQuery::oldest(KIND, usize::MAX)
        };
        let made = self.store.list(query).await.unwrap();
        let writes = made.into_iter().map(|record| Write::Delete {
            key: record.key,
            revision: None,
        });
        self.store.commit(commit(writes.collect())).await.unwrap();
    }
}

fn creation(name: &str) -> String {
    let request: Value = serde_json::json!({
        "modelId": "amazon.nova-lite-v1:0:24k", "modelUnits": 1, "provisionedModelName": name,
    });
    request.to_string()
}

/// The `n`th after the first one's image, so much older.
fn image(template: &Record, n: usize) -> Record {
    let created_at = template.created_at - STEP * i64::try_from(n).unwrap();
    Record {
        key: Key {
            id: format!("r{n:011}"),
            ..template.key.clone()
        },
        name: format!("throughput-{n}"),
        created_at,
        updated_at: created_at,
        ..template.clone()
    }
}
