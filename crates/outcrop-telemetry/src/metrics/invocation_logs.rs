//! What is counted of the delivery of model invocation logs.

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family},
    registry::Registry,
};

#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct DestinationLabels {
    destination: &'static str,
}

#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct ReasonLabels {
    reason: &'static str,
}

#[derive(Debug)]
pub(super) struct InvocationLogMetrics {
    delivered: Family<DestinationLabels, Counter>,
    lost: Family<ReasonLabels, Counter>,
}

impl InvocationLogMetrics {
    pub(super) fn new(registry: &mut Registry) -> Self {
        let made = Self {
            delivered: Family::default(),
            lost: Family::default(),
        };
        registry.register(
            "outcrop_invocation_logs_delivered",
            "Records of model invocations that were written",
            made.delivered.clone(),
        );
        registry.register(
            "outcrop_invocation_logs_lost",
            "Records of model invocations that were not written",
            made.lost.clone(),
        );
        made
    }

    pub(super) fn delivered(&self, destination: &'static str, records: u64) {
        let labels = DestinationLabels { destination };
        self.delivered.get_or_create_owned(&labels).inc_by(records);
    }

    pub(super) fn lost(&self, reason: &'static str, records: u64) {
        let labels = ReasonLabels { reason };
        self.lost.get_or_create_owned(&labels).inc_by(records);
    }
}
