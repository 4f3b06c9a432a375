//! Why a server view could not be made.

use thiserror::Error;

/// An assumption about the official model, or an entry of `model/`, that no longer holds. Each names its shape.
#[derive(Debug, Error)]
pub enum PrepareError {
    /// An addition that the official model has caught up with.
    #[error("{what}: the official model has it now; remove it from {file}")]
    Gained {
        /// The shape or member.
        what: String,
        /// The file that it is about.
        file: String,
    },
    /// An entry of `model/` that speaks of something the official model has not (any more).
    #[error(
        "{what}: {file} speaks of it, but the model has no such {expected}; rename or remove the entry"
    )]
    Missing {
        /// The shape or member.
        what: String,
        /// The file that it is about.
        file: String,
        /// What it should be.
        expected: &'static str,
    },
    /// A constraint that the official model has changed since an entry of `model/` was written.
    #[error(
        "{what}: {file} has another constraint as the official one than {found}, which the model has; look at the evidence again"
    )]
    Changed {
        /// The shape or member.
        what: String,
        /// The file that it is about.
        file: String,
        /// The model's constraint, as JSON.
        found: String,
    },
    /// A shape that does not look as a transformation needs it to.
    #[error("{shape}: {problem}; the transformation `{transformation}` has to learn about it")]
    Unexpected {
        /// The shape or member.
        shape: String,
        /// What is wrong with it.
        problem: String,
        /// The transformation that cannot go on.
        transformation: &'static str,
    },
    /// A pattern that the generated code could not compile.
    #[error("{shape}: its pattern is not one that the generated code can compile: {reason}")]
    Pattern {
        /// The shape or member.
        shape: String,
        /// What the regular expression engine said.
        reason: String,
    },
    /// A name that a transformation needs for a new shape, but that the model uses.
    #[error(
        "{shape}: the model already has this shape, which the transformation `{transformation}` wants to add"
    )]
    NameTaken {
        /// The shape or member.
        shape: String,
        /// The transformation that cannot go on.
        transformation: &'static str,
    },
}
