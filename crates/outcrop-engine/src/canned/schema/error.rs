//! Why there is no instance.

/// What is the matter with a schema. Clients read it in a `ValidationException`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SchemaError {
    /// A `$ref` leaves the schema. Nothing is fetched for a request.
    #[error("the JSON schema refers to {0:?} outside of itself; put what it refers to into $defs")]
    RemoteRef(String),
    /// A `$ref` leads nowhere.
    #[error("the JSON schema refers to {0:?}, which it does not define")]
    UnknownRef(String),
    /// A `pattern` is no regular expression, or one with look-around or back-references.
    #[error(
        "the pattern {0:?} of the JSON schema is not one that text can be made for; use it without look-around and back-references"
    )]
    Pattern(String),
    /// Constraints contradict each other, or nothing was found that meets them.
    #[error(
        "no value was found that satisfies the JSON schema; check its constraints for contradictions"
    )]
    Unsatisfiable,
    /// The search took too long, or the smallest instance is too large.
    #[error("the JSON schema is too complex or its smallest instance too large; simplify it")]
    TooComplex,
    /// Something stands where a schema should be.
    #[error("a JSON schema must be an object or a boolean")]
    NotASchema,
}

impl SchemaError {
    /// Whether trying another way is pointless.
    pub(super) fn is_final(&self) -> bool {
        matches!(self, Self::TooComplex)
    }
}
