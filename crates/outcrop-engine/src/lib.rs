//! The Engine trait, and the canned engine that answers without a model.

pub mod canned;
