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
mod job;
mod process;
mod record;
mod validate;

use std::{sync::Arc, time::Duration};

use outcrop_control::{BatchChange, BatchStage};
use tokio::sync::watch;

use self::{checkpoint::Checkpoint, job::Held};
use crate::{
    halt::Halt,
    jobs::Shared,
    lease::{Lease, Worker},
};

/// A job under way.
pub(crate) struct Batch {
    held: Held,
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

    /// Works at the job until its end, or until it has to be put down.
    pub(crate) async fn run(mut self) {
        let id = self.held.id().to_owned();
        let halted = match self.work().await {
            Ok(()) => return,
            Err(halt) => self.halted(halt).await,
        };
        if let Err(why) = halted {
            tracing::warn!(%why, job = id, "a job could not be put down; it goes on after its lease");
        }
    }

    async fn work(&mut self) -> Result<(), Halt> {
        self.held.look().await?;
        if self.held.lease_is_last_try() {
            return Err(Halt::Failed(
                "The job was tried ten times without any progress. The server's log says why."
                    .into(),
            ));
        }
        if !self.checkpoint.validated {
            self.tell(BatchStage::Validating).await?;
            self.validate().await?;
            self.tell(BatchStage::Scheduled).await?;
        }
        if let Some(reason) = self.held.failure_asked_for() {
            return Err(Halt::Failed(reason));
        }
        self.tell(BatchStage::InProgress).await?;
        self.process().await?;
        self.finish(BatchStage::Completed, None).await
    }

    async fn halted(&mut self, halt: Halt) -> Result<(), Halt> {
        match halt {
            Halt::Lost => Ok(()),
            Halt::Closing => self.held.release(Duration::ZERO).await,
            Halt::Stopped => self.cut_short(BatchStage::Stopped).await,
            Halt::Expired if self.checkpoint.begun() => {
                self.cut_short(BatchStage::PartiallyCompleted).await
            }
            Halt::Expired => self.finish(BatchStage::Expired, None).await,
            Halt::Failed(why) => self.finish(BatchStage::Failed, Some(why)).await,
            Halt::Later(why) if self.held.lease_is_last_try() => {
                self.finish(BatchStage::Failed, Some(why)).await
            }
            Halt::Later(why) => {
                tracing::warn!(why, job = self.held.id(), "a job is tried again later");
                let doublings = self.held.tries().min(6);
                let pause = self.shared.settings.pause * 2_u32.saturating_pow(doublings);
                self.held.release(pause).await
            }
        }
    }

    /// Ends the job with the output of what was processed.
    async fn cut_short(&mut self, stage: BatchStage) -> Result<(), Halt> {
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
