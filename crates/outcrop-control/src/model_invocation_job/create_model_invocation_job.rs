//! `CreateModelInvocationJob`: submits a batch of records.

use bedrock_smithy::{
    error::CreateModelInvocationJobError, input::CreateModelInvocationJobInput,
    output::CreateModelInvocationJobOutput,
};
use outcrop_store::{Key, Write};

use super::{BatchStage, ModelInvocationJob, QUEUE, State, model};
use crate::{
    Control,
    context::Context,
    resource::{New, blank, id12},
};

pub(crate) async fn create_model_invocation_job(
    control: &Control,
    input: CreateModelInvocationJobInput,
    context: &Context,
) -> Result<CreateModelInvocationJobOutput, CreateModelInvocationJobError> {
    let state = State {
        stage: BatchStage::Submitted,
        invoked_as: model::invoked_as(control, context, &input).await?,
        stop_requested: false,
        message: None,
        ended_at: None,
        counts: None,
    };
    let id = id12();
    let queued = Key {
        scope: context.scope(),
        kind: QUEUE,
        id: id.clone(),
    };
    let new = New::<ModelInvocationJob> {
        tags: input.tags.as_deref(),
        token: input.client_request_token.as_deref(),
        with: vec![Write::Create(blank(queued, control.now()))],
        ..New::of(id, &input.job_name, state)
    };
    let held = control.create(context, new).await?;
    Ok(CreateModelInvocationJobOutput {
        job_arn: held.arn(),
    })
}
