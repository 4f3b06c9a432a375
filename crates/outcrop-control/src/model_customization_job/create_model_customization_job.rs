//! `CreateModelCustomizationJob`: begins a job that makes a custom model.

use bedrock_smithy::{
    error::CreateModelCustomizationJobError, input::CreateModelCustomizationJobInput,
    output::CreateModelCustomizationJobOutput,
};

use super::{ModelCustomizationJob, State, base::base, rules};
use crate::{
    Control,
    context::Context,
    custom_model::{self, CustomModel},
    error::ControlError,
    resource::{
        Course, New, Resource, id12, open,
        reference::{check_kms_key, kms_key_arn},
        reserve, tags,
    },
};

pub(crate) async fn create_model_customization_job(
    control: &Control,
    input: CreateModelCustomizationJobInput,
    context: &Context,
) -> Result<CreateModelCustomizationJobOutput, CreateModelCustomizationJobError> {
    let base = base(control, context, &input.base_model_identifier).await?;
    rules::check(control, context, &input, base.foundation)?;
    let model_name = &input.custom_model_name;
    let model_tags = input.custom_model_tags.as_deref().unwrap_or_default();
    tags::new(model_tags, model_name)?;
    let key = input.custom_model_kms_key_id.as_deref();
    check_kms_key(context, key)?;
    let (scope, now) = (context.scope(), control.now());
    custom_model::settle(control, &scope).await?;
    let state = State {
        base_model: base.foundation.id.clone(),
        base_model_arn: base.arn,
        model_id: id12(),
        kms_key_arn: key.map(|key| kms_key_arn(context, key)),
        course: Course::default(),
    };
    let id = id12();
    let new = New::<ModelCustomizationJob> {
        // Quoted by users of jobs; such a name is never free again, as jobs cannot be deleted.
        name_taken: Some("The provided job name is currently in use.".to_owned()),
        name_refusal: ControlError::Validation,
        tags: input.job_tags.as_deref(),
        token: input.client_request_token.as_deref(),
        with: vec![
            open::<ModelCustomizationJob>(&scope, &id, now),
            reserve(&scope, CustomModel::KIND, model_name, now),
        ],
        ..New::of(id, &input.job_name, state)
    };
    let held = control.create(context, new).await?;
    Ok(CreateModelCustomizationJobOutput {
        job_arn: held.arn(),
    })
}
