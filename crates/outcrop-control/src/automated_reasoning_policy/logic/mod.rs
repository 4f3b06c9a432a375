//! The logic of policies: expressions of SMT-LIB over variables of three sorts, and a search for values that satisfy them.
//!
//! The search is exhaustive over values that matter: both truth values, all values of a type, and of numbers those at and next
//! to the numbers that the expressions name. What is found is a model; that nothing is found is a proof where expressions
//! compare numbers with constants, as the rules of policies mostly do.

mod english;
mod evaluate;
mod expression;
mod model;
mod parse;
mod solve;
mod theory;

pub(crate) use self::{
    english::english,
    expression::Expression,
    model::Model,
    parse::parse,
    solve::{Answer, satisfy},
    theory::{Fact, Theory},
};
