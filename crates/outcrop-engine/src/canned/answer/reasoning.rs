//! Reasoning: whether a request asks for it, and whether what it sends back is what was said.

use bedrock_runtime_smithy::model::{ContentBlock, Message, ReasoningContentBlock, ToolChoice};
use outcrop_catalogue::Reasoning;
use serde_json::Value;

use crate::{
    ConverseRequest, EngineError,
    canned::{
        family::Family,
        signature::{Verdict, verify},
    },
};

/// The members of `additionalModelRequestFields` by which families of models turn reasoning on.
const SWITCHES: [&str; 4] = [
    "thinking",
    "reasoning_config",
    "reasoningConfig",
    "reasoning_effort",
];

/// Whether the answer shows its reasoning.
pub(super) fn wanted(request: &ConverseRequest) -> bool {
    match request.model.capabilities.reasoning {
        Reasoning::None => false,
        Reasoning::Always => true,
        Reasoning::Optional => asked(request) && !began_without(&request.messages),
    }
}

/// Whether results of tools come back whose call was not preceded by its reasoning. A turn is reasoned through from its
/// beginning or not at all: the service answers such a request without reasoning (documented by Anthropic).
fn began_without(messages: &[Message]) -> bool {
    let [.., answer, results] = messages else {
        return false;
    };
    let open = results
        .content
        .iter()
        .any(|block| matches!(block, ContentBlock::ToolResult(_)));
    let first = answer.content.first();
    open && matches!(
        first,
        Some(ContentBlock::Text(_) | ContentBlock::ToolUse(_))
    )
}

fn asked(request: &ConverseRequest) -> bool {
    let Some(fields) = &request.additional_model_request_fields else {
        return false;
    };
    SWITCHES
        .iter()
        .filter_map(|name| fields.get(name))
        .any(|switch| {
            let state = switch.get("type").unwrap_or(switch);
            match state {
                Value::Bool(on) => *on,
                Value::String(state) => !matches!(state.as_str(), "disabled" | "none" | "off"),
                _ => false,
            }
        })
}

/// Refuses what Claude refuses, in its words.
pub(super) fn check(request: &ConverseRequest) -> Result<(), EngineError> {
    if !Family::of(&request.model).is_claude() {
        return Ok(());
    }
    let choice = request
        .tool_config
        .as_ref()
        .and_then(|config| config.tool_choice.as_ref());
    if matches!(choice, Some(ToolChoice::Any(_) | ToolChoice::Tool(_))) && wanted(request) {
        let message = "Thinking may not be enabled when tool_choice forces tool use.";
        return Err(EngineError::ModelValidation(message.to_owned()));
    }
    for (turn, message) in request.messages.iter().enumerate() {
        for (index, block) in message.content.iter().enumerate() {
            if let ContentBlock::ReasoningContent(ReasoningContentBlock::ReasoningText(reasoning)) =
                block
                && let Some(signature) = &reasoning.signature
                && verify(&reasoning.text, signature) == Verdict::Invalid
            {
                return Err(EngineError::ModelValidation(format!(
                    "messages.{turn}.content.{index}: Invalid `signature` in `thinking` block"
                )));
            }
        }
    }
    Ok(())
}
