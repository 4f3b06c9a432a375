//! Event-stream answers, frame by frame as the real service writes them.
//!
//! The generated code writes each event as one piece of body, with its headers in another order than the service's
//! (`:message-type` first, where the service has it last: 5385 of 5385 recorded frames). Streams are also guarded here:
//! silence, panics and the end of the server end them with an exception frame, which SDKs raise as a typed error, and not with a broken
//! connection.

mod body;
mod ending;
mod frame;
mod layer;

pub use self::{
    ending::Ending,
    layer::{EventStreamLayer, EventStreamService},
};
