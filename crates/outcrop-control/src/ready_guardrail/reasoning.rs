//! The Automated Reasoning policies of a guardrail. Their test cases change without the guardrail, so they are read each time.

use std::hash::{DefaultHasher, Hash, Hasher};

use outcrop_engine::EngineError;
use outcrop_guardrails::policy::AutomatedReasoning;
use outcrop_store::Scope;

use crate::{Control, StoredGuardrail, automated_reasoning_policy::evaluated, error::ControlError};

/// What the guardrail's policies expect; nothing where it has none.
pub(super) async fn of(
    control: &Control,
    scope: &Scope,
    stored: &StoredGuardrail,
) -> Result<Option<AutomatedReasoning>, EngineError> {
    let Some(config) = &stored.request.automated_reasoning_policy_config else {
        return Ok(None);
    };
    let mut policies = Vec::new();
    for arn in &config.policies {
        let policy = evaluated(control, scope, arn).await;
        policies.push(policy.map_err(|error| unusable(&stored.id, arn, &error))?);
    }
    Ok(Some(AutomatedReasoning {
        policies,
        confidence_threshold: config.confidence_threshold,
    }))
}

/// Answers must not pass as if they had been checked. The text is ours.
fn unusable(guardrail: &str, arn: &str, error: &ControlError) -> EngineError {
    match error {
        ControlError::NotFound(_) => EngineError::Validation(format!(
            "The Automated Reasoning policy {arn} of the guardrail {guardrail} does not exist. Update the guardrail, and try again."
        )),
        other => EngineError::ServiceUnavailable(other.to_string()),
    }
}

/// Tells one state of the policies from another.
pub(super) fn digest(reasoning: Option<&AutomatedReasoning>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for policy in reasoning.iter().flat_map(|own| &own.policies) {
        policy.hash(&mut hasher);
    }
    hasher.finish()
}
