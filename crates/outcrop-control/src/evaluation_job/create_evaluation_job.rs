//! `CreateEvaluationJob`: evaluates a model, or answers from a knowledge base, by computation, another model or people.

use bedrock_smithy::{
    error::CreateEvaluationJobError, input::CreateEvaluationJobInput,
    output::CreateEvaluationJobOutput,
};

use super::{EvaluationJob, State, models, rules};
use crate::{
    Control,
    context::Context,
    resource::{New, id12, reference::check_kms_key},
};

pub(crate) async fn create_evaluation_job(
    control: &Control,
    input: CreateEvaluationJobInput,
    context: &Context,
) -> Result<CreateEvaluationJobOutput, CreateEvaluationJobError> {
    rules::check(&input)?;
    check_kms_key(context, input.customer_encryption_key_id.as_deref())?;
    control.settle_all(&context.scope()).await?;
    for model in models::asked(&input) {
        control.check_model(context, model).await?;
    }
    let name = &input.job_name;
    let new = New::<EvaluationJob> {
        // The documentation of jobName says that names are unique; the text is ours.
        name_taken: Some(format!(
            "The evaluation job name {name} is already in use. Choose another name."
        )),
        tags: input.job_tags.as_deref(),
        token: input.client_request_token.as_deref(),
        ..New::of(id12(), name, State::default())
    };
    let held = control.create(context, new).await?;
    Ok(CreateEvaluationJobOutput {
        job_arn: held.arn(),
    })
}
