//! The job's record, under its lease.

use std::{sync::Arc, time::Duration};

use outcrop_control::{BatchChange, BatchJob};
use outcrop_objects::S3Uri;
use outcrop_store::{Scope, Write};
use tokio::{sync::watch, time};

use super::checkpoint::Checkpoint;
use crate::{
    halt::Halt,
    lease::{Lease, Next, NotTold, Worker},
};

/// Tries of a change that requests keep getting ahead of.
const TRIES: usize = 20;

/// The lease of a job, and what does not change of it.
pub(super) struct Held {
    lease: Lease,
    worker: Arc<Worker>,
    closes: watch::Receiver<bool>,
    beat: Duration,
    job: Option<BatchJob>,
}

impl Held {
    pub(super) fn new(
        lease: Lease,
        worker: Arc<Worker>,
        closes: watch::Receiver<bool>,
        beat: Duration,
    ) -> Self {
        Self {
            lease,
            worker,
            closes,
            beat,
            job: None,
        }
    }

    pub(super) fn id(&self) -> &str {
        self.lease.id()
    }

    pub(super) fn scope(&self) -> &Scope {
        self.lease.scope()
    }

    pub(super) fn tries(&self) -> u32 {
        self.lease.tries()
    }

    pub(super) fn lease_is_last_try(&self) -> bool {
        self.lease.is_last_try()
    }

    /// The job as it was last looked at.
    pub(super) fn job(&self) -> Result<&BatchJob, Halt> {
        self.job.as_ref().ok_or(Halt::Lost)
    }

    pub(super) fn failure_asked_for(&self) -> Option<String> {
        self.job.as_ref().and_then(BatchJob::failure_asked_for)
    }

    pub(super) fn input(&self) -> Result<S3Uri, Halt> {
        location(self.job()?.input())
    }

    /// The folder of the job's output.
    pub(super) fn output(&self) -> Result<S3Uri, Halt> {
        let output = location(self.job()?.output())?;
        output
            .join(self.id())
            .map_err(|error| Halt::Failed(error.to_string()))
    }

    /// Reads the job's record, and says if there is a reason to stop.
    pub(super) async fn look(&mut self) -> Result<(), Halt> {
        let job = self.read().await?;
        let (stop, expires) = (job.stop_requested(), job.expires_at());
        let is_over = job.stage().is_end();
        self.job = Some(job);
        if is_over {
            // Its entry should have gone with its end.
            return Err(Halt::Lost);
        }
        if stop {
            return Err(Halt::Stopped);
        }
        if self.worker.clock.now() >= expires {
            return Err(Halt::Expired);
        }
        if *self.closes.borrow() {
            return Err(Halt::Closing);
        }
        Ok(())
    }

    async fn read(&self) -> Result<BatchJob, Halt> {
        let key = BatchJob::key(self.lease.scope().clone(), self.lease.id().to_owned());
        let record = self.worker.store.get(key).await?.ok_or(Halt::Lost)?;
        let unreadable = "The job's record cannot be read. The server's log says why.";
        BatchJob::read(record).ok_or_else(|| Halt::Later(unreadable.to_owned()))
    }

    /// Renews the lease while something is done, and drops it when there is a reason to stop.
    pub(super) async fn beating<T>(
        &mut self,
        work: impl Future<Output = Result<T, Halt>>,
    ) -> Result<T, Halt> {
        tokio::pin!(work);
        loop {
            let mut closes = self.closes.clone();
            tokio::select! {
                done = &mut work => return done,
                () = time::sleep(self.beat) => {
                    self.look().await?;
                    self.commit(Next::Keep, Vec::new()).await?;
                }
                true = closing(&mut closes) => return Err(Halt::Closing),
            }
        }
    }

    /// Tells a change and keeps the checkpoint, both or neither; then says if there is a reason to stop.
    pub(super) async fn tell(
        &mut self,
        change: BatchChange,
        checkpoint: &Checkpoint,
    ) -> Result<(), Halt> {
        self.keep(change, checkpoint).await?;
        self.look().await
    }

    /// As [`Self::tell`], whether or not there is a reason to stop.
    pub(super) async fn keep(
        &mut self,
        change: BatchChange,
        checkpoint: &Checkpoint,
    ) -> Result<(), Halt> {
        self.lease.keep(checkpoint);
        self.change(change, Next::Keep).await
    }

    /// Tells the end.
    pub(super) async fn finish(&mut self, change: BatchChange) -> Result<(), Halt> {
        self.change(change, Next::Done).await
    }

    /// Gives the job up; others may take it after a pause.
    pub(super) async fn release(&mut self, pause: Duration) -> Result<(), Halt> {
        self.commit(Next::Release(pause), Vec::new()).await
    }

    async fn change(&mut self, change: BatchChange, next: Next) -> Result<(), Halt> {
        for _ in 0..TRIES {
            let job = self.read().await?;
            let write = job
                .changed(change.clone(), self.worker.clock.now())
                .ok_or(Halt::Lost)?;
            match self.lease.commit(next, vec![write]).await {
                Ok(()) => return Ok(()),
                Err(NotTold::Changed) => {}
                Err(NotTold::Halt(halt)) => return Err(halt),
            }
        }
        Err(Halt::Later(
            "the job's record is changed all the time".to_owned(),
        ))
    }

    async fn commit(&mut self, next: Next, with: Vec<Write>) -> Result<(), Halt> {
        match self.lease.commit(next, with).await {
            Ok(()) => Ok(()),
            Err(NotTold::Changed) => Err(Halt::Lost),
            Err(NotTold::Halt(halt)) => Err(halt),
        }
    }
}

/// Resolves when the server ends; to `false` when nobody can tell any more.
async fn closing(closes: &mut watch::Receiver<bool>) -> bool {
    closes.wait_for(|closing| *closing).await.is_ok()
}

fn location(text: &str) -> Result<S3Uri, Halt> {
    text.parse()
        .map_err(|error: outcrop_objects::S3UriError| Halt::Failed(error.to_string()))
}
