//! Layers around a generated service: what the real service does on the wire and the generated code does not.
//!
//! [`stack()`] puts everything together, top to bottom. Each layer is one module:
//!
//! | layer | what it does |
//! |---|---|
//! | [`request_id`] | `x-amzn-RequestId` |
//! | [`answer_headers`] | `Content-Length`, `Connection` |
//! | [`envelope`] | one form for every error |
//! | [`in_flight`] | overload is refused |
//! | [`deadline`] | answers begin in time |
//! | [`panic`] | a panic is one failed request |
//! | [`caller`] | account and region |
//! | [`route`] | the operation; base paths and raw ARNs |
//! | [`negotiate`] | `Content-Type`, `Accept` |
//! | [`collect`] | the body, limited and kept |
//! | [`validate`] | constraints, in the service's words |
//! | [`event_stream`] | frames as the service writes them |
//! | [`member_order`] | documents in a fixed order, members that are told as null |
//! | [`dispatch`] | the generated service |
//!
//! The crate knows HTTP and the conventions of AWS. What it knows of a service it reads from the [`ConstraintTable`]
//! that is generated with it; it knows no handlers.

pub mod answer_headers;
pub mod caller;
pub mod collect;
mod constraint;
mod current;
pub mod deadline;
pub mod dispatch;
pub mod envelope;
mod error;
pub mod event_stream;
mod handler_mark;
mod held;
pub mod in_flight;
mod limits;
pub mod member_order;
pub mod negotiate;
mod off_executor;
mod padding;
pub mod panic;
pub mod request_id;
pub mod route;
mod stack;
pub mod validate;

#[cfg(test)]
mod testing;

pub use self::{
    caller::{Caller, DEFAULT_ACCOUNT},
    collect::RawBody,
    constraint::{ConstraintTable, TableError},
    current::Current,
    error::WireError,
    event_stream::Ending,
    handler_mark::{HandlerMark, HandlerMarkLayer, model_plugins},
    limits::{Limits, MAX_BODY_BYTES},
    member_order::NullMembers,
    off_executor::{is_large, off_executor},
    padding::{padding, padding_seed},
    request_id::RequestId,
    route::{OperationName, RawTarget, RouteTable, ServiceRoutes},
    stack::{StackSettings, stack},
};
