//! A store that tells when there is work.

use std::sync::Arc;

use outcrop_control::{ASYNC_INVOKE_QUEUE, BATCH_QUEUE};
use outcrop_store::{
    Commit, Committed, Found, Key, ListQuery, Name, Record, SearchQuery, Store, StoreFuture, Write,
};
use tokio::sync::Notify;

/// The kinds of the queues' entries. Asynchronous invocations come first: batches take longer.
pub(crate) const QUEUES: &[&str] = &[ASYNC_INVOKE_QUEUE, BATCH_QUEUE];

/// What [`crate::Jobs`] waits for. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Wakeups(Arc<Notify>);

impl Wakeups {
    /// Resolves when there may be work. What comes while nobody waits is told to the next who does.
    pub(crate) async fn next(&self) {
        self.0.notified().await;
    }
}

/// A store that does what another one does, and wakes the workers of its process when something was put into a queue.
pub struct WatchedStore {
    inner: Arc<dyn Store>,
    wakeups: Wakeups,
}

impl WatchedStore {
    /// Watches a store.
    #[must_use]
    pub fn new(inner: Arc<dyn Store>, wakeups: Wakeups) -> Self {
        Self { inner, wakeups }
    }
}

impl Store for WatchedStore {
    fn commit(&self, commit: Commit) -> StoreFuture<'_, Committed> {
        let is_work = |write: &Write| match write {
            Write::Create(record) => QUEUES.contains(&record.key.kind),
            _ => false,
        };
        let has_work = commit.writes.iter().any(is_work);
        Box::pin(async move {
            let committed = self.inner.commit(commit).await?;
            if has_work {
                self.wakeups.0.notify_one();
            }
            Ok(committed)
        })
    }

    fn get(&self, key: Key) -> StoreFuture<'_, Option<Record>> {
        self.inner.get(key)
    }

    fn named(&self, name: Name) -> StoreFuture<'_, Option<Record>> {
        self.inner.named(name)
    }

    fn list(&self, query: ListQuery) -> StoreFuture<'_, Vec<Record>> {
        self.inner.list(query)
    }

    fn search(&self, query: SearchQuery) -> StoreFuture<'_, Found> {
        self.inner.search(query)
    }
}
