//! `CreateModelCopyJob`: begins to copy a custom model to the caller's account and region.

use bedrock_smithy::{
    error::CreateModelCopyJobError, input::CreateModelCopyJobInput,
    output::CreateModelCopyJobOutput,
};
use outcrop_store::Scope;

use super::{ModelCopyJob, State};
use crate::{
    Control,
    context::Context,
    custom_model::{self, CustomModel, exactly, foundation_model_arn},
    error::ControlError,
    resource::{
        Course, Held, New, OwnArn, Resource, id12, open,
        reference::{check_kms_key, kms_key_arn},
        reserve, tags,
    },
};

pub(crate) async fn create_model_copy_job(
    control: &Control,
    input: CreateModelCopyJobInput,
    context: &Context,
) -> Result<CreateModelCopyJobOutput, CreateModelCopyJobError> {
    let source = source(control, &input.source_model_arn).await?;
    custom_model::active(control, &source)?;
    let name = &input.target_model_name;
    tags::new(input.target_model_tags.as_deref().unwrap_or_default(), name)?;
    let key = input.model_kms_key_id.as_deref();
    check_kms_key(context, key)?;
    let (scope, now) = (context.scope(), control.now());
    custom_model::settle(control, &scope).await?;
    let state = State {
        base_model: source.state.base_model.clone(),
        source_model_name: source.name().to_owned(),
        source_request: source.request_text(),
        model_id: id12(),
        model: copy(&source, &scope, key.map(|key| kms_key_arn(context, key))),
        course: Course::default(),
    };
    let id = id12();
    let new = New::<ModelCopyJob> {
        token: input.client_request_token.as_deref(),
        with: vec![
            open::<ModelCopyJob>(&scope, &id, now),
            reserve(&scope, CustomModel::KIND, name, now),
        ],
        ..New::of(id, name, state)
    };
    let held = control.create(context, new).await?;
    Ok(CreateModelCopyJobOutput {
        job_arn: held.arn(),
    })
}

/// The model that an ARN names, whoever has it and wherever. Nobody has to share it first: accounts are all the same
/// developer's here.
async fn source(control: &Control, arn: &str) -> Result<Held<CustomModel>, ControlError> {
    let not_found = || ControlError::NotFound(CustomModel::not_found(arn));
    let parsed = OwnArn::parse(arn).filter(|arn| arn.kind == CustomModel::KIND);
    let Some(parsed) = parsed else {
        // The text is ours.
        return Err(ControlError::Validation(
            "Only custom models can be copied. Provide the ARN of a custom model.".to_owned(),
        ));
    };
    let scope = Scope {
        account: parsed.account.into(),
        region: parsed.region.into(),
    };
    custom_model::settle(control, &scope).await?;
    let held = control
        .at::<CustomModel>(&scope, parsed.id())
        .await?
        .ok_or_else(not_found)?;
    exactly(held, arn)
}

/// What there will be to know of the copy.
fn copy(
    source: &Held<CustomModel>,
    scope: &Scope,
    kms_key_arn: Option<String>,
) -> custom_model::State {
    let state = &source.state;
    let made_of_foundation =
        state.base_model_arn == foundation_model_arn(source.scope(), &state.base_model);
    custom_model::State {
        base_model_arn: if made_of_foundation {
            foundation_model_arn(scope, &state.base_model)
        } else {
            state.base_model_arn.clone()
        },
        checked: false,
        job: None,
        kms_key_arn,
        ..state.clone()
    }
}
