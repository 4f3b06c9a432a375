//! Taking jobs, and doing a bounded number of them at once.

use std::{sync::Arc, time::Duration};

use outcrop_control::{BATCH_QUEUE, Clock};
use outcrop_objects::Objects;
use outcrop_runtime::InProcess;
use outcrop_store::{After, ListQuery, Store, StoreError};
use tokio::{sync::watch, task::JoinSet, time};
use uuid::Uuid;

use crate::{
    JobSettings, Wakeups,
    async_invoke::AsyncInvoke,
    batch::Batch,
    lease::{Lease, Worker},
    run::run,
    watched::QUEUES,
};

/// Entries that are read at once.
const PAGE: usize = 50;

/// How long jobs may take to put down what they are at when the server ends.
const CLOSING: Duration = Duration::from_secs(5);

/// The worker of one server.
pub struct Jobs {
    worker: Arc<Worker>,
    shared: Arc<Shared>,
    wakeups: Wakeups,
}

/// What the jobs share.
pub(crate) struct Shared {
    pub(crate) objects: Objects,
    pub(crate) runtime: InProcess,
    pub(crate) settings: JobSettings,
}

impl Jobs {
    /// A worker for what is in a store's queues. `wakeups` are those of the [`crate::WatchedStore`] through which the
    /// handlers write.
    #[must_use]
    pub fn new(
        store: Arc<dyn Store>,
        objects: Objects,
        runtime: InProcess,
        clock: Arc<dyn Clock>,
        wakeups: Wakeups,
        settings: JobSettings,
    ) -> Self {
        let worker = Worker {
            store,
            clock,
            name: Uuid::new_v4().to_string(),
            length: settings.lease,
        };
        let shared = Shared {
            objects,
            runtime,
            settings,
        };
        Self {
            worker: Arc::new(worker),
            shared: Arc::new(shared),
            wakeups,
        }
    }

    /// Works until `end` resolves. Then jobs under way are put down where they are, for the next worker.
    pub async fn run(self, end: impl Future<Output = ()> + Send) {
        let (closing, closes) = watch::channel(false);
        let mut under_way = JoinSet::new();
        tokio::pin!(end);
        loop {
            self.fill(&mut under_way, &closes).await;
            tokio::select! {
                () = &mut end => break,
                () = self.wakeups.next(), if under_way.len() < self.shared.settings.jobs => {}
                Some(ended) = under_way.join_next() => told(ended),
                () = time::sleep(self.shared.settings.poll) => {}
            }
        }
        closing.send_replace(true);
        let put_down = async { while under_way.join_next().await.is_some() {} };
        if time::timeout(CLOSING, put_down).await.is_err() {
            tracing::warn!(
                "jobs did not put down their work in time; they go on after their leases"
            );
        }
    }

    /// Takes jobs while there is room for them.
    async fn fill(&self, under_way: &mut JoinSet<()>, closes: &watch::Receiver<bool>) {
        for queue in QUEUES {
            let mut after = None;
            while under_way.len() < self.shared.settings.jobs {
                match self.take(queue, &mut after).await {
                    Ok(Some(lease)) => {
                        let (worker, shared) = (&self.worker, &self.shared);
                        let pause = shared.settings.pause;
                        if *queue == BATCH_QUEUE {
                            let batch = Batch::new(lease, worker, shared, closes.clone());
                            under_way.spawn(run(batch, pause));
                        } else {
                            let invoke = AsyncInvoke::new(lease, worker, shared, closes.clone());
                            under_way.spawn(run(invoke, pause));
                        }
                    }
                    Ok(None) => break,
                    Err(error) => {
                        tracing::warn!(%error, "jobs cannot be looked for");
                        return;
                    }
                }
            }
        }
    }

    /// The next entry of a queue that nobody has, oldest first.
    async fn take(
        &self,
        queue: &'static str,
        after: &mut Option<After>,
    ) -> Result<Option<Lease>, StoreError> {
        loop {
            let query = ListQuery {
                after: after.clone(),
                ..ListQuery::oldest(queue, PAGE)
            };
            let entries = self.worker.store.list(query).await?;
            let complete = entries.len() < PAGE;
            for entry in entries {
                *after = Some(After::of(&entry));
                if let Some(lease) = Lease::take(&self.worker, entry).await? {
                    return Ok(Some(lease));
                }
            }
            if complete {
                return Ok(None);
            }
        }
    }
}

fn told(ended: Result<(), tokio::task::JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "the work at a job came down; it is tried again after its lease");
    }
}
