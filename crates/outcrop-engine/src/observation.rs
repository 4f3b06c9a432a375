//! What is seen of an inference while it is answered, for the log and the metrics.
//!
//! Whoever watches a request opens an [`Observation`] around it; whoever answers notes in it what
//! only they know. Nothing of a prompt or an answer belongs in it.

use std::{
    borrow::Cow,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use outcrop_catalogue::Model;
use tokio::task::futures::TaskLocalFuture;

tokio::task_local! {
    static CURRENT: Arc<Observation>;
}

/// A future that runs within an observation.
pub type Observed<F> = TaskLocalFuture<Arc<Observation>, F>;

/// What is known of one request's inference so far. Requests without one leave it empty.
#[derive(Debug, Default)]
pub struct Observation {
    /// The request's trace context as W3C's `traceparent`, for those who call further servers.
    pub traceparent: Option<Box<str>>,
    seen: Mutex<Seen>,
}

/// What is known of one request's inference.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// What was asked of the engine, in `OpenTelemetry`'s words: `chat`, `embeddings`, …
    pub operation: Option<&'static str>,
    /// The model that was asked.
    pub model: Option<Arc<Model>>,
    /// What answers: `canned`, or a backend's name.
    pub backend: Option<Cow<'static, str>>,
    /// The model that answers, as the backend calls it.
    pub response_model: Option<Arc<str>>,
    /// When the engine was asked.
    pub asked: Option<Instant>,
    /// When the first piece of the answer's content was there.
    pub first_token: Option<Instant>,
    /// When the last one was.
    pub last_token: Option<Instant>,
    /// When the engine was done.
    pub done: Option<Instant>,
    /// Tokens that the request had, cached ones aside.
    pub input_tokens: Option<u64>,
    /// Tokens that the answer had.
    pub output_tokens: Option<u64>,
    /// Tokens that were read from the prompt cache.
    pub cache_read_tokens: Option<u64>,
    /// Tokens that were written to the prompt cache.
    pub cache_write_tokens: Option<u64>,
    /// Why the answer ended, as the service says it: `end_turn`, …
    pub stop_reason: Option<String>,
}

impl Observation {
    /// An observation that has seen nothing.
    #[must_use]
    pub fn new(traceparent: Option<Box<str>>) -> Arc<Self> {
        Arc::new(Self {
            traceparent,
            seen: Mutex::default(),
        })
    }

    /// The observation that this task runs in.
    #[must_use]
    pub fn current() -> Option<Arc<Self>> {
        CURRENT.try_with(Arc::clone).ok()
    }

    /// What has been seen.
    pub fn seen(&self) -> MutexGuard<'_, Seen> {
        // Each note is complete in itself, so nothing is half done after a panic.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a call within this observation.
    pub fn within<T>(self: &Arc<Self>, call: impl FnOnce() -> T) -> T {
        CURRENT.sync_scope(Arc::clone(self), call)
    }

    /// Runs a future within this observation.
    pub fn around<F: Future>(self: &Arc<Self>, future: F) -> Observed<F> {
        CURRENT.scope(Arc::clone(self), future)
    }
}

/// Notes who answers the request of this task: a backend's name, and the model as it calls it.
/// The last note counts, so that whoever tries one backend after the other notes each.
pub fn answered_by(backend: impl Into<Cow<'static, str>>, model: Option<&str>) {
    let _ = CURRENT.try_with(|current| {
        let mut seen = current.seen();
        seen.backend = Some(backend.into());
        seen.response_model = model.map(Arc::from);
    });
}

/// Keeps work in the observation of this task when it moves to another task.
pub async fn carried<F: Future>(current: Option<Arc<Observation>>, work: F) -> F::Output {
    match current {
        Some(current) => current.around(work).await,
        None => work.await,
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn notes_reach_the_observation_of_their_task() {
        answered_by("canned", None);
        let observation = Observation::new(None);
        let work = async {
            let current = Observation::current();
            carried(current, async { answered_by("canned", Some("m")) }).await;
        };
        observation.around(work).now_or_never();
        let seen = observation.seen().clone();
        assert_eq!(seen.backend.as_deref(), Some("canned"));
        assert_eq!(seen.response_model.as_deref(), Some("m"));
        assert!(Observation::current().is_none());
    }
}
