//! What is wrong with a request, in the service's words.
//!
//! The generated code enforces the constraints of the model, but its messages name the first violation only and in
//! another form than the service's. So on a rejection, and only then, the constraint table is walked over the raw
//! request and every violation is told as the service tells it:
//!
//! `2 validation errors detected: Value '0' at 'inferenceConfig.maxTokens' failed to satisfy constraint: Member must
//! have value greater than or equal to 1; Value null at 'messages.1.member.role' failed to satisfy constraint: Member
//! must not be null`
//!
//! On accepted requests one cheap pass over the body finds what the generated code would let through or break on: the
//! constraints it ignores (`plan`), and nesting so deep that its recursion would exhaust the stack (`scan`).
//!
//! `walk` is the table walked over a request, `message` the wording, `prune` a second try without members that the model
//! does not know, and `service` the layer that puts these together.

mod kept;
mod message;
mod plan;
mod prune;
mod scan;
mod service;
mod walk;

pub use self::service::{ValidateLayer, ValidateService};

pub(crate) use self::{
    plan::Plan,
    walk::{payload_too_large, reaches_union},
};
