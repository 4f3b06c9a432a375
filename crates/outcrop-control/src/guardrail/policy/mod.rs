//! The policies of a guardrail: what the service checks beyond the model, and how it tells them again.
//!
//! Texts of refusals are the service's, as its users quote them, except where a comment says that they are ours.

mod automated_reasoning;
mod content;
mod contextual_grounding;
mod cross_region;
mod sensitive_information;
mod topic;
mod word;

use std::{collections::HashSet, hash::Hash};

use bedrock_smithy::input::CreateGuardrailInput;

pub(super) use self::{
    automated_reasoning::described as automated_reasoning, content::described as content,
    contextual_grounding::described as contextual_grounding,
    cross_region::described as cross_region,
    sensitive_information::described as sensitive_information, topic::described as topic,
    word::described as word,
};

use crate::{Control, context::Context, error::ControlError, resource::reference::check_kms_key};

/// Checks the policies of a guardrail that is to be created or updated.
pub(super) async fn check(
    control: &Control,
    context: &Context,
    request: &CreateGuardrailInput,
) -> Result<(), ControlError> {
    some_policy(request)?;
    check_kms_key(context, request.kms_key_id.as_deref())?;
    if let Some(config) = &request.topic_policy_config {
        topic::check(config)?;
    }
    if let Some(config) = &request.content_policy_config {
        content::check(config)?;
    }
    if let Some(config) = &request.word_policy_config {
        word::check(config)?;
    }
    if let Some(config) = &request.sensitive_information_policy_config {
        sensitive_information::check(config)?;
    }
    if let Some(config) = &request.contextual_grounding_policy_config {
        contextual_grounding::check(config)?;
    }
    tiers(request)?;
    if let Some(config) = &request.cross_region_config {
        cross_region::check(context, config)?;
    }
    if let Some(config) = &request.automated_reasoning_policy_config {
        automated_reasoning::check(control, context, config).await?;
    }
    Ok(())
}

fn some_policy(request: &CreateGuardrailInput) -> Result<(), ControlError> {
    let any = request.topic_policy_config.is_some()
        || request.content_policy_config.is_some()
        || request.word_policy_config.is_some()
        || request.sensitive_information_policy_config.is_some()
        || request.contextual_grounding_policy_config.is_some()
        || request.automated_reasoning_policy_config.is_some();
    refuse(!any, "Guardrail must have at least one policy")
}

/// The standard tier is served across regions only.
fn tiers(request: &CreateGuardrailInput) -> Result<(), ControlError> {
    let topics = request.topic_policy_config.as_ref();
    let content = request.content_policy_config.as_ref();
    let grounding = request.contextual_grounding_policy_config.as_ref();
    let standard = topics.is_some_and(topic::is_standard)
        || content.is_some_and(content::is_standard)
        || grounding.is_some_and(contextual_grounding::is_standard);
    refuse(
        standard && request.cross_region_config.is_none(),
        "Can't configure guardrail policy tier. Enable cross-Region inference for your guardrail to use Standard tier.",
    )
}

fn refuse(refused: bool, message: &str) -> Result<(), ControlError> {
    if refused {
        return Err(ControlError::Validation(message.to_owned()));
    }
    Ok(())
}

fn has_duplicates<T: Hash + Eq>(mut items: impl Iterator<Item = T>) -> bool {
    let mut seen = HashSet::new();
    items.any(|item| !seen.insert(item))
}
