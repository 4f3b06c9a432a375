//! Which model a job asks, and by which id.

use bedrock_smithy::{input::CreateModelInvocationJobInput, model::ModelInvocationType};
use outcrop_catalogue::{Located, Operation, Unsupported};
use outcrop_store::Key;

use crate::{Control, context::Context, error::ControlError, resource::OwnArn};

/// The kinds that a job's model can be besides a foundation model or system-defined profile.
const KINDS: &[&str] = &[
    "application-inference-profile",
    "custom-model",
    "custom-model-deployment",
    "imported-model",
    "provisioned-model",
];

/// The id by which the records of a job are sent to its model. Batch inference takes models by their own ids that answer
/// single requests through a profile only (the documentation's list of models for batch inference), so these go there.
pub(super) async fn invoked_as(
    control: &Control,
    context: &Context,
    input: &CreateModelInvocationJobInput,
) -> Result<String, ControlError> {
    let asked = &input.model_id;
    let operation = match input.model_invocation_type {
        ModelInvocationType::Converse => Operation::Converse,
        ModelInvocationType::InvokeModel => Operation::InvokeModel,
    };
    let region = context.caller.known_region();
    let resolved = match control.catalogue.locate(asked, region)? {
        Located::Model(resolved) => resolved,
        Located::Resource(_) => return exists(control, context, asked).await,
    };
    match resolved.permits(operation) {
        Ok(()) => Ok(asked.clone()),
        Err(refusal @ Unsupported::OnDemand { .. }) => {
            let mut profiles = control.catalogue.profiles(&context.caller.region);
            let profile = profiles.find(|profile| profile.model_id == resolved.model.id);
            let profile = profile.ok_or_else(|| refused(&refusal))?;
            let through = control.catalogue.resolve(&profile.id, region)?;
            through.permits(operation).map_err(|why| refused(&why))?;
            Ok(profile.id.clone())
        }
        Err(refusal) => Err(refused(&refusal)),
    }
}

fn refused(refusal: &Unsupported) -> ControlError {
    ControlError::Validation(refusal.to_string())
}

/// No text of the service's is known.
async fn exists(control: &Control, context: &Context, arn: &str) -> Result<String, ControlError> {
    let not_found = || {
        ControlError::NotFound(format!(
            "The model {arn} could not be found. Check its ARN, account and region, and try again."
        ))
    };
    let scope = context.scope();
    let parsed = OwnArn::parse(arn)
        .filter(|arn| arn.is_of(&scope))
        .ok_or_else(not_found)?;
    let kind = KINDS
        .iter()
        .find(|kind| **kind == parsed.kind)
        .ok_or_else(not_found)?;
    let id = parsed.id().to_owned();
    let key = Key { scope, kind, id };
    let found = control.store.get(key).await?;
    found.map(|_| arn.to_owned()).ok_or_else(not_found)
}
