//! What a policy cannot have.

/// Why a policy cannot be compiled. Each names the regex of the policy by its name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// The pattern looks ahead or behind.
    #[error(
        "The pattern of the regex '{name}' uses look-around, which has no linear-time evaluation. Write it without (?=, (?!, (?<= and (?<!."
    )]
    LookAround {
        /// The regex.
        name: String,
    },
    /// The pattern refers to what it matched.
    #[error(
        "The pattern of the regex '{name}' uses a back-reference, which has no linear-time evaluation. Spell the repeated part out."
    )]
    BackReference {
        /// The regex.
        name: String,
    },
    /// The pattern is too long, too deeply nested, or compiles to too much.
    #[error(
        "The pattern of the regex '{name}' is too large. Use fewer or smaller repetitions, and at most 500 characters."
    )]
    TooLarge {
        /// The regex.
        name: String,
    },
    /// The pattern is none.
    #[error("The pattern of the regex '{name}' is not a regular expression: {reason}")]
    Syntax {
        /// The regex.
        name: String,
        /// What is wrong with it, in a line.
        reason: String,
    },
}
