//! Tool calls, and the turn that answers them.

use bedrock_runtime_smithy::model::{ContentBlock, ConversationRole};
use outcrop_catalogue::Model;

use super::{
    family,
    refusal::{Checked, refuse},
    turn::Turn,
};

/// Models to which tool results come alone (quoted for Llama and Mistral, measured for Writer).
const RESULTS_ALONE: &[&str] = &["meta.", "mistral.", "writer."];

/// Models whose tool calls come back alone (quoted).
const CALLS_ALONE: &[&str] = &["meta.", "mistral."];

/// What marks a tool that the service itself ran: its result is in the same turn (recorded).
const SERVER_TOOL_USE: &str = "server_tool_use";

/// Rules of a turn's tool blocks. `previous` is the turn before it.
pub(super) fn check(model: &Model, previous: Option<&Turn<'_>>, turn: &Turn<'_>) -> Checked {
    if turn.is_of(ConversationRole::User) {
        let results = results(turn);
        let calls = previous.map(calls).unwrap_or_default();
        if results.is_empty() && calls.is_empty() {
            return Ok(());
        }
        ids_are_distinct("toolResult", turn, &results)?;
        every_call_is_answered(turn, &calls, &results)?;
        nothing_else_is_answered(turn, &calls, &results)?;
        results_are_alone(model, turn, &results)
    } else {
        let calls = calls(turn);
        ids_are_distinct("toolUse", turn, &calls)?;
        calls_are_alone(model, turn, &calls)
    }
}

/// Ids of the calls that the client is to answer, in order.
fn calls<'a>(turn: &Turn<'a>) -> Vec<&'a str> {
    turn.blocks()
        .filter_map(|(_, block)| match block {
            ContentBlock::ToolUse(call) if call.r#type.as_deref() != Some(SERVER_TOOL_USE) => {
                Some(call.tool_use_id.as_str())
            }
            _ => None,
        })
        .collect()
}

/// Ids that the turn's results answer, sorted.
fn results<'a>(turn: &Turn<'a>) -> Vec<&'a str> {
    let mut ids: Vec<_> = turn
        .blocks()
        .filter_map(|(_, block)| match block {
            ContentBlock::ToolResult(result) => Some(result.tool_use_id.as_str()),
            _ => None,
        })
        .collect();
    ids.sort_unstable();
    ids
}

/// No id comes twice in a turn (quoted for calls and for results).
fn ids_are_distinct(kind: &str, turn: &Turn<'_>, ids: &[&str]) -> Checked {
    let mut sorted = ids.to_vec();
    sorted.sort_unstable();
    let mut twice: Vec<_> = sorted
        .windows(2)
        .filter(|pair| pair[0] == pair[1])
        .map(|pair| pair[0])
        .collect();
    twice.dedup();
    if twice.is_empty() {
        return Ok(());
    }
    refuse(format!(
        "The {kind} blocks at messages.{}.content contain duplicate Ids: {}",
        turn.first,
        twice.join(", ")
    ))
}

/// Each call of the turn before has its result in this one (quoted).
fn every_call_is_answered(turn: &Turn<'_>, calls: &[&str], results: &[&str]) -> Checked {
    let missing: Vec<_> = calls
        .iter()
        .copied()
        .filter(|call| results.binary_search(call).is_err())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    refuse(format!(
        "Expected toolResult blocks at messages.{}.content for the following Ids: {}",
        turn.first,
        missing.join(", ")
    ))
}

/// There are no more results than calls (quoted).
fn nothing_else_is_answered(turn: &Turn<'_>, calls: &[&str], results: &[&str]) -> Checked {
    if results.len() <= calls.len() {
        return Ok(());
    }
    refuse(format!(
        "The number of toolResult blocks at messages.{}.content exceeds the number of toolUse \
         blocks of previous turn.",
        turn.first
    ))
}

/// Results share their turn with nothing, for models that cannot take it (quoted).
fn results_are_alone(model: &Model, turn: &Turn<'_>, results: &[&str]) -> Checked {
    if results.is_empty() || !family::is_any(model, RESULTS_ALONE) {
        return Ok(());
    }
    let other = turn.blocks().any(|(_, block)| {
        !matches!(
            block,
            ContentBlock::ToolResult(_) | ContentBlock::CachePoint(_)
        )
    });
    if !other {
        return Ok(());
    }
    refuse(format!(
        "messages.{}.content: Conversation blocks and tool result blocks cannot be provided in the \
         same turn.",
        turn.first
    ))
}

/// Calls share their turn with no text, for models that cannot take it (quoted).
fn calls_are_alone(model: &Model, turn: &Turn<'_>, calls: &[&str]) -> Checked {
    if calls.is_empty() || !family::is_any(model, CALLS_ALONE) {
        return Ok(());
    }
    if !turn
        .blocks()
        .any(|(_, block)| matches!(block, ContentBlock::Text(_)))
    {
        return Ok(());
    }
    refuse(format!(
        "messages.{}.content: Conversation blocks and tool use blocks cannot be provided in the \
         same turn.",
        turn.first
    ))
}

#[cfg(test)]
mod tests;
