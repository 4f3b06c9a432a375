//! Works of a store.

use std::sync::Arc;

use outcrop_store::{After, Commit, ListQuery, Name, SearchQuery, Store, Write};
use tokio::task::JoinSet;

use crate::{
    rounds::{Plan, Subject},
    support::{KIND, all, commit, create, home, key, named, record},
};

/// Those that create at once.
const WRITERS: usize = 32;
const PAGE: usize = 100;
/// Records that a search looks at, as a step of a listing of the API does.
const LOOK_AT: usize = 1000;

pub(crate) struct Kept {
    store: Arc<dyn Store>,
    size: usize,
    made: Vec<String>,
}

/// Stores with as many records as the plan says.
pub(crate) async fn filled(stores: [Arc<dyn Store>; 2], plan: &Plan) -> [Kept; 2] {
    for (store, size) in stores.iter().zip(plan.sizes) {
        let records: Vec<usize> = (0..size).collect();
        for records in records.chunks(1000) {
            let writes = records.iter().map(|n| {
                let named = named(&id(*n), &name(*n));
                let created_at = time(*n);
                Write::Create(outcrop_store::Record {
                    created_at,
                    ..named
                })
            });
            store.commit(commit(writes.collect())).await.unwrap();
        }
    }
    let [few, many] = stores;
    [(few, plan.sizes[0]), (many, plan.sizes[1])].map(|(store, size)| Kept {
        store,
        size,
        made: Vec::new(),
    })
}

impl Kept {
    async fn page(&self, from: usize) -> usize {
        let after = from.checked_sub(1).map(|last| After {
            created_at: time(last),
            id: id(last),
        });
        let query = ListQuery {
            after,
            limit: PAGE,
            ..all()
        };
        assert!(!self.store.list(query).await.unwrap().is_empty());
        1
    }

    async fn search(&self, part: &str, expected: bool) -> usize {
        let query = SearchQuery {
            among: ListQuery {
                limit: PAGE,
                ..all()
            },
            name_contains: part.to_owned(),
            look_at: LOOK_AT,
        };
        let found = self.store.search(query).await.unwrap();
        assert_eq!(!found.records.is_empty(), expected);
        1
    }

    async fn create(&mut self, n: usize, at_once: usize) -> usize {
        let mut writers = JoinSet::new();
        for writer in 0..at_once {
            let (store, id) = (self.store.clone(), format!("new {n} {writer}"));
            self.made.push(id.clone());
            writers.spawn(async move {
                let record = record(&id, i64::MAX);
                store.commit(create(&record)).await.unwrap()
            });
        }
        writers.join_all().await.len()
    }
}

impl Subject for Kept {
    const WORKS: &'static [&'static str] = &[
        "create",
        "create, 32 at once",
        "get by id",
        "get by name",
        "name that nobody has",
        "page of 100 at the start",
        "page of 100 in the middle",
        "page of 100 at the end",
        "page of 100 between two times",
        "search that all match",
        "search that none matches",
    ];

    async fn work(&mut self, name_of_work: &str, n: usize) -> usize {
        let any = n * 7919 % self.size;
        let by_name = |name: String| Name {
            scope: home(),
            kind: KIND,
            name,
        };
        match name_of_work {
            "create" => self.create(n, 1).await,
            "create, 32 at once" => self.create(n, WRITERS).await,
            "get by id" => {
                let found = self.store.get(key(&id(any))).await.unwrap();
                usize::from(found.is_some())
            }
            "get by name" => {
                let found = self.store.named(by_name(name(any))).await.unwrap();
                usize::from(found.is_some())
            }
            "name that nobody has" => {
                let found = self.store.named(by_name(format!("no {n}"))).await.unwrap();
                usize::from(found.is_none())
            }
            "page of 100 at the start" => self.page(0).await,
            "page of 100 in the middle" => self.page(self.size / 2 - PAGE / 2).await,
            "page of 100 at the end" => self.page(self.size - PAGE).await,
            "page of 100 between two times" => {
                let middle = self.size / 2;
                let query = ListQuery {
                    created_from: Some(time(middle - PAGE / 2)),
                    created_before: Some(time(middle + PAGE / 2)),
                    ..all()
                };
                assert_eq!(self.store.list(query).await.unwrap().len(), PAGE);
                1
            }
            "search that all match" => self.search("NAMED", true).await,
            "search that none matches" => self.search("nothing has this", false).await,
            other => unreachable!("{other}"),
        }
    }

    async fn clean(&mut self) {
        let writes = self.made.drain(..).map(|id| Write::Delete {
            key: key(&id),
            revision: None,
        });
        let commit = Commit {
            writes: writes.collect(),
            token: None,
        };
        self.store.commit(commit).await.unwrap();
    }
}

fn id(n: usize) -> String {
    format!("r{n:09}")
}

fn name(n: usize) -> String {
    format!("named {n}")
}

fn time(n: usize) -> i64 {
    i64::try_from(n).unwrap()
}
