//! What a service's model says about its input, read from the `constraints.json` of its generated crate.
//!
//! The table is parsed once, at startup. In full it is used on rejected requests only, to say what was wrong as the
//! service says it ([`crate::validate`]); on accepted requests only the few constraints that the generated code
//! ignores are looked at.

mod document;
mod pattern;
mod resolve;
mod shape;
mod table;

pub use self::table::{ConstraintTable, TableError};

pub(crate) use self::{
    pattern::Pattern,
    shape::{Constraints, Kind, Location, MapElements, Member, NumberKind, Shape},
    table::Operation,
};
