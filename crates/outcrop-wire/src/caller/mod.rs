//! Who calls, as far as the credentials say: account and region of the credential scope.
//!
//! Nothing is verified here. An access key id of twelve digits names its account, as do long-term Bedrock API keys;
//! other callers share one account.

mod credential;
mod layer;

pub use self::layer::{CallerLayer, CallerService};

use std::sync::Arc;

/// The account of callers whose credentials name none.
pub const DEFAULT_ACCOUNT: &str = "000000000000";

/// Request extension: the account and region that a request is for. ARNs are made of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Twelve digits.
    pub account: Arc<str>,
    /// For example `us-east-1`.
    pub region: Arc<str>,
    /// Whether the credentials name the region. Long-term Bedrock API keys name none: their region is that of the host
    /// that they are sent to, which says nothing here.
    pub region_known: bool,
}

impl Caller {
    /// The region that the credentials name. What is only to be had in certain regions is not withheld without one.
    #[must_use]
    pub fn known_region(&self) -> Option<&str> {
        self.region_known.then_some(&*self.region)
    }
}
