//! What is behind the places that a configuration names.

use std::pin::Pin;

use bedrock_smithy::model::LoggingConfig;
use outcrop_store::Scope;

/// The answer of a check, to come.
type Checked<'a> = Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>>;

/// Delivers logs, and so knows whether it can.
pub trait LogDestinations: Send + Sync {
    /// Tries to write where the configuration says, in a bounded time. An error is what its caller reads: which place failed, and what
    /// to do about it.
    fn check<'a>(&'a self, scope: &'a Scope, config: &'a LoggingConfig) -> Checked<'a>;

    /// Told after a configuration was changed in this process: what was read before does not count any more.
    fn changed(&self);
}

/// Where nothing is delivered, so any place will do.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoLogDestinations;

impl LogDestinations for NoLogDestinations {
    fn check<'a>(&'a self, _: &'a Scope, _: &'a LoggingConfig) -> Checked<'a> {
        Box::pin(std::future::ready(Ok(())))
    }

    fn changed(&self) {}
}
