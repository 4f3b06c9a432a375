//! A scripted server, and requests for it.

mod backend;
mod claude;
mod native;
mod requests;

pub(crate) use backend::{Backend, Reply, Step};
pub(crate) use claude::{Claude, claude};
pub(crate) use native::{invoke, streamed};
pub(crate) use requests::{ask, caller, embed, engine, events, patient, text, whole};
