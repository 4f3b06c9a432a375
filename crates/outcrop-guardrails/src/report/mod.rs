//! Findings in the shapes of the model.

mod policies;
mod sensitive;

use bedrock_runtime_smithy::model::{
    GuardrailAssessment, GuardrailAutomatedReasoningFinding as ReasoningFinding,
    GuardrailAutomatedReasoningPolicyAssessment,
};

use crate::finding::Finding;
use crate::plan::Plan;
use crate::policy::GroundingType;

/// How much of an assessment is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scope {
    /// What was found.
    #[default]
    Interventions,
    /// What was looked for as well, but for words and regexes, which the service leaves out.
    Full,
}

/// What was found in a whole content.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) list: Vec<Finding>,
    /// Scores of grounding, for the filters of the plan; nothing where it was not evaluated.
    pub(crate) scores: Vec<(GroundingType, f64)>,
    pub(crate) reasoning: Vec<ReasoningFinding>,
    /// Whether the text can be masked.
    pub(crate) masking: bool,
}

/// The assessment, without metrics and without the details of the guardrail.
pub(crate) fn assessment(plan: &Plan, found: &Findings, scope: Scope) -> GuardrailAssessment {
    GuardrailAssessment {
        applied_guardrail_details: None,
        automated_reasoning_policy: (!found.reasoning.is_empty()).then(|| {
            GuardrailAutomatedReasoningPolicyAssessment {
                findings: Some(found.reasoning.clone()),
            }
        }),
        content_policy: policies::content(plan, found, scope),
        contextual_grounding_policy: policies::grounding(plan, found),
        invocation_metrics: None,
        sensitive_information_policy: sensitive::policy(plan, found, scope),
        topic_policy: policies::topics(plan, found, scope),
        word_policy: policies::words(found),
    }
}

/// Whether something that failed grounding blocks.
pub(crate) fn grounding_blocks(plan: &Plan, found: &Findings) -> bool {
    policies::failed(plan, found)
        .iter()
        .any(|filter| filter.action != crate::policy::Action::None)
}

/// A list that is there only if something is in it.
fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}
