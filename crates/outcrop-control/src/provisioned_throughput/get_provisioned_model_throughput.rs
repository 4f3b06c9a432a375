//! `GetProvisionedModelThroughput`: one, by its id, ARN or name.

use bedrock_smithy::{
    error::GetProvisionedModelThroughputError, input::GetProvisionedModelThroughputInput,
    output::GetProvisionedModelThroughputOutput,
};

use super::{ProvisionedModel, described};
use crate::{Control, context::Context};

pub(crate) async fn get_provisioned_model_throughput(
    control: &Control,
    input: GetProvisionedModelThroughputInput,
    context: &Context,
) -> Result<GetProvisionedModelThroughputOutput, GetProvisionedModelThroughputError> {
    let held = control
        .find_by_name::<ProvisionedModel>(context, &input.provisioned_model_id)
        .await?;
    let now = described(control, &held)?;
    Ok(GetProvisionedModelThroughputOutput {
        commitment_duration: now.commitment,
        commitment_expiration_time: now.commitment_ends,
        creation_time: held.created_at(),
        desired_model_arn: now.desired_model_arn,
        desired_model_units: now.model_units,
        failure_message: now.failure_message,
        foundation_model_arn: held.state.foundation_model_arn.clone(),
        last_modified_time: held.updated_at(),
        model_arn: now.model_arn,
        model_units: now.model_units,
        provisioned_model_arn: held.arn(),
        provisioned_model_name: held.name().to_owned(),
        status: now.status,
    })
}
