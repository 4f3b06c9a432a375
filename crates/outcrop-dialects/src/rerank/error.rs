//! The schema of a body.

use crate::schema::{INTEGER, Kind, TEXT, TOKENS, optional, required};

pub(super) const BODY: Kind = Kind::Object(&[
    required("query", TEXT),
    required("documents", Kind::List(&Kind::Any, 1, 1000)),
    optional("top_n", Kind::Integer(1, i64::MAX)),
    optional("api_version", INTEGER),
    optional("max_tokens_per_doc", TOKENS),
    optional("max_chunks_per_doc", TOKENS),
    optional("return_documents", Kind::Boolean),
]);
