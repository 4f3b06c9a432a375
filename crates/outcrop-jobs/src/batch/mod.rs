//! One batch inference job, from its input to its output.
//!
//! The input is read in chunks of records. The answers to a chunk are written as one object, a part, and then the
//! checkpoint is committed that says that this part counts and where the next chunk begins. When a file has no chunk left,
//! its parts are put together to its output, and the parts go when the job ends. A part that no checkpoint speaks of is
//! written over: so no record is lost, and none is in an output twice.

mod assemble;
mod checkpoint;
mod chunk;
mod input;
mod process;
mod record;
mod validate;

use std::sync::Arc;

use outcrop_control::{BatchChange, BatchJob, BatchStage};
use outcrop_objects::S3Uri;
use outcrop_store::{Key, Record, Scope, Write};
use tokio::sync::watch;

use self::checkpoint::Checkpoint;
use crate::{
    halt::Halt,
    held::{Held, Job},
    jobs::Shared,
    lease::{Lease, Worker},
    parts::{joined, location},
    run::Work,
};

impl Job for BatchJob {
    type Change = BatchChange;

    fn key(scope: Scope, id: String) -> Key {
        Self::key(scope, id)
    }

    fn read(record: Record) -> Option<Self> {
        Self::read(record)
    }

    fn is_over(&self) -> bool {
        self.stage().is_end()
    }

    fn halts(&self, now: i64) -> Option<Halt> {
        if self.stop_requested() {
            return Some(Halt::Stopped);
        }
        (now >= self.expires_at()).then_some(Halt::Expired)
    }

    fn changed(self, change: BatchChange, now: i64) -> Option<Vec<Write>> {
        Self::changed(self, change, now).map(|write| vec![write])
    }
}

/// A job under way.
pub(crate) struct Batch {
    held: Held<BatchJob>,
    checkpoint: Checkpoint,
    shared: Arc<Shared>,
}

impl Batch {
    /// Goes on where the checkpoint in the entry is.
    pub(crate) fn new(
        lease: Lease,
        worker: &Arc<Worker>,
        shared: &Arc<Shared>,
        closes: watch::Receiver<bool>,
    ) -> Self {
        Self {
            checkpoint: lease.own(),
            held: Held::new(lease, Arc::clone(worker), closes, shared.settings.beat),
            shared: Arc::clone(shared),
        }
    }

    fn input(&self) -> Result<S3Uri, Halt> {
        location(self.held.job()?.input())
    }

    /// The folder of the job's output.
    fn output(&self) -> Result<S3Uri, Halt> {
        let output = location(self.held.job()?.output())?;
        joined(&output, self.held.id())
    }

    /// Ends the job with the output of what was processed.
    async fn end_early(&mut self, stage: BatchStage) -> Result<(), Halt> {
        if self.checkpoint.begun()
            && let Err(halt) = self.assemble_rest().await
        {
            // The job is over all the same; only its output is not where it should be.
            let why = Some(halt.to_string());
            return self.finish(stage, why).await;
        }
        self.finish(stage, None).await
    }

    /// Tells how far the job is, with the checkpoint.
    async fn tell(&mut self, stage: BatchStage) -> Result<(), Halt> {
        let change = self.change(stage, None);
        self.held.tell(change, &self.checkpoint).await
    }

    async fn finish(&mut self, stage: BatchStage, message: Option<String>) -> Result<(), Halt> {
        let change = self.change(stage, message);
        self.held.finish(change).await
    }

    fn change(&self, stage: BatchStage, message: Option<String>) -> BatchChange {
        BatchChange {
            stage,
            counts: self.checkpoint.validated.then(|| self.checkpoint.counts()),
            message,
        }
    }
}

impl Work for Batch {
    type Job = BatchJob;

    fn held(&mut self) -> &mut Held<BatchJob> {
        &mut self.held
    }

    async fn work(&mut self) -> Result<(), Halt> {
        if !self.checkpoint.validated {
            self.tell(BatchStage::Validating).await?;
            self.validate().await?;
            self.tell(BatchStage::Scheduled).await?;
        }
        if let Some(reason) = self.held.job()?.failure_asked_for() {
            return Err(Halt::Failed(reason));
        }
        self.tell(BatchStage::InProgress).await?;
        self.process().await?;
        self.finish(BatchStage::Completed, None).await
    }

    async fn cut_short(&mut self, halt: Halt) -> Result<(), Halt> {
        match halt {
            Halt::Stopped => self.end_early(BatchStage::Stopped).await,
            Halt::Expired if self.checkpoint.begun() => {
                self.end_early(BatchStage::PartiallyCompleted).await
            }
            Halt::Expired => self.finish(BatchStage::Expired, None).await,
            why => {
                let why = Some(why.to_string());
                self.finish(BatchStage::Failed, why).await
            }
        }
    }
}
