//! The schemas of the bodies.

use crate::schema::{Kind, Member, TEXT, TOKENS, optional, required};

const QUERY: Member = required("query", Kind::String(1, usize::MAX));
const DOCUMENTS: Member = required("documents", Kind::List(&Kind::Any, 1, 1000));
const TOP_N: Member = optional("top_n", Kind::Integer(1, i64::MAX));

/// Cohere's. Seen in public: `#: required key [api_version] not found`, and
/// `#/api_version: 1 is not greater or equal to 2`.
pub(super) const COHERE: Kind = Kind::Object(&[
    QUERY,
    DOCUMENTS,
    required("api_version", Kind::Integer(2, i64::MAX)),
    TOP_N,
    optional("max_tokens_per_doc", TOKENS),
    optional("rank_fields", Kind::List(&TEXT, 1, usize::MAX)),
    optional("return_documents", Kind::Boolean),
]);

/// Amazon's.
pub(super) const AMAZON: Kind = Kind::Object(&[
    QUERY,
    DOCUMENTS,
    TOP_N,
    optional("api_version", Kind::Integer(1, i64::MAX)),
]);
