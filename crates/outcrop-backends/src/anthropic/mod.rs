//! Anthropic's messages, as it has them itself and as the servers that are compatible have them. Pure.

mod citation;
mod content;
mod event;
mod members;
mod message;
mod native;
mod request;
mod response_fields;
mod stream;
mod tool;
mod usage;

pub(crate) use request::{MessagesRequest, messages};
pub(crate) use stream::{Expectations, MessageStream};
