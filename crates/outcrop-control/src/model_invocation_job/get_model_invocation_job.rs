//! `GetModelInvocationJob`: one, by its id or ARN.

use bedrock_smithy::{
    error::GetModelInvocationJobError, input::GetModelInvocationJobInput,
    output::GetModelInvocationJobOutput,
};

use super::{ModelInvocationJob, described};
use crate::{Control, context::Context};

pub(crate) async fn get_model_invocation_job(
    control: &Control,
    input: GetModelInvocationJobInput,
    context: &Context,
) -> Result<GetModelInvocationJobOutput, GetModelInvocationJobError> {
    let held = control
        .find::<ModelInvocationJob>(context, &input.job_identifier)
        .await?;
    let request = held.request()?;
    let name = Some(held.name().to_owned());
    Ok(described!(
        GetModelInvocationJobOutput,
        &held,
        request,
        control.now(),
        name
    ))
}
