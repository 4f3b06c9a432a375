//! The schema of a body, which refuses what breaks it.

use crate::schema::{INTEGER, Kind, TEXT, TEXTS, TOKENS, UNIT, optional, required};

pub(super) const BODY: Kind = Kind::Object(&[
    required("message", TEXT),
    optional("chat_history", Kind::List(&TURN, 0, usize::MAX)),
    optional("preamble", TEXT),
    optional("documents", Kind::List(&Kind::Open(&[]), 0, usize::MAX)),
    optional("search_queries_only", Kind::Boolean),
    optional("max_tokens", TOKENS),
    optional("temperature", UNIT),
    // The upper bound is quoted in public, the lower one documented.
    optional("p", Kind::Number(0.01, 0.99)),
    optional("k", Kind::Number(0.0, 500.0)),
    optional(
        "prompt_truncation",
        Kind::Word(&["OFF", "AUTO_PRESERVE_ORDER"]),
    ),
    optional("frequency_penalty", UNIT),
    optional("presence_penalty", UNIT),
    optional("seed", INTEGER),
    optional("return_prompt", Kind::Boolean),
    optional("tools", Kind::List(&TOOL, 0, usize::MAX)),
    optional("tool_results", Kind::List(&RESULT, 0, usize::MAX)),
    optional("stop_sequences", TEXTS),
    optional("raw_prompting", Kind::Boolean),
]);

const TURN: Kind = Kind::Open(&[required("role", TEXT), optional("message", TEXT)]);

const TOOL: Kind = Kind::Open(&[required("name", TEXT), optional("description", TEXT)]);

const RESULT: Kind = Kind::Open(&[
    required(
        "call",
        Kind::Open(&[
            required("name", TEXT),
            required("parameters", Kind::Open(&[])),
        ]),
    ),
    required("outputs", Kind::List(&Kind::Open(&[]), 0, usize::MAX)),
]);
