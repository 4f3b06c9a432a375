//! The answer to one conversation, as events.

mod citation;
mod output_format;
mod plan;
mod prompted_format;
mod reasoning;
mod response_fields;
mod script;

use bedrock_runtime_smithy::model::{
    ConverseStreamMetadataEvent, ConverseStreamMetrics, StreamServiceTier,
};

use self::{plan::Step, script::Script};
use super::{
    cache::PromptCache,
    family::{Family, minimum_cached_tokens},
    ids,
    reading::Reading,
    text,
    usage::usage,
};
use crate::{ConverseRequest, EngineError, StreamEvent};

/// Answers take less than a millisecond. They say so with a constant, because the same request gets the same bytes.
const LATENCY_MS: i64 = 1;

/// All events of the answer to `request`.
pub(super) fn answer(
    request: &ConverseRequest,
    cache: &PromptCache,
) -> Result<Vec<StreamEvent>, EngineError> {
    let reading = Reading::of(request)?;
    check_length(request, reading.input_tokens)?;
    reasoning::check(request)?;
    let step = plan::step(request, &reading)?;
    let cached = match &reading.prefix {
        Some(prefix) => {
            let usage = cache.account(prefix, minimum_cached_tokens(&request.model));
            Some(usage.map_err(|error| EngineError::ModelValidation(error.to_string()))?)
        }
        None => None,
    };
    let family = Family::of(&request.model);
    let mut script = Script::new(family, request);
    if reasoning::wanted(request) {
        script.reasoning(&text::reasoning(&reading.prompt, &step.describe()));
    }
    match step {
        Step::Say(text) => script.text(text),
        Step::Call(calls) => {
            for (index, call) in calls.into_iter().enumerate() {
                script.call(ids::tool_use(reading.seed, index as u64), call);
            }
        }
    }
    let usage = usage(reading.input_tokens, script.output_tokens(), cached);
    Ok(script.finish(ConverseStreamMetadataEvent {
        metrics: Some(ConverseStreamMetrics {
            latency_ms: Some(LATENCY_MS),
        }),
        p: None,
        performance_config: request.performance_config.clone(),
        service_tier: request
            .service_tier
            .map(|tier| StreamServiceTier { r#type: Some(tier) }),
        trace: None,
        usage: Some(usage),
    }))
}

/// Refuses what is longer than the model's context, in the words of its provider.
fn check_length(request: &ConverseRequest, tokens: u64) -> Result<(), EngineError> {
    let Some(most) = request
        .model
        .capabilities
        .context_window
        .filter(|most| tokens > u64::from(*most))
    else {
        return Ok(());
    };
    Err(EngineError::ModelValidation(
        if Family::of(&request.model).is_claude() {
            format!("prompt is too long: {tokens} tokens > {most} maximum")
        } else {
            "Input Tokens Exceeded: Number of input tokens exceeds maximum length. Please update the input to try again."
            .to_owned()
        },
    ))
}

#[cfg(test)]
mod tests;
