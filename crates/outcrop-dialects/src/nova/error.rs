//! The schema of a body, which refuses what breaks it.

use crate::schema::{INTEGER, Kind, TEXT, TEXTS, TOKENS, UNIT, optional, required};

pub(super) const BODY: Kind = Kind::Object(&[
    required("messages", Kind::List(&MESSAGE, 1, usize::MAX)),
    optional("schemaVersion", Kind::Word(&["messages-v1"])),
    optional("system", Kind::List(&SYSTEM, 0, usize::MAX)),
    optional("inferenceConfig", INFERENCE),
    optional("toolConfig", TOOLS),
    optional("reasoningConfig", REASONING_CONFIG),
    optional("additionalModelRequestFields", Kind::Any),
]);

const MESSAGE: Kind = Kind::Object(&[
    required("role", Kind::Word(&["user", "assistant"])),
    required("content", Kind::List(&CONTENT, 1, usize::MAX)),
]);

const CONTENT: Kind = Kind::Object(&[
    optional("text", TEXT),
    optional("image", IMAGE),
    optional("document", DOCUMENT),
    optional("video", VIDEO),
    optional("toolUse", TOOL_USE),
    optional("toolResult", TOOL_RESULT),
    optional("reasoningContent", REASONING),
    optional("cachePoint", CACHE_POINT),
]);

const REASONING: Kind = Kind::Object(&[
    optional(
        "reasoningText",
        Kind::Object(&[required("text", TEXT), optional("signature", TEXT)]),
    ),
    optional("redactedContent", TEXT),
]);

const SYSTEM: Kind = Kind::Object(&[optional("text", TEXT), optional("cachePoint", CACHE_POINT)]);

const CACHE_POINT: Kind = Kind::Object(&[
    required("type", Kind::Word(&["default"])),
    optional("ttl", Kind::Word(&["5m", "1h"])),
]);

const IMAGE: Kind = Kind::Object(&[
    required("format", Kind::Word(&["jpeg", "png", "gif", "webp"])),
    required("source", SOURCE),
]);

const DOCUMENT: Kind = Kind::Object(&[
    required(
        "format",
        Kind::Word(&[
            "csv", "doc", "docx", "html", "md", "pdf", "txt", "xls", "xlsx",
        ]),
    ),
    required("name", TEXT),
    required("source", SOURCE),
]);

const VIDEO: Kind = Kind::Object(&[
    required(
        "format",
        Kind::Word(&[
            "mkv", "mov", "mp4", "webm", "flv", "mpeg", "mpg", "wmv", "three_gp",
        ]),
    ),
    required("source", SOURCE),
]);

const SOURCE: Kind = Kind::Object(&[
    optional("bytes", TEXT),
    optional(
        "s3Location",
        Kind::Object(&[required("uri", TEXT), optional("bucketOwner", TEXT)]),
    ),
]);

const TOOL_USE: Kind = Kind::Object(&[
    required("toolUseId", TEXT),
    required("name", TEXT),
    required("input", Kind::Any),
    optional("type", TEXT),
]);

const TOOL_RESULT: Kind = Kind::Object(&[
    required("toolUseId", TEXT),
    required("content", Kind::List(&TOOL_RESULT_CONTENT, 0, usize::MAX)),
    optional("status", Kind::Word(&["success", "error"])),
    optional("type", TEXT),
]);

const TOOL_RESULT_CONTENT: Kind = Kind::Object(&[
    optional("text", TEXT),
    optional("json", Kind::Any),
    optional("image", IMAGE),
    optional("document", DOCUMENT),
    optional("video", VIDEO),
]);

const INFERENCE: Kind = Kind::Object(&[
    optional("maxTokens", TOKENS),
    optional("max_new_tokens", TOKENS),
    optional("temperature", UNIT),
    optional("topP", UNIT),
    optional("top_p", UNIT),
    optional("topK", INTEGER),
    optional("top_k", INTEGER),
    optional("stopSequences", TEXTS),
    optional("reasoningConfig", REASONING_CONFIG),
]);

const REASONING_CONFIG: Kind = Kind::Object(&[
    required("type", Kind::Word(&["enabled", "disabled"])),
    optional("maxReasoningEffort", Kind::Word(&["low", "medium", "high"])),
]);

const TOOLS: Kind = Kind::Object(&[
    required("tools", Kind::List(&TOOL, 1, usize::MAX)),
    optional(
        "toolChoice",
        Kind::Object(&[
            optional("auto", Kind::Any),
            optional("any", Kind::Any),
            optional("tool", CHOSEN),
        ]),
    ),
]);

const CHOSEN: Kind = Kind::Object(&[required("name", TEXT)]);

const TOOL: Kind = Kind::Object(&[
    optional(
        "toolSpec",
        Kind::Open(&[
            required("name", TEXT),
            optional("description", TEXT),
            required("inputSchema", Kind::Object(&[required("json", Kind::Any)])),
        ]),
    ),
    optional("systemTool", Kind::Object(&[required("name", TEXT)])),
    optional("cachePoint", CACHE_POINT),
]);
