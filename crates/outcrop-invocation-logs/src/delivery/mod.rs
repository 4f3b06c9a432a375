//! Taking invocations out of the queue, and delivering them together.

mod batches;
mod cloud_watch;
mod s3;
mod writers;

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::mpsc::Receiver,
    task::{JoinError, JoinSet},
    time::{self, Instant},
};

use self::batches::{Batch, Batches};
pub(crate) use self::{
    cloud_watch::note,
    writers::{WriteError, Writers},
};
use crate::{
    invocation::Invocation,
    queue::{Loss, Losses},
};

/// Batches that are written at once. While as many are, others wait in the queue.
const MOST: usize = 4;

/// How long the server waits for what is still to be delivered when it ends.
const CLOSING: Duration = Duration::from_secs(10);

/// How often losses are told, at the most.
const TELLING: Duration = Duration::from_secs(1);

/// Delivers the logs of one server.
pub struct Delivery {
    receiver: Receiver<Invocation>,
    writers: Arc<Writers>,
    losses: Losses,
    delay: Duration,
}

impl Delivery {
    pub(crate) fn new(
        receiver: Receiver<Invocation>,
        writers: Arc<Writers>,
        losses: Losses,
        delay: Duration,
    ) -> Self {
        Self {
            receiver,
            writers,
            losses,
            delay,
        }
    }

    /// Delivers until `end` resolves, then what has been put into the queue by then, within a bounded time.
    pub async fn run(mut self, end: impl Future<Output = ()> + Send) {
        let mut batches = Batches::new(self.delay);
        let mut under_way = JoinSet::new();
        let mut telling = time::interval(TELLING);
        telling.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
        tokio::pin!(end);
        loop {
            let room = under_way.len() < MOST;
            let due = batches.next_due();
            tokio::select! {
                () = &mut end => break,
                got = self.receiver.recv(), if room => match got {
                    Some(invocation) => batches.add(invocation),
                    // Whoever could put something in is gone.
                    None => break,
                },
                () = until(due), if room && due.is_some() => {}
                Some(ended) = under_way.join_next() => told(ended),
                _ = telling.tick() => self.losses.tell(),
            }
            while under_way.len() < MOST
                && let Some(batch) = batches.take_due()
            {
                under_way.spawn(Arc::clone(&self.writers).deliver(batch));
            }
        }
        self.close(batches, under_way).await;
    }

    async fn close(mut self, mut batches: Batches, mut under_way: JoinSet<()>) {
        self.receiver.close();
        while let Some(invocation) = self.receiver.recv().await {
            batches.add(invocation);
        }
        let mut left: Vec<Batch> = batches.take_all();
        let delivered = async {
            while let Some(batch) = left.pop() {
                if under_way.len() >= MOST
                    && let Some(ended) = under_way.join_next().await
                {
                    told(ended);
                }
                under_way.spawn(Arc::clone(&self.writers).deliver(batch));
            }
            while let Some(ended) = under_way.join_next().await {
                told(ended);
            }
        };
        if time::timeout(CLOSING, delivered).await.is_err() {
            let records = left.iter().map(Batch::len).sum::<usize>();
            self.losses.note(Loss::Shutdown, records);
            tracing::warn!(
                records,
                batches = under_way.len(),
                "the server ends before all model invocation logs were delivered: these are lost"
            );
        }
        self.losses.tell();
    }
}

fn told(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "the delivery of a batch of model invocation logs came down: its records are lost");
    }
}

async fn until(due: Option<Instant>) {
    if let Some(due) = due {
        time::sleep_until(due).await;
    }
}

#[cfg(test)]
mod tests;
