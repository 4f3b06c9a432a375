//! `CreateModelImportJob`: makes a model of files in Amazon S3.

use bedrock_smithy::{
    error::CreateModelImportJobError, input::CreateModelImportJobInput,
    output::CreateModelImportJobOutput,
};

use super::{ModelImportJob, State};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    imported_model::ImportedModel,
    resource::{Course, New, Resource, id12, open, reference::check_kms_key, reserve, tags},
};

/// Quoted from users who used a name twice, as a `ValidationException`.
const NAME_IN_USE: &str = "The provided job name is currently in use.";

pub(crate) async fn create_model_import_job(
    control: &Control,
    input: CreateModelImportJobInput,
    context: &Context,
) -> Result<CreateModelImportJobOutput, CreateModelImportJobError> {
    check_kms_key(context, input.imported_model_kms_key_id.as_deref())?;
    let scope = context.scope();
    control.settle::<ModelImportJob>(&scope).await?;
    let model_name = &input.imported_model_name;
    // The model gets them when the job is over, and nobody can be told then.
    tags::new(
        input.imported_model_tags.as_deref().unwrap_or_default(),
        model_name,
    )?;
    let (id, now) = (id12(), control.now());
    let with = vec![
        reserve(&scope, ImportedModel::KIND, model_name, now),
        open::<ModelImportJob>(&scope, &id, now),
    ];
    let state = State {
        course: Course::default(),
        model_id: id12(),
    };
    let new = New::<ModelImportJob> {
        name_taken: Some(NAME_IN_USE.to_owned()),
        name_refusal: ControlError::Validation,
        tags: input.job_tags.as_deref(),
        token: input.client_request_token.as_deref(),
        with,
        ..New::of(id, &input.job_name, state)
    };
    let held = control.create(context, new).await?;
    Ok(CreateModelImportJobOutput {
        job_arn: held.arn(),
    })
}
