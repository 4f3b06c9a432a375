//! Writing batches where their configuration says.

use std::sync::Arc;

use bytes::Bytes;
use outcrop_objects::{Objects, ObjectsError, S3Uri, S3UriError};
use outcrop_telemetry::Metrics;
use tokio::{sync::Mutex, task::JoinError, time};

use super::{batches::Batch, cloud_watch, s3};
use crate::{
    DeliverySettings,
    queue::{Loss, Losses},
    record::{Facts, Rendered},
};

/// What writes, and where it counts.
#[derive(Debug)]
pub(crate) struct Writers {
    pub(super) objects: Objects,
    pub(super) settings: DeliverySettings,
    metrics: Arc<Metrics>,
    losses: Losses,
    /// Files of log streams are appended to one after the other.
    pub(super) log_groups: Mutex<()>,
}

/// Why something was not written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    #[error(transparent)]
    Objects(#[from] ObjectsError),
    #[error(transparent)]
    Uri(#[from] S3UriError),
    #[error("{0}")]
    File(String),
    #[error("it took longer than {0:?}")]
    Late(std::time::Duration),
    #[error("the work came down: {0}")]
    Down(#[from] JoinError),
}

impl Writers {
    pub(crate) fn new(
        objects: Objects,
        metrics: Arc<Metrics>,
        losses: Losses,
        settings: DeliverySettings,
    ) -> Self {
        Self {
            objects,
            settings,
            metrics,
            losses,
            log_groups: Mutex::new(()),
        }
    }

    /// Delivers a batch to each of its places, and counts what became of it.
    pub(crate) async fn deliver(self: Arc<Self>, batch: Batch) {
        let batch = Arc::new(batch);
        if batch.places.s3.is_some() {
            let done = s3::deliver(&self, &batch).await;
            self.told("s3", &batch, done);
        }
        if batch.places.cloud_watch.is_some() {
            let done = cloud_watch::deliver(&self, &batch).await;
            self.told("cloudwatch", &batch, done);
        }
    }

    fn told(&self, destination: &'static str, batch: &Batch, done: Result<(), WriteError>) {
        let records = batch.len();
        match done {
            Ok(()) => self
                .metrics
                .invocation_logs_delivered(destination, records as u64),
            Err(error) => {
                self.losses.note(Loss::DestinationFailed, records);
                tracing::warn!(
                    destination,
                    records,
                    account = &*batch.places.scope.account,
                    region = &*batch.places.scope.region,
                    %error,
                    "model invocation logs are lost: their destination does not take them"
                );
            }
        }
    }

    /// Writes an object, with one try.
    pub(crate) async fn put_once(&self, uri: &S3Uri, content: Bytes) -> Result<(), WriteError> {
        let deadline = self.settings.deadline;
        let put = time::timeout(deadline, self.objects.put(uri, content)).await;
        Ok(put.map_err(|_| WriteError::Late(deadline))??)
    }

    /// Tries a write within the bounds.
    pub(crate) async fn tried<F>(&self, write: impl Fn() -> F) -> Result<(), WriteError>
    where
        F: Future<Output = Result<(), WriteError>>,
    {
        let mut pause = self.settings.pause;
        let mut tries = 1;
        loop {
            let deadline = self.settings.deadline;
            let done = match time::timeout(deadline, write()).await {
                Ok(done) => done,
                Err(_) => Err(WriteError::Late(deadline)),
            };
            match done {
                Err(error) if tries < self.settings.tries => {
                    tracing::debug!(%error, tries, "a write of model invocation logs is tried again");
                }
                done => return done,
            }
            time::sleep(pause).await;
            pause *= 2;
            tries += 1;
        }
    }
}

/// Which place a batch is rendered for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    S3,
    CloudWatch,
}

/// The records of a batch for a place. Reading bodies and writing them again takes its time.
pub(super) async fn rendered(
    batch: &Arc<Batch>,
    place: Place,
) -> Result<Vec<Rendered>, WriteError> {
    let batch = Arc::clone(batch);
    let rendering = tokio::task::spawn_blocking(move || {
        let places = &batch.places;
        let large = match place {
            Place::S3 => places.s3.as_ref(),
            Place::CloudWatch => places
                .cloud_watch
                .as_ref()
                .and_then(|own| own.large.as_ref()),
        };
        let records = batch.invocations.iter();
        records
            .map(|invocation| Facts::of(invocation).render(large))
            .collect::<Result<_, _>>()
    });
    Ok(rendering.await??)
}
