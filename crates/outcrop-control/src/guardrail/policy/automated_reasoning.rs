//! Automated Reasoning policies that a guardrail applies.

use bedrock_smithy::model::{
    GuardrailAutomatedReasoningPolicy, GuardrailAutomatedReasoningPolicyConfig,
};
use outcrop_store::Key;

use super::{cross_region::OTHER_ACCOUNT, refuse};
use crate::{
    Control,
    automated_reasoning_policy::{Policy, PolicyVersion},
    context::Context,
    error::ControlError,
    resource::{OwnArn, Resource},
};

pub(super) async fn check(
    control: &Control,
    context: &Context,
    config: &GuardrailAutomatedReasoningPolicyConfig,
) -> Result<(), ControlError> {
    for arn in &config.policies {
        exists(control, context, arn).await?;
    }
    Ok(())
}

/// Whether there is the policy, or the version of one that the ARN names.
async fn exists(control: &Control, context: &Context, arn: &str) -> Result<(), ControlError> {
    // The text is ours.
    let not_found = || {
        ControlError::NotFound(format!(
            "The Automated Reasoning policy {arn} could not be found. Check its ARN, and try again."
        ))
    };
    let scope = context.scope();
    let parsed = OwnArn::parse(arn)
        .filter(|arn| arn.kind == Policy::KIND)
        .ok_or_else(not_found)?;
    refuse(
        *parsed.region != *scope.region,
        "The provided automated reasoning policy ARN is invalid for the service region",
    )?;
    refuse(*parsed.account != *scope.account, OTHER_ACCOUNT)?;
    let is_version = parsed.id().contains(':');
    let key = Key {
        scope,
        kind: if is_version {
            PolicyVersion::KIND
        } else {
            Policy::KIND
        },
        id: parsed.id().to_owned(),
    };
    control
        .store
        .get(key)
        .await?
        .map(|_| ())
        .ok_or_else(not_found)
}

pub(in super::super) fn described(
    config: GuardrailAutomatedReasoningPolicyConfig,
) -> GuardrailAutomatedReasoningPolicy {
    GuardrailAutomatedReasoningPolicy {
        confidence_threshold: config.confidence_threshold,
        policies: config.policies,
    }
}
