//! The job's record, under its lease.

use std::{sync::Arc, time::Duration};

use outcrop_store::{Key, Record, Scope, Write};
use serde::Serialize;
use tokio::{sync::watch, time};

use crate::{
    halt::Halt,
    lease::{Lease, Next, NotTold, Worker},
};

/// Tries of a change that requests keep getting ahead of.
const TRIES: usize = 20;

/// A kind of job, as its record has it.
pub(crate) trait Job: Sized + Send + Sync {
    /// What can be told of it.
    type Change: Clone + Send + Sync;

    /// What the record of a job is named by.
    fn key(scope: Scope, id: String) -> Key;

    /// Reads a job's record; `None` where it is none.
    fn read(record: Record) -> Option<Self>;

    /// Whether it has ended.
    fn is_over(&self) -> bool;

    /// Why not to work at it, if there is a reason. `now` is in nanoseconds since 1970, UTC.
    fn halts(&self, now: i64) -> Option<Halt>;

    /// The job with a change as writes; `None` where it cannot be written.
    fn changed(self, change: Self::Change, now: i64) -> Option<Vec<Write>>;
}

/// The lease of a job, and what does not change of it.
pub(crate) struct Held<J: Job> {
    lease: Lease,
    worker: Arc<Worker>,
    closes: watch::Receiver<bool>,
    beat: Duration,
    job: Option<J>,
}

impl<J: Job> Held<J> {
    pub(crate) fn new(
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

    pub(crate) fn id(&self) -> &str {
        self.lease.id()
    }

    pub(crate) fn scope(&self) -> &Scope {
        self.lease.scope()
    }

    pub(crate) fn tries(&self) -> u32 {
        self.lease.tries()
    }

    pub(crate) fn lease_is_last_try(&self) -> bool {
        self.lease.is_last_try()
    }

    /// The job as it was last looked at.
    pub(crate) fn job(&self) -> Result<&J, Halt> {
        self.job.as_ref().ok_or(Halt::Lost)
    }

    /// Reads the job's record, and says if there is a reason to stop.
    pub(crate) async fn look(&mut self) -> Result<(), Halt> {
        let job = self.read().await?;
        let is_over = job.is_over();
        let halts = job.halts(self.worker.clock.now());
        self.job = Some(job);
        if is_over {
            // Its entry should have gone with its end.
            return Err(Halt::Lost);
        }
        if let Some(halt) = halts {
            return Err(halt);
        }
        if *self.closes.borrow() {
            return Err(Halt::Closing);
        }
        Ok(())
    }

    async fn read(&self) -> Result<J, Halt> {
        let key = J::key(self.lease.scope().clone(), self.lease.id().to_owned());
        let record = self.record(key).await?.ok_or(Halt::Lost)?;
        let unreadable = "The job's record cannot be read. The server's log says why.";
        J::read(record).ok_or_else(|| Halt::Later(unreadable.to_owned()))
    }

    /// A record of the store.
    pub(crate) async fn record(&self, key: Key) -> Result<Option<Record>, Halt> {
        Ok(self.worker.store.get(key).await?)
    }

    /// Keeps the checkpoint; then says if there is a reason to stop.
    pub(crate) async fn checkpoint(
        &mut self,
        checkpoint: &(impl Serialize + Sync),
    ) -> Result<(), Halt> {
        self.lease.keep(checkpoint);
        self.commit(Next::Keep, Vec::new()).await?;
        self.look().await
    }

    /// Renews the lease while something is done, and drops it when there is a reason to stop.
    pub(crate) async fn beating<T>(
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
    pub(crate) async fn tell(
        &mut self,
        change: J::Change,
        checkpoint: &(impl Serialize + Sync),
    ) -> Result<(), Halt> {
        self.keep(change, checkpoint).await?;
        self.look().await
    }

    /// As [`Self::tell`], whether or not there is a reason to stop.
    pub(crate) async fn keep(
        &mut self,
        change: J::Change,
        checkpoint: &(impl Serialize + Sync),
    ) -> Result<(), Halt> {
        self.lease.keep(checkpoint);
        self.change(change, Next::Keep).await
    }

    /// Tells the end.
    pub(crate) async fn finish(&mut self, change: J::Change) -> Result<(), Halt> {
        self.change(change, Next::Done).await
    }

    /// Gives the job up; others may take it after a pause.
    pub(crate) async fn release(&mut self, pause: Duration) -> Result<(), Halt> {
        self.commit(Next::Release(pause), Vec::new()).await
    }

    async fn change(&mut self, change: J::Change, next: Next) -> Result<(), Halt> {
        for _ in 0..TRIES {
            let job = self.read().await?;
            let writes = job
                .changed(change.clone(), self.worker.clock.now())
                .ok_or(Halt::Lost)?;
            match self.lease.commit(next, writes).await {
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
