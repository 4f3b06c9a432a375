//! What an exchange tells of its guardrails, in Converse's shape.

use std::collections::HashMap;

use bedrock_runtime_smithy::model::{
    ConverseStreamTrace, ConverseTrace, GuardrailAssessment, GuardrailTraceAssessment,
};
use outcrop_engine::StreamEvent;
use outcrop_guardrails::action_reason;

use super::{Exchange, TraceLevel};

/// Leaves out of an event what `ConverseStream` does not tell: automated reasoning (recorded).
pub(crate) fn without_reasoning(event: &mut StreamEvent) {
    let StreamEvent::Metadata(event) = event else {
        return;
    };
    let trace = event.trace.as_mut();
    let Some(guardrail) = trace.and_then(|trace| trace.guardrail.as_mut()) else {
        return;
    };
    let inputs = guardrail.input_assessment.iter_mut();
    let inputs = inputs.flat_map(|by_id| by_id.values_mut());
    let outputs = guardrail.output_assessments.iter_mut();
    let outputs = outputs.flat_map(|by_id| by_id.values_mut().flatten());
    for assessment in inputs.chain(outputs) {
        forget_reasoning(assessment);
    }
}

fn forget_reasoning(assessment: &mut GuardrailAssessment) {
    let metrics = assessment.invocation_metrics.as_mut();
    if let Some(usage) = metrics.and_then(|metrics| metrics.usage.as_mut()) {
        usage.automated_reasoning_policies = None;
        usage.automated_reasoning_policy_units = None;
    }
}

impl Exchange {
    /// `trace` of a whole answer. `engine` is the engine's own.
    pub(crate) fn whole_trace(&self, engine: Option<ConverseTrace>) -> Option<ConverseTrace> {
        let guardrail = self.guardrail_trace();
        let prompt_router = engine.and_then(|trace| trace.prompt_router);
        (guardrail.is_some() || prompt_router.is_some()).then_some(ConverseTrace {
            guardrail,
            prompt_router,
        })
    }

    /// `metadata.trace` of a stream. `engine` is the engine's own.
    pub(crate) fn stream_trace(
        &self,
        engine: Option<ConverseStreamTrace>,
    ) -> Option<ConverseStreamTrace> {
        let guardrail = self.guardrail_trace();
        let prompt_router = engine.and_then(|trace| trace.prompt_router);
        (guardrail.is_some() || prompt_router.is_some()).then_some(ConverseStreamTrace {
            guardrail,
            prompt_router,
        })
    }

    /// Assessments under the ids of their guardrails; nothing where nothing is to be told.
    fn guardrail_trace(&self) -> Option<GuardrailTraceAssessment> {
        if self.trace == TraceLevel::Disabled {
            return None;
        }
        let ids = || self.guards.iter().map(|own| own.ready.id.clone());
        let input: HashMap<_, _> = ids().zip(self.input.iter().cloned()).collect();
        let outputs: HashMap<_, _> = ids()
            .zip(self.outputs.iter().cloned())
            .filter(|(_, assessments)| !assessments.is_empty())
            .collect();
        let answered = !outputs.is_empty();
        Some(GuardrailTraceAssessment {
            action_reason: Some(self.action_reason()),
            input_assessment: Some(input),
            // A blocked request has no answer (recorded).
            model_output: answered.then(|| self.model_output.clone()),
            output_assessments: answered.then_some(outputs),
        })
    }

    pub(super) fn action_reason(&self) -> String {
        action_reason(self.input_intervention, self.output_intervention)
    }
}
