//! The outcome of an assessment.

use bedrock_runtime_smithy::model::{
    AppliedGuardrailDetails, GuardrailAction, GuardrailAssessment, GuardrailCoverage,
    GuardrailInvocationMetrics, GuardrailOutputContent, GuardrailUsage,
};

use crate::policy::Direction;

/// What a guardrail did with a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Intervention {
    /// Nothing.
    None,
    /// Parts of it are masked.
    Masked,
    /// It is replaced by the guardrail's message.
    Blocked,
}

impl Intervention {
    /// The `actionReason` (recorded: `No action.`, `Guardrail blocked.`, `Guardrail masked.`).
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::None => "No action.",
            Self::Masked => "Guardrail masked.",
            Self::Blocked => "Guardrail blocked.",
        }
    }
}

/// An assessment in the shapes of the model, and what follows from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// What was done.
    pub intervention: Intervention,
    /// The direction that was assessed.
    pub direction: Direction,
    /// Each guarded text of the content in its order, masked. A stream has released its text already and has none
    /// here.
    pub texts: Vec<String>,
    /// The guardrail's message for a blocked content of this direction.
    pub message: String,
    /// The assessment: policies and `invocationMetrics`. Latency and details of the guardrail are the caller's.
    pub assessment: GuardrailAssessment,
    /// The units that were used; they are in the assessment too.
    pub usage: GuardrailUsage,
    /// What was covered; it is in the assessment too.
    pub coverage: GuardrailCoverage,
}

impl Outcome {
    /// The assessment with what only the caller knows: how long it took in milliseconds, and which guardrail it
    /// was.
    #[must_use]
    pub fn with(mut self, latency: i64, details: Option<AppliedGuardrailDetails>) -> Self {
        self.assessment.invocation_metrics = Some(GuardrailInvocationMetrics {
            guardrail_coverage: Some(self.coverage.clone()),
            guardrail_processing_latency: Some(latency),
            usage: Some(self.usage.clone()),
        });
        self.assessment.applied_guardrail_details = details;
        self
    }

    /// The `action` of `ApplyGuardrail`.
    #[must_use]
    pub fn action(&self) -> GuardrailAction {
        match self.intervention {
            Intervention::None => GuardrailAction::None,
            Intervention::Masked | Intervention::Blocked => GuardrailAction::GuardrailIntervened,
        }
    }

    /// The `outputs` of `ApplyGuardrail`: the message where it blocked, the masked texts where it masked, else
    /// nothing.
    #[must_use]
    pub fn outputs(&self) -> Vec<GuardrailOutputContent> {
        let output = |text: &String| GuardrailOutputContent {
            text: Some(text.clone()),
        };
        match self.intervention {
            Intervention::None => Vec::new(),
            Intervention::Masked => self.texts.iter().map(output).collect(),
            Intervention::Blocked => vec![output(&self.message)],
        }
    }
}

/// The `actionReason` of an exchange: the input's line and the output's (recorded: `No action.\nGuardrail masked.`), or
/// one line where only one was assessed or both say the same (recorded of `No action.`).
#[must_use]
pub fn action_reason(input: Option<Intervention>, output: Option<Intervention>) -> String {
    match (input, output) {
        (Some(input), Some(output)) if input != output => {
            format!("{}\n{}", input.reason(), output.reason())
        }
        (Some(one), _) | (None, Some(one)) => one.reason().to_owned(),
        (None, None) => Intervention::None.reason().to_owned(),
    }
}
