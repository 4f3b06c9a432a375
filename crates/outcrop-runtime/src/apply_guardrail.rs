//! `ApplyGuardrail`: an assessment without a model.

use std::{sync::Arc, time::Instant};

use bedrock_runtime_smithy::{
    error::ApplyGuardrailError,
    input::ApplyGuardrailInput,
    model::{
        GuardrailContentBlock, GuardrailContentQualifier, GuardrailContentSource,
        GuardrailImageSource, GuardrailOrigin, GuardrailOutputScope,
    },
    output::ApplyGuardrailOutput,
};
use outcrop_engine::EngineError;
use outcrop_guardrails::{Content, Direction, Image, Intervention, Outcome, Qualifier, Scope};

use crate::{
    Runtime,
    context::Context,
    error::Failure,
    guardrail::{Overrides, Ready, no_such_guardrail},
};

pub(crate) async fn apply_guardrail(
    runtime: Arc<Runtime>,
    input: ApplyGuardrailInput,
    context: Context,
) -> Result<ApplyGuardrailOutput, ApplyGuardrailError> {
    let (identifier, version) = (&input.guardrail_identifier, &input.guardrail_version);
    let found = runtime
        .guardrails
        .find(&context.caller, identifier, version);
    let ready = found.await.map_err(Failure)?;
    let ready = ready.ok_or_else(|| Failure(no_such_guardrail()))?;
    let started = Instant::now();
    let overrides = runtime.overrides.load_full();
    let outcome = assess(&overrides, &ready, &input).await.map_err(Failure)?;
    let latency = i64::try_from(started.elapsed().as_millis()).unwrap_or(i64::MAX);
    let details = ready.details(&context.caller, &[GuardrailOrigin::Request]);
    Ok(output(outcome.with(latency, Some(details))))
}

async fn assess(
    overrides: &Overrides,
    ready: &Ready,
    input: &ApplyGuardrailInput,
) -> Result<Outcome, EngineError> {
    let qualifiers: Vec<Vec<Qualifier>> = input.content.iter().map(qualifiers).collect();
    let content: Vec<_> = input
        .content
        .iter()
        .zip(&qualifiers)
        .map(|(block, qualifiers)| content(block, qualifiers))
        .collect();
    let direction = match input.source {
        GuardrailContentSource::Input => Direction::Input,
        GuardrailContentSource::Output => Direction::Output,
    };
    let scope = match input.output_scope {
        Some(GuardrailOutputScope::Full) => Scope::Full,
        Some(GuardrailOutputScope::Interventions) | None => Scope::Interventions,
    };
    let said = said(input);
    let assessed = overrides.assess(ready, direction, &content, scope, &said);
    assessed.await
}

/// All texts, a line break between them.
fn said(input: &ApplyGuardrailInput) -> String {
    let texts = input.content.iter().filter_map(|block| match block {
        GuardrailContentBlock::Text(block) => Some(block.text.as_str()),
        GuardrailContentBlock::Image(_) => None,
    });
    let texts: Vec<_> = texts.collect();
    texts.join("\n")
}

fn qualifiers(block: &GuardrailContentBlock) -> Vec<Qualifier> {
    let GuardrailContentBlock::Text(block) = block else {
        return Vec::new();
    };
    let qualifiers = block.qualifiers.iter().flatten().map(|own| match own {
        GuardrailContentQualifier::GroundingSource => Qualifier::GroundingSource,
        GuardrailContentQualifier::GuardContent => Qualifier::GuardContent,
        GuardrailContentQualifier::Query => Qualifier::Query,
    });
    qualifiers.collect()
}

fn content<'a>(block: &'a GuardrailContentBlock, qualifiers: &'a [Qualifier]) -> Content<'a> {
    match block {
        GuardrailContentBlock::Text(block) => Content::qualified(&block.text, qualifiers),
        GuardrailContentBlock::Image(block) => {
            let GuardrailImageSource::Bytes(bytes) = &block.source;
            Content::Image(Image {
                format: block.format.as_str(),
                bytes: bytes.as_ref(),
            })
        }
    }
}

/// The answer, with the members that the service has besides those of the model (recorded).
fn output(outcome: Outcome) -> ApplyGuardrailOutput {
    let blocked = outcome.intervention == Intervention::Blocked;
    ApplyGuardrailOutput {
        action: outcome.action(),
        action_reason: Some(outcome.intervention.reason().to_owned()),
        blocked_response: blocked.then(|| outcome.message.clone()),
        output: Some(outcome.outputs()),
        outputs: outcome.outputs(),
        guardrail_coverage: Some(outcome.coverage),
        usage: outcome.usage,
        assessments: vec![outcome.assessment],
    }
}
