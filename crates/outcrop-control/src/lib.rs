//! Handlers of Amazon Bedrock's control plane: one folder per resource, one file per operation.
//!
//! What a request names is looked up in the catalogue, as the account and region that ask see it.

mod control;
mod error;
mod foundation_model;
mod inference_profile;
mod page;
mod service;

#[cfg(test)]
mod testing;

pub use control::Control;
pub use service::{SERVED, service};
