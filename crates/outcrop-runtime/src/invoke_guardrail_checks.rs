//! `InvokeGuardrailChecks`: scores without a guardrail.

use std::sync::Arc;

use bedrock_runtime_smithy::model::GuardrailChecksContentBlock;
use bedrock_runtime_smithy::{
    error::{InvokeGuardrailChecksError, ServiceUnavailableException},
    input::InvokeGuardrailChecksInput,
    output::InvokeGuardrailChecksOutput,
};
use outcrop_engine::EngineError;
use outcrop_guardrails::{
    category, check,
    policy::{Confidence, FilterType},
};

use crate::{Judges, Runtime, context::Context};

pub(crate) async fn invoke_guardrail_checks(
    runtime: Arc<Runtime>,
    input: InvokeGuardrailChecksInput,
    _context: Context,
) -> Result<InvokeGuardrailChecksOutput, InvokeGuardrailChecksError> {
    let overrides = runtime.overrides.load_full();
    let judged = match &overrides.judges {
        Some(judges) => {
            let asked = judged(judges, &input).await;
            asked.map_err(|error| without_verdict(&error))?
        }
        None => Vec::new(),
    };
    let (results, usage) = check(&input.messages, &input.checks, &judged);
    Ok(InvokeGuardrailChecksOutput { results, usage })
}

/// The operation has no errors of models.
fn without_verdict(error: &EngineError) -> ServiceUnavailableException {
    ServiceUnavailableException {
        message: Some(error.to_string()),
    }
}

/// What the judge of content filters says of the categories that are asked for.
async fn judged(
    judges: &Judges,
    input: &InvokeGuardrailChecksInput,
) -> Result<Vec<(FilterType, Confidence)>, EngineError> {
    let Some(filters) = &input.checks.content_filter else {
        return Ok(Vec::new());
    };
    let categories: Vec<FilterType> = filters
        .categories
        .iter()
        .map(|config| category(config.category))
        .collect();
    let blocks = input.messages.iter().flat_map(|message| &message.content);
    let texts: Vec<&str> = blocks
        .map(|GuardrailChecksContentBlock::Text(text)| text.as_str())
        .collect();
    judges.categories(&categories, &texts).await
}
