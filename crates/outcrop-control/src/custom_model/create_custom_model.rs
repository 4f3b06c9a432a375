//! `CreateCustomModel`: a model whose artifacts the caller has.

use bedrock_smithy::{
    error::CreateCustomModelError, input::CreateCustomModelInput, output::CreateCustomModelOutput,
};

use super::{CustomModel, State, artifact, foundation_model_arn, settle};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    resource::{New, Resource, id12, reference::check_kms_key, reserve},
};

pub(crate) async fn create_custom_model(
    control: &Control,
    input: CreateCustomModelInput,
    context: &Context,
) -> Result<CreateCustomModelOutput, CreateCustomModelError> {
    let location = source(&input)?;
    check_kms_key(context, input.model_kms_key_arn.as_deref())?;
    let scope = context.scope();
    settle(control, &scope).await?;
    let base = artifact::base_model(&control.catalogue, location).ok_or_else(|| {
        ControlError::Validation("The model artifacts are of no model that is known.".to_owned())
    })?;
    let state = State {
        base_model: base.id.clone(),
        base_model_arn: foundation_model_arn(&scope, &base.id),
        imported: true,
        checked: true,
        trained_by: None,
        job: None,
        kms_key_arn: input.model_kms_key_arn.clone(),
    };
    let name = &input.model_name;
    let new = New::<CustomModel> {
        tags: input.model_tags.as_deref(),
        token: input.client_request_token.as_deref(),
        with: vec![reserve(&scope, CustomModel::KIND, name, control.now())],
        ..New::of(id12(), name, state)
    };
    let held = control.create(context, new).await?;
    Ok(CreateCustomModelOutput {
        model_arn: held.arn(),
    })
}

/// Where the artifacts are; the rules are those of the documentation of `CreateCustomModel`, the texts are ours.
fn source(input: &CreateCustomModelInput) -> Result<&str, ControlError> {
    let location = artifact::location(input).ok_or_else(|| {
        ControlError::Validation(
            "Provide either modelSourceConfig or customModelDataSource, but not both.".to_owned(),
        )
    })?;
    if input.model_source_config.is_some() && input.role_arn.is_none() {
        return Err(ControlError::Validation(
            "Provide roleArn together with modelSourceConfig: the role has to give access to the model artifacts."
                .to_owned(),
        ));
    }
    Ok(location)
}
