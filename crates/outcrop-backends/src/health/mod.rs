//! Which servers are worth asking first.
//!
//! Two things speak against a server: its last answers were failures ([`Circuit`]), or it does not
//! answer when asked for its health ([`poll`]). Neither refuses a request: what is unhealthy is only
//! asked after what is not.

mod circuit;
mod poll;

pub(crate) use circuit::{Circuit, Trial};
pub(crate) use poll::{Pulse, poll};
