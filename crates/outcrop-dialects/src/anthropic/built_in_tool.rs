//! Tools whose schema Anthropic knows: the body names their version only.
//!
//! An engine sees them as tools like others, with the schema that Anthropic documents; the body's own
//! words are kept in the additional fields.

use bedrock_runtime_smithy::model::{ToolInputSchema, ToolSpecification};
use outcrop_engine::document;
use serde_json::{Value, json};

use super::fields::Object;
use crate::DialectError;

struct BuiltIn {
    /// `type` without its date.
    prefix: &'static str,
    name: &'static str,
    schema: fn() -> Value,
    /// How the flag begins that it is behind (documented); empty where there is none.
    flag: &'static str,
}

const BUILT_IN: &[BuiltIn] = &[
    BuiltIn {
        prefix: "bash_",
        name: "bash",
        schema: bash,
        flag: "",
    },
    BuiltIn {
        prefix: "computer_",
        name: "computer",
        schema: computer,
        flag: "computer-use",
    },
    BuiltIn {
        prefix: "memory_",
        name: "memory",
        schema: memory,
        flag: "context-management-",
    },
    BuiltIn {
        prefix: "text_editor_",
        name: "str_replace_based_edit_tool",
        schema: text_editor,
        flag: "",
    },
    BuiltIn {
        prefix: "tool_search_tool_bm25",
        name: "tool_search_tool_bm25",
        schema: search,
        flag: "tool-search-tool-",
    },
    BuiltIn {
        prefix: "tool_search_tool_regex",
        name: "tool_search_tool_regex",
        schema: search,
        flag: "tool-search-tool-",
    },
];

/// What the service listed in its refusals (recorded); others are behind flags.
const EXPECTED: &[&str] = &["bash_20250124", "custom", "text_editor_20250124"];

/// The same since memory and tool search need no flag (quoted for Sonnet 4.6).
const EXPECTED_LATER: &[&str] = &[
    "bash_20250124",
    "custom",
    "memory_20250818",
    "text_editor_20250124",
    "text_editor_20250429",
    "text_editor_20250728",
    "tool_search_tool_bm25",
    "tool_search_tool_bm25_20251119",
    "tool_search_tool_regex",
    "tool_search_tool_regex_20251119",
];

/// The first models that need no flag for memory and tool search.
const WITHOUT_FLAGS: (u32, u32) = (4, 6);

/// `version` is the model's, and `has_flag` tells whether the body has a flag that begins so.
pub(super) fn read(
    tool: &Object<'_>,
    r#type: &str,
    version: Option<(u32, u32)>,
    has_flag: impl Fn(&str) -> bool,
) -> Result<ToolSpecification, DialectError> {
    let later = version >= Some(WITHOUT_FLAGS);
    let known = BUILT_IN
        .iter()
        .find(|known| r#type.starts_with(known.prefix));
    let known = known.filter(|known| {
        let free = known.flag.is_empty() || (later && known.name != "computer");
        free || has_flag(known.flag)
    });
    let expected = if later { EXPECTED_LATER } else { EXPECTED };
    let known = known.ok_or_else(|| tool.unknown_variant(r#type, expected))?;
    if known.name == "computer" {
        let screen = tool.clone().named(r#type);
        for side in ["display_width_px", "display_height_px"] {
            screen.required(side)?.integer(1)?;
        }
    }
    let name = tool.map("name", |name| name.string().map(str::to_owned))?;
    Ok(ToolSpecification {
        description: None,
        input_schema: ToolInputSchema::Json(document::to_document(&(known.schema)())),
        name: name.unwrap_or_else(|| known.name.to_owned()),
        strict: None,
    })
}

fn bash() -> Value {
    json!({
        "type": "object",
        "properties": {"command": {"type": "string"}, "restart": {"type": "boolean"}},
        "required": ["command"],
    })
}

fn computer() -> Value {
    let actions = [
        "screenshot",
        "left_click",
        "right_click",
        "double_click",
        "mouse_move",
        "type",
        "key",
        "wait",
    ];
    json!({
        "type": "object",
        "properties": {
            "action": {"type": "string", "enum": actions},
            "coordinate": {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2},
            "text": {"type": "string"},
        },
        "required": ["action"],
    })
}

fn memory() -> Value {
    let commands = [
        "view",
        "create",
        "str_replace",
        "insert",
        "delete",
        "rename",
    ];
    json!({
        "type": "object",
        "properties": {"command": {"type": "string", "enum": commands}, "path": {"type": "string"}},
        "required": ["command", "path"],
    })
}

fn text_editor() -> Value {
    json!({
        "type": "object",
        "properties": {
            "command": {"type": "string", "enum": ["view", "create", "str_replace", "insert"]},
            "path": {"type": "string"},
            "file_text": {"type": "string"},
            "old_str": {"type": "string"},
            "new_str": {"type": "string"},
        },
        "required": ["command", "path"],
    })
}

fn search() -> Value {
    json!({"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]})
}
