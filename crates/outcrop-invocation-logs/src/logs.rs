//! The part that sees invocations.

use std::sync::Arc;

use outcrop_catalogue::Catalogue;
use outcrop_control::Control;
use outcrop_objects::Objects;
use outcrop_store::Scope;
use outcrop_telemetry::Metrics;
use outcrop_wire::Current;

use crate::{
    Delivery, DeliverySettings, LogInvocations, Places,
    configurations::Configurations,
    delivery::Writers,
    queue::{Loss, Losses, Queue},
};

/// The logs of one server. Cheap to clone.
#[derive(Debug, Clone)]
pub struct InvocationLogs {
    pub(crate) shared: Arc<Shared>,
}

#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) queue: Queue,
    pub(crate) configurations: Configurations,
    pub(crate) writers: Arc<Writers>,
    losses: Losses,
}

impl InvocationLogs {
    /// Logs, and what delivers them. `objects` is what is behind `s3://` locations.
    #[must_use]
    pub fn new(
        objects: Objects,
        metrics: Arc<Metrics>,
        settings: DeliverySettings,
    ) -> (Self, Delivery) {
        let losses = Losses::new(Arc::clone(&metrics));
        let (queue, receiver) = Queue::new(settings.queue, losses.clone());
        let delay = settings.delay;
        let writers = Arc::new(Writers::new(objects, metrics, losses.clone(), settings));
        let shared = Shared {
            queue,
            configurations: Configurations::default(),
            writers: Arc::clone(&writers),
            losses: losses.clone(),
        };
        let logs = Self {
            shared: Arc::new(shared),
        };
        (logs, Delivery::new(receiver, writers, losses, delay))
    }

    /// The service of Bedrock Runtime with logs. `control` has the configurations.
    pub fn around<S>(
        &self,
        inner: S,
        control: impl Into<Current<Control>>,
        catalogue: impl Into<Current<Catalogue>>,
    ) -> LogInvocations<S> {
        LogInvocations::new(inner, self.clone(), control.into(), catalogue.into())
    }

    /// Where an account's invocations in a region are logged. A configuration that cannot be read logs nothing: that is counted and
    /// told, and the invocation goes on.
    pub(crate) async fn places(&self, control: &Control, scope: &Scope) -> Option<Arc<Places>> {
        let configurations = &self.shared.configurations;
        if let Some(found) = configurations.lately(scope) {
            return found;
        }
        let changes = configurations.changes();
        let found = match control.model_invocation_logging(scope).await {
            Ok(config) => config.map(|config| Places::of(scope, &config)),
            Err(error) => {
                tracing::warn!(%error, "an invocation is not logged: the logging configuration cannot be read");
                self.shared.losses.note(Loss::ConfigurationUnavailable, 1);
                return None;
            }
        };
        let found = found.and_then(|places| match places {
            Ok(places) => Some(Arc::new(places)),
            // It was checked when it was put, so it is another version's.
            Err(error) => {
                tracing::warn!(%error, "invocations are not logged: put the logging configuration again");
                None
            }
        });
        configurations.learn(scope, changes, found.clone());
        found
    }
}
