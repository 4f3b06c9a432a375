//! Requests made from the constraint tables of the generated crates: valid ones, and ones with a single flaw.

pub mod breakage;
pub mod expectation;
pub mod malformed;
mod request;
mod site;
pub mod table;
mod text;
mod value;

use self::expectation::Expectation;
use crate::client::Outgoing;

/// One request and what has to come back.
#[derive(Debug)]
pub struct Case {
    /// The operation's name.
    pub operation: String,
    /// What is wrong with it: `too long`, `missing`.
    pub kind: &'static str,
    /// Where.
    pub path: String,
    /// The request.
    pub request: Outgoing,
    /// What has to come back.
    pub expectation: Expectation,
}
