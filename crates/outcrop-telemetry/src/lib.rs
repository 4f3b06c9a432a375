//! What is measured of requests and inferences, and how Prometheus is told.
//!
//! [`ObservedEngine`] stands before an engine and notes in the request's
//! [`Observation`](outcrop_engine::Observation) what was asked and what came. Once the request is
//! over, whoever opened the observation hands it to [`Metrics`] as a [`Finished`] request.
//!
//! Names, units and buckets are those of `OpenTelemetry`'s semantic conventions for HTTP servers and
//! generative AI, spelled as Prometheus spells them. Every label has a bounded set of values.

mod finished;
mod metrics;
mod observed;

pub use finished::{Finished, Inference, PROVIDER, operation_name};
pub use metrics::{CONTENT_TYPE, Metrics, boundaries};
pub use observed::ObservedEngine;
