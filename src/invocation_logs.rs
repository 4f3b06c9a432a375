//! The logs of model invocations, and what delivers them.

use std::sync::Arc;

use outcrop_invocation_logs::{Delivery, DeliverySettings, InvocationLogs};
use outcrop_objects::Objects;
use outcrop_telemetry::Metrics;

use crate::{config::Settings, state::data_folder};

/// Logs that are delivered as the settings say.
pub(crate) fn invocation_logs(
    settings: &Settings,
    objects: Objects,
    metrics: Arc<Metrics>,
) -> (InvocationLogs, Delivery) {
    // Where the platform has no folder, the working directory's: most servers never need it.
    let root = settings
        .cloudwatch_root
        .clone()
        .unwrap_or_else(|| data_folder().unwrap_or_default().join("cloudwatch"));
    let delivery = DeliverySettings {
        delay: settings.invocation_log_delay.0,
        queue: settings.invocation_log_queue.0,
        cloud_watch_root: root,
        cloud_watch_limit: settings.cloudwatch_limit.0 as u64,
        ..DeliverySettings::default()
    };
    InvocationLogs::new(objects, metrics, delivery)
}
