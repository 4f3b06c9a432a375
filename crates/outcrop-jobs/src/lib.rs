//! The work of jobs that really do something: batch inference and asynchronous invocations.
//!
//! A job is a record in the store. As long as it has work left, it has an entry in a queue, which is a record too, made in
//! the same commit. [`Jobs`] takes entries, a bounded number at once, and holds each under a lease: it writes its name and
//! a time into the entry, and renews both while it works. Every change goes through the entry's revision, so a worker
//! that has lost its lease cannot tell of anything any more, and of several servers only one works at a job.
//!
//! How far a job has come stands in the entry as well. What a crash leaves is taken up when the lease has run out, where
//! the last commit left it: what was acknowledged is not done again, and what was not is written over.

mod async_invoke;
mod batch;
mod halt;
mod held;
mod jobs;
mod lease;
mod parts;
mod patience;
mod run;
mod settings;
mod watched;

pub use jobs::Jobs;
pub use settings::JobSettings;
pub use watched::{Wakeups, WatchedStore};
