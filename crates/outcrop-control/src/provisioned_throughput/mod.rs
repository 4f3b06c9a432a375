//! Provisioned Throughput: capacity bought for one model. That of a custom model belongs to it: its id is the record's parent.

mod create_provisioned_model_throughput;
mod delete_provisioned_model_throughput;
mod get_provisioned_model_throughput;
mod list_provisioned_model_throughputs;
mod served;
mod update_provisioned_model_throughput;

use aws_smithy_types::DateTime;
use bedrock_smithy::{
    input::CreateProvisionedModelThroughputInput,
    model::{CommitmentDuration, ProvisionedModelStatus},
};
use outcrop_catalogue::ResourceError;
use serde::{Deserialize, Serialize};

pub(crate) use create_provisioned_model_throughput::create_provisioned_model_throughput;
pub(crate) use delete_provisioned_model_throughput::delete_provisioned_model_throughput;
pub(crate) use get_provisioned_model_throughput::get_provisioned_model_throughput;
pub(crate) use list_provisioned_model_throughputs::list_provisioned_model_throughputs;
pub(crate) use update_provisioned_model_throughput::update_provisioned_model_throughput;

use crate::{
    Control,
    clock::date_time,
    context::Context,
    error::ControlError,
    resolution::{not_ready, refused},
    resource::{Held, Outcome, Resource, original, reached},
};

/// Days of a month of commitment.
const DAYS: i64 = 30;

const NANOS_PER_DAY: i64 = 86_400_000_000_000;

original!(CreateProvisionedModelThroughputInput, POST "/provisioned-model-throughput");

/// The kind of resource.
pub(crate) struct ProvisionedModel;

/// What there is to know besides the request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    /// ARN of the model that is served.
    model_arn: String,
    /// ARN of the foundation model that it is, or was made from.
    foundation_model_arn: String,
    /// The model that was served before an update, and when the update came. Nanoseconds since 1970, UTC.
    previous: Option<(String, i64)>,
}

impl Resource for ProvisionedModel {
    const KIND: &'static str = "provisioned-model";
    type Request = CreateProvisionedModelThroughputInput;
    type State = State;
}

/// A Provisioned Throughput as it is at one time, which Get and List describe in shapes of their own.
struct Described {
    status: ProvisionedModelStatus,
    model_arn: String,
    desired_model_arn: String,
    failure_message: Option<String>,
    commitment: Option<CommitmentDuration>,
    commitment_ends: Option<DateTime>,
    model_units: i32,
}

fn described(control: &Control, held: &Held<ProvisionedModel>) -> Result<Described, ControlError> {
    let request = held.request()?;
    let (status, failure_message) = status(control, held);
    let updating = status == ProvisionedModelStatus::Updating;
    let desired_model_arn = held.state.model_arn.clone();
    let before = held.state.previous.as_ref().filter(|_| updating);
    let model_arn = before.map_or_else(|| desired_model_arn.clone(), |(arn, _)| arn.clone());
    let commitment_ends =
        commitment_ends(held.created_nanos(), request.commitment_duration.as_ref());
    Ok(Described {
        status,
        model_arn,
        desired_model_arn,
        failure_message,
        commitment: request.commitment_duration,
        commitment_ends: commitment_ends.map(date_time),
        model_units: request.model_units,
    })
}

/// `Creating`, then `InService` or `Failed`; `Updating` for as long after an update.
fn status(
    control: &Control,
    held: &Held<ProvisionedModel>,
) -> (ProvisionedModelStatus, Option<String>) {
    let (since, first) = match held.state.previous {
        Some((_, updated)) => (updated, ProvisionedModelStatus::Updating),
        None => (held.created_nanos(), ProvisionedModelStatus::Creating),
    };
    let (last, failure) = match held.outcome() {
        Outcome::Success => (ProvisionedModelStatus::InService, None),
        Outcome::Failure(reason) => (ProvisionedModelStatus::Failed, Some(reason)),
    };
    let status = reached(&[first], last, since, control.now(), control.pace);
    let failure = failure.filter(|_| status == ProvisionedModelStatus::Failed);
    (status, failure)
}

/// The model that answers for the capacity that an ARN names, once it is there. It is while another model is put in its place.
pub(crate) async fn in_service(
    control: &Control,
    context: &Context,
    arn: &str,
) -> Result<Option<String>, ResourceError> {
    let held = control.look_up::<ProvisionedModel>(context, arn).await?;
    let Some(held) = held else {
        return Ok(None);
    };
    match status(control, &held).0 {
        ProvisionedModelStatus::Creating => Err(not_ready()),
        failed @ ProvisionedModelStatus::Failed => Err(refused(arn, failed.as_str())),
        ProvisionedModelStatus::InService | ProvisionedModelStatus::Updating => {
            Ok(Some(held.state.foundation_model_arn))
        }
    }
}

/// When a commitment ends. Nanoseconds since 1970, UTC.
fn commitment_ends(since: i64, commitment: Option<&CommitmentDuration>) -> Option<i64> {
    let months = match commitment? {
        CommitmentDuration::OneMonth => 1,
        CommitmentDuration::SixMonths => 6,
    };
    Some(since.saturating_add(months * DAYS * NANOS_PER_DAY))
}

#[cfg(test)]
mod tests;
