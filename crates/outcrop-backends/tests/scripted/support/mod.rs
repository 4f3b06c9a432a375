//! A scripted server, and requests for it.

mod backend;
mod requests;

pub(crate) use backend::{Backend, Reply, Step};
pub(crate) use requests::{ask, embed, engine, events, patient, text, whole};
