//! Makes rules of English sentences. The service does this with language models; here it is a few patterns, which always make
//! the same of the same text:
//!
//! - `If A, then B`, `When A, B`, `B if A`, `B unless A`: A implies B, or not A does.
//! - `Only A are B`: B implies A. Another sentence with a verb such as *must*, *may*, *is* or *has*: what is before the verb
//!   implies what is from there on.
//! - Conditions are taken apart at *and*, *with* and *who*.
//! - A part that compares (*at least 12 months*, *more than*, *up to*, *within 30 days*) is about a whole number, every other
//!   part is true or false. Its variable has the part's words as its name, without articles and verbs.
//! - `A is one of B, C or D`: a type with these values.

mod clause;
mod rule;
mod sentence;

pub(crate) use self::{
    clause::{Clause, clause, words},
    rule::{Extracted, extracted, rule},
    sentence::{Sentence, sentences},
};
