//! `DeleteAutomatedReasoningPolicy`: a version, or a policy that has nothing any more, or with `force` whatever it has.

use bedrock_smithy::{
    error::DeleteAutomatedReasoningPolicyError, input::DeleteAutomatedReasoningPolicyInput,
    output::DeleteAutomatedReasoningPolicyOutput,
};

use super::{Policy, PolicyVersion, TRIES, children, policy_arn::PolicyArn};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    guardrail,
    resource::{Resource, arn},
};

pub(crate) async fn delete_automated_reasoning_policy(
    control: &Control,
    input: DeleteAutomatedReasoningPolicyInput,
    context: &Context,
) -> Result<DeleteAutomatedReasoningPolicyOutput, DeleteAutomatedReasoningPolicyError> {
    let named = PolicyArn::read(context, &input.policy_arn)?;
    for _ in 0..TRIES {
        let deleted = match named.version {
            Some(version) => delete_version(control, context, named.id, version, input.force).await,
            None => delete_policy(control, context, named.id, input.force).await,
        };
        match deleted {
            Err(ControlError::Busy) => {}
            settled => {
                settled?;
                return Ok(DeleteAutomatedReasoningPolicyOutput {});
            }
        }
    }
    Err(ControlError::Busy.into())
}

/// What is not there is deleted: the official model says that every further call succeeds.
async fn delete_version(
    control: &Control,
    context: &Context,
    policy: &str,
    version: &str,
    force: bool,
) -> Result<(), ControlError> {
    let id = format!("{policy}:{version}");
    match control.look_up::<PolicyVersion>(context, &id).await? {
        Some(held) => {
            unused(control, context, &id, force).await?;
            control.remove(&held).await
        }
        None => Ok(()),
    }
}

async fn delete_policy(
    control: &Control,
    context: &Context,
    id: &str,
    force: bool,
) -> Result<(), ControlError> {
    let Some(policy) = control.look_up::<Policy>(context, id).await? else {
        return Ok(());
    };
    let mut writes = if force {
        children::deletions(control, context, id).await?
    } else {
        if let Some(what) = children::in_the_way(control, context, id).await? {
            // The text is ours.
            return Err(ControlError::InUse(format!(
                "The Automated Reasoning policy {} has {what}. Delete them first, or delete the policy with force.",
                policy.arn()
            )));
        }
        unused(control, context, id, force).await?;
        Vec::new()
    };
    writes.push(policy.deleted());
    control.apply(writes, "").await
}

/// Whether no guardrail applies it (the documentation of `ResourceInUseException`); `force` validates nothing (that of
/// `force`). The text is ours.
async fn unused(
    control: &Control,
    context: &Context,
    id: &str,
    force: bool,
) -> Result<(), ControlError> {
    if force {
        return Ok(());
    }
    match guardrail::user_of(control, context, id).await? {
        Some(user) => Err(ControlError::InUse(format!(
            "The Automated Reasoning policy {} is in use by the guardrail {user}. Take it from the guardrail, or delete it with force.",
            arn(&context.scope(), Policy::KIND, id)
        ))),
        None => Ok(()),
    }
}
