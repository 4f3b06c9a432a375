//! The thread that writes, and the queue before it.

use std::{
    sync::Mutex,
    thread::JoinHandle,
    time::{Duration, Instant},
};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::{
    sync::{mpsc, oneshot},
    time::timeout_at,
};

use super::{Shared, apply::apply, error::explained, locked};
use crate::{Commit, Committed, StoreError};

/// Commits that may wait. More than that wait for a place.
const QUEUE: usize = 1024;

/// Commits that may share a transaction, and so the wait for the disk.
const GROUP: usize = 128;

/// How long a commit may take from the call to its answer.
const DEADLINE: Duration = Duration::from_secs(10);

type Answer = Result<Committed, StoreError>;

/// A commit that waits for the thread.
struct Job {
    commit: Commit,
    until: Instant,
    answer: oneshot::Sender<Answer>,
}

/// The way to the thread.
#[derive(Debug)]
pub(super) struct Writer {
    // Taken when the store is dropped, which ends the thread.
    queue: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(connection: Shared) -> Result<Self, StoreError> {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let thread = std::thread::Builder::new()
            .name("store writer".to_owned())
            .spawn(move || write(&connection, jobs))
            .map_err(|error| {
                StoreError::Unavailable(format!("its thread does not start: {error}"))
            })?;
        Ok(Self {
            queue: Some(queue),
            thread: Some(thread),
        })
    }

    /// Writes, and resolves when the disk has it. A commit whose caller has gone before its turn is not done.
    pub(super) async fn commit(&self, commit: Commit) -> Answer {
        let until = Instant::now() + DEADLINE;
        let (answer, answered) = oneshot::channel();
        let job = Job {
            commit,
            until,
            answer,
        };
        let queue = self.queue.as_ref().ok_or_else(ended)?;
        let waited = async {
            queue.send(job).await.map_err(|_| ended())?;
            answered.await.map_err(|_| ended())?
        };
        timeout_at(until.into(), waited)
            .await
            .unwrap_or_else(|_| Err(late()))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue.take();
        if let Some(thread) = self.thread.take() {
            // It does not panic; there would be nothing to do here if it did.
            let _ = thread.join();
        }
    }
}

fn ended() -> StoreError {
    StoreError::Unavailable("its writing thread has ended; start the server again".to_owned())
}

fn late() -> StoreError {
    let seconds = DEADLINE.as_secs();
    StoreError::Unavailable(format!(
        "writing took more than {seconds} s; read again to see whether it happened"
    ))
}

fn write(connection: &Mutex<Connection>, mut jobs: mpsc::Receiver<Job>) {
    while let Some(first) = jobs.blocking_recv() {
        let more = std::iter::from_fn(|| jobs.try_recv().ok()).take(GROUP - 1);
        let group: Vec<Job> = std::iter::once(first).chain(more).filter(wanted).collect();
        write_group(&mut locked(connection), group);
    }
}

fn wanted(job: &Job) -> bool {
    !job.answer.is_closed() && Instant::now() < job.until
}

/// Nobody hears of success before the transaction is on the disk.
fn write_group(connection: &mut Connection, group: Vec<Job>) {
    match commit_group(connection, &group) {
        Ok(answers) => {
            for (job, answer) in group.into_iter().zip(answers) {
                // The caller may have gone meanwhile.
                let _ = job.answer.send(answer);
            }
        }
        Err(error) => {
            tracing::error!(%error, commits = group.len(), "the store did not write");
            let why = explained(&error);
            for job in group {
                let _ = job.answer.send(Err(StoreError::Unavailable(why.clone())));
            }
        }
    }
}

fn commit_group(connection: &mut Connection, group: &[Job]) -> rusqlite::Result<Vec<Answer>> {
    if group.is_empty() {
        return Ok(Vec::new());
    }
    let mut transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let answers = group
        .iter()
        .map(|job| commit_one(&mut transaction, &job.commit))
        .collect::<Result<_, _>>()?;
    transaction.commit()?;
    Ok(answers)
}

/// A commit that fails leaves nothing behind, and the others of its group alone. Some failures of the disk end the
/// whole transaction: then there is no savepoint to go back to, which is the outer error.
fn commit_one(transaction: &mut Transaction<'_>, commit: &Commit) -> rusqlite::Result<Answer> {
    let mut savepoint = transaction.savepoint()?;
    let answer = apply(&savepoint, commit);
    if answer.is_err() {
        savepoint.rollback()?;
    }
    savepoint.commit()?;
    Ok(answer)
}
