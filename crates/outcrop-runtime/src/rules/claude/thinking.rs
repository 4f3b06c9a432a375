//! Extended thinking.

use outcrop_catalogue::ToolChoice;
use serde_json::Value;

use super::sampling::is_one;
use crate::rules::{
    Conversation,
    family::Version,
    refusal::{Checked, model_refuses},
    tool_config,
};

/// The first generation that thinks as it sees fit (quoted for Opus 4.6 and Sonnet 4.6; quoted that
/// Haiku 4.5 does not).
const ADAPTIVE: Version = Version(4, 6);

/// The first generation that does nothing else (quoted for Opus 4.7, 4.8 and 5).
const ADAPTIVE_ONLY: Version = Version(4, 7);

/// The fewest tokens to think with.
const MIN_BUDGET: i64 = 1024;

/// How a request asks for thinking.
enum Thinking {
    /// With a budget of tokens, where the request says one.
    Enabled(Option<i64>),
    Adaptive,
}

/// Rules of requests that ask for thinking.
pub(super) fn check(conversation: &Conversation<'_>, version: Option<Version>) -> Checked {
    let Some(thinking) = conversation.additional_model_request_fields.and_then(asked) else {
        return Ok(());
    };
    is_known_to_the_model(&thinking, version)?;
    leaves_the_temperature_alone(conversation)?;
    let Thinking::Enabled(budget) = thinking else {
        return Ok(());
    };
    if let Some(budget) = budget {
        budget_is_enough(budget)?;
        budget_is_within_the_limit(conversation, budget)?;
    }
    leaves_the_tool_choice_alone(conversation)
}

/// `thinking`, or `reasoning_config`, which the service takes too (recorded).
fn asked(fields: &Value) -> Option<Thinking> {
    let thinking = fields
        .get("thinking")
        .or_else(|| fields.get("reasoning_config"))?;
    match thinking.get("type")?.as_str()? {
        "enabled" => Some(Thinking::Enabled(
            thinking.get("budget_tokens").and_then(Value::as_i64),
        )),
        "adaptive" => Some(Thinking::Adaptive),
        _ => None,
    }
}

/// The model knows this way of thinking (quoted).
fn is_known_to_the_model(thinking: &Thinking, version: Option<Version>) -> Checked {
    match (thinking, version) {
        (Thinking::Enabled(_), Some(version)) if version >= ADAPTIVE_ONLY => model_refuses(
            "\"thinking.type.enabled\" is not supported for this model. Use \
             \"thinking.type.adaptive\" and \"output_config.effort\" to control thinking behavior.",
        ),
        (Thinking::Adaptive, Some(version)) if version < ADAPTIVE => {
            model_refuses("adaptive thinking is not supported on this model")
        }
        _ => Ok(()),
    }
}

/// The temperature is 1 or not there (quoted).
fn leaves_the_temperature_alone(conversation: &Conversation<'_>) -> Checked {
    let temperature = conversation
        .inference_config
        .and_then(|config| config.temperature);
    if temperature.is_some_and(|value| !is_one(value)) {
        return model_refuses(
            "`temperature` may only be set to 1 when thinking is enabled or in adaptive mode. Please \
             consult our documentation at https://docs.claude.com/en/docs/build-with-claude/\
             extended-thinking#important-considerations-when-using-extended-thinking",
        );
    }
    Ok(())
}

/// The budget is 1024 tokens at least (quoted).
fn budget_is_enough(budget: i64) -> Checked {
    if budget < MIN_BUDGET {
        return model_refuses(
            "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024",
        );
    }
    Ok(())
}

/// The budget leaves tokens for the answer (quoted), unless thinking and tool calls alternate.
fn budget_is_within_the_limit(conversation: &Conversation<'_>, budget: i64) -> Checked {
    let limit = conversation
        .inference_config
        .and_then(|config| config.max_tokens);
    let spent = limit.is_some_and(|limit| i64::from(limit) <= budget);
    if spent && !interleaves(conversation.additional_model_request_fields) {
        return model_refuses(
            "`max_tokens` must be greater than `thinking.budget_tokens`. Please consult our \
             documentation at https://docs.claude.com/en/docs/build-with-claude/\
             extended-thinking#max-tokens-and-context-window-size",
        );
    }
    Ok(())
}

fn interleaves(fields: Option<&Value>) -> bool {
    let betas = fields
        .and_then(|fields| fields.get("anthropic_beta"))
        .and_then(Value::as_array);
    betas
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .any(|beta| beta.starts_with("interleaved-thinking-"))
}

/// No tool is forced (quoted).
fn leaves_the_tool_choice_alone(conversation: &Conversation<'_>) -> Checked {
    match conversation.tool_config.and_then(tool_config::chosen) {
        Some(ToolChoice::Any | ToolChoice::Tool) => {
            model_refuses("Thinking may not be enabled when tool_choice forces tool use.")
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
