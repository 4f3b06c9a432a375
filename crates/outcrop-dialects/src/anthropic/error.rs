//! Anthropic's sentences about what is not a matter of one member.
//!
//! The service passes them on without a prefix (recorded). Most are worded as answers of Anthropic's
//! own API are quoted in public; where a function says that its words are ours, only the refusal is
//! documented.

use crate::DialectError;

fn provider(text: impl Into<String>) -> DialectError {
    DialectError::Provider(text.into())
}

/// `anthropic_version` is none that the model knows.
pub(super) fn version(version: &str) -> DialectError {
    provider(format!("Invalid API version: {version}"))
}

/// From the second version of the API on. The words are ours.
pub(super) fn document_of_assistant(at: &str) -> DialectError {
    provider(format!(
        "{at}: `document` blocks are not permitted in assistant messages"
    ))
}

/// From the second version of the API on. The words are ours.
pub(super) fn citations_of_user(at: &str) -> DialectError {
    provider(format!(
        "{at}: `citations` are not permitted in user messages"
    ))
}

pub(super) fn no_messages() -> DialectError {
    provider("messages: at least one message is required")
}

pub(super) fn system_role() -> DialectError {
    provider(
        "messages: Unexpected role \"system\". The Messages API accepts a top-level `system` parameter, \
         not \"system\" as an input message role.",
    )
}

pub(super) fn empty_content(message: usize) -> DialectError {
    provider(format!(
        "messages.{message}: all messages must have non-empty content except for the optional final \
         assistant message"
    ))
}

/// `holder` is `messages` or `system`.
pub(super) fn empty_text(holder: &str) -> DialectError {
    provider(format!("{holder}: text content blocks must be non-empty"))
}

pub(super) fn trailing_whitespace() -> DialectError {
    provider("messages: final assistant content cannot end with trailing whitespace")
}

pub(super) fn missing_tool_results(message: usize, ids: &[&str]) -> DialectError {
    provider(format!(
        "messages.{message}: `tool_use` ids were found without `tool_result` blocks immediately after: {}. \
         Each `tool_use` block must have a corresponding `tool_result` block in the next message.",
        ids.join(", ")
    ))
}

pub(super) fn surplus_tool_result(message: usize, block: usize, id: &str) -> DialectError {
    provider(format!(
        "messages.{message}.content.{block}: unexpected `tool_use_id` found in `tool_result` blocks: {id}. \
         Each `tool_result` block must have a corresponding `tool_use` block in the previous message."
    ))
}

pub(super) fn too_many_cache_points(count: usize) -> DialectError {
    provider(format!(
        "A maximum of 4 blocks with cache_control may be provided. Found {count}."
    ))
}

pub(super) fn max_tokens(asked: i32, limit: u32, model: &str) -> DialectError {
    provider(format!(
        "max_tokens: {asked} > {limit}, which is the maximum allowed number of output tokens for {model}"
    ))
}

pub(super) fn thinking_budget() -> DialectError {
    provider(
        "`max_tokens` must be greater than `thinking.budget_tokens`. Please consult our documentation at \
         https://docs.claude.com/en/docs/build-with-claude/extended-thinking#max-tokens-and-context-window-size",
    )
}

pub(super) fn thinking_temperature() -> DialectError {
    provider(
        "`temperature` may only be set to 1 when thinking is enabled. Please consult our documentation at \
         https://docs.claude.com/en/docs/build-with-claude/extended-thinking#important-considerations-when-using-extended-thinking",
    )
}

pub(super) fn thinking_tool_choice() -> DialectError {
    provider("Thinking may not be enabled when tool_choice forces tool use.")
}

pub(super) fn tool_choice_without_tools() -> DialectError {
    provider("tool_choice may only be specified while providing tools")
}

pub(super) fn unknown_tool_choice(name: &str) -> DialectError {
    provider(format!("Tool '{name}' not found in provided tools"))
}

pub(super) fn repeated_tool() -> DialectError {
    provider("tools: Tool names must be unique.")
}
