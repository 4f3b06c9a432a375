//! Tags of every resource that can have them.

mod list_tags_for_resource;
mod tag_resource;
mod untag_resource;

use outcrop_store::{Commit, Key, Record, StoreError, Write};

pub(crate) use list_tags_for_resource::list_tags_for_resource;
pub(crate) use tag_resource::tag_resource;
pub(crate) use untag_resource::untag_resource;

use crate::{
    Control,
    async_invoke::AsyncInvoke,
    automated_reasoning_policy::{Policy, PolicyVersion},
    context::Context,
    custom_model::CustomModel,
    custom_model_deployment::CustomModelDeployment,
    error::ControlError,
    evaluation_job::EvaluationJob,
    guardrail::Guardrail,
    imported_model::ImportedModel,
    inference_profile::ApplicationInferenceProfile,
    model_customization_job::ModelCustomizationJob,
    model_import_job::ModelImportJob,
    model_invocation_job::ModelInvocationJob,
    prompt_router::PromptRouter,
    provisioned_throughput::ProvisionedModel,
    resource::{OwnArn, Resource},
};

/// The kinds that can have tags.
const TAGGABLE: &[&str] = &[
    ApplicationInferenceProfile::KIND,
    AsyncInvoke::KIND,
    CustomModel::KIND,
    CustomModelDeployment::KIND,
    EvaluationJob::KIND,
    Guardrail::KIND,
    ImportedModel::KIND,
    ModelCustomizationJob::KIND,
    ModelImportJob::KIND,
    ModelInvocationJob::KIND,
    Policy::KIND,
    PromptRouter::KIND,
    ProvisionedModel::KIND,
];

/// Tries of a change that others keep getting ahead of.
const TRIES: usize = 8;

/// The record that an ARN names. No text of the service's is known.
pub(crate) async fn record(
    control: &Control,
    context: &Context,
    arn: &str,
) -> Result<Record, ControlError> {
    let not_found = || {
        ControlError::NotFound(format!(
            "The resource {arn} could not be found. Check its ARN, and try again."
        ))
    };
    let scope = context.scope();
    let parsed = OwnArn::parse(arn)
        .filter(|arn| arn.is_of(&scope))
        .ok_or_else(not_found)?;
    let kind = kind(&parsed).ok_or_else(not_found)?;
    control.settle_all(&scope).await?;
    let key = Key {
        scope,
        kind,
        id: parsed.id().to_owned(),
    };
    control.store.get(key).await?.ok_or_else(not_found)
}

/// The kind of the record that an ARN names.
fn kind(arn: &OwnArn<'_>) -> Option<&'static str> {
    // A version has its policy's ARN with its number behind it.
    if arn.kind == Policy::KIND && arn.rest.contains(':') {
        return Some(PolicyVersion::KIND);
    }
    TAGGABLE.iter().copied().find(|kind| *kind == arn.kind)
}

/// Changes the tags of the resource that an ARN names.
async fn change(
    control: &Control,
    context: &Context,
    arn: &str,
    edit: impl Fn(&mut Record) -> Result<(), ControlError> + Send,
) -> Result<(), ControlError> {
    for _ in 0..TRIES {
        let mut record = record(control, context, arn).await?;
        edit(&mut record)?;
        record.revision += 1;
        let writes = vec![Write::Replace(record)];
        match control
            .store
            .commit(Commit {
                writes,
                token: None,
            })
            .await
        {
            Err(StoreError::Changed(_)) => {}
            settled => return settled.map(|_| ()).map_err(Into::into),
        }
    }
    Err(ControlError::Busy)
}

#[cfg(test)]
mod tests;
