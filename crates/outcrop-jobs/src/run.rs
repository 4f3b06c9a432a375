//! The course of any job: from taking it to its end, or to putting it down.

use std::time::Duration;

use crate::{
    halt::Halt,
    held::{Held, Job},
};

/// The work of a kind of job.
pub(crate) trait Work: Send {
    type Job: Job;

    /// The job.
    fn held(&mut self) -> &mut Held<Self::Job>;

    /// Does it, and tells its end.
    fn work(&mut self) -> impl Future<Output = Result<(), Halt>> + Send;

    /// Tells the end of a job that does not come to the end of its work: it was stopped, is out of time, or has failed.
    fn cut_short(&mut self, halt: Halt) -> impl Future<Output = Result<(), Halt>> + Send;
}

/// Works at a job until its end, or until it has to be put down. `pause` is how long to wait before the next try; it doubles
/// with each.
pub(crate) async fn run<W: Work>(mut work: W, pause: Duration) {
    let id = work.held().id().to_owned();
    let halted = match attempt(&mut work).await {
        Ok(()) => return,
        Err(halt) => put_down(&mut work, halt, pause).await,
    };
    if let Err(why) = halted {
        tracing::warn!(%why, job = id, "a job could not be put down; it goes on after its lease");
    }
}

async fn attempt<W: Work>(work: &mut W) -> Result<(), Halt> {
    work.held().look().await?;
    if work.held().lease_is_last_try() {
        return Err(Halt::Failed(
            "The job was tried ten times without any progress. The server's log says why.".into(),
        ));
    }
    work.work().await
}

async fn put_down<W: Work>(work: &mut W, halt: Halt, pause: Duration) -> Result<(), Halt> {
    match halt {
        Halt::Lost => Ok(()),
        Halt::Closing => work.held().release(Duration::ZERO).await,
        Halt::Later(why) if work.held().lease_is_last_try() => {
            work.cut_short(Halt::Failed(why)).await
        }
        Halt::Later(why) => {
            let held = work.held();
            tracing::warn!(why, job = held.id(), "a job is tried again later");
            let doublings = held.tries().min(6);
            held.release(pause * 2_u32.saturating_pow(doublings)).await
        }
        end => work.cut_short(end).await,
    }
}
