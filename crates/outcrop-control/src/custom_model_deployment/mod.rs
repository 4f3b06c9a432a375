//! Custom model deployments, through which custom models answer on demand.

mod create_custom_model_deployment;
mod delete_custom_model_deployment;
mod get_custom_model_deployment;
mod list_custom_model_deployments;
mod update_custom_model_deployment;

use bedrock_smithy::{
    input::CreateCustomModelDeploymentInput,
    model::{
        CustomModelDeploymentStatus, CustomModelDeploymentUpdateDetails,
        CustomModelDeploymentUpdateStatus,
    },
};
use serde::{Deserialize, Serialize};

pub(crate) use create_custom_model_deployment::create_custom_model_deployment;
pub(crate) use delete_custom_model_deployment::delete_custom_model_deployment;
pub(crate) use get_custom_model_deployment::get_custom_model_deployment;
pub(crate) use list_custom_model_deployments::list_custom_model_deployments;
pub(crate) use update_custom_model_deployment::update_custom_model_deployment;

use crate::{
    Control,
    resource::{Held, Outcome, Resource, original, reached},
};

/// Tries of a request that others keep getting ahead of: the model must not be deleted meanwhile.
const TRIES: usize = 8;

original!(CreateCustomModelDeploymentInput, POST "/model-customization/custom-model-deployments");

/// The kind of resource. A deployment belongs to its model.
pub(crate) struct CustomModelDeployment;

/// What there is to know besides the request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    /// Id of the foundation model that the model was made from in the end.
    base_model: String,
    /// ARN of the model that is deployed.
    model_arn: String,
    /// ARN of the model that was deployed before the last update, and when that came. Nanoseconds since 1970, UTC.
    updated: Option<(String, i64)>,
}

impl Resource for CustomModelDeployment {
    const KIND: &'static str = "custom-model-deployment";
    type Request = CreateCustomModelDeploymentInput;
    type State = State;
}

/// A deployment as it is at one time.
struct Described {
    status: CustomModelDeploymentStatus,
    failure_message: Option<String>,
    /// ARN of the model that answers.
    model_arn: String,
    update: Option<CustomModelDeploymentUpdateDetails>,
}

impl Described {
    /// Whether it is between two states.
    fn is_moving(&self) -> bool {
        let update = self.update.as_ref().map(|update| &update.update_status);
        self.status == CustomModelDeploymentStatus::Creating
            || update == Some(&CustomModelDeploymentUpdateStatus::Updating)
    }
}

/// `Creating`, then `Active` or `Failed`. An update leaves an active deployment active: the model before it answers until it
/// is completed, and on if it fails.
fn described(control: &Control, held: &Held<CustomModelDeployment>) -> Described {
    let (now, pace) = (control.now(), control.pace);
    let Some((before, updated)) = &held.state.updated else {
        let (last, reason) = match held.outcome() {
            Outcome::Success => (CustomModelDeploymentStatus::Active, None),
            Outcome::Failure(reason) => (CustomModelDeploymentStatus::Failed, Some(reason)),
        };
        let first = [CustomModelDeploymentStatus::Creating];
        let status = reached(&first, last, held.created_nanos(), now, pace);
        return Described {
            failure_message: reason.filter(|_| status == CustomModelDeploymentStatus::Failed),
            status,
            model_arn: held.state.model_arn.clone(),
            update: None,
        };
    };
    let last = match held.outcome() {
        Outcome::Success => CustomModelDeploymentUpdateStatus::UpdateCompleted,
        Outcome::Failure(_) => CustomModelDeploymentUpdateStatus::UpdateFailed,
    };
    let first = [CustomModelDeploymentUpdateStatus::Updating];
    let update_status = reached(&first, last, *updated, now, pace);
    let completed = update_status == CustomModelDeploymentUpdateStatus::UpdateCompleted;
    let next = &held.state.model_arn;
    Described {
        status: CustomModelDeploymentStatus::Active,
        failure_message: None,
        model_arn: if completed { next } else { before }.clone(),
        update: Some(CustomModelDeploymentUpdateDetails {
            model_arn: next.clone(),
            update_status,
        }),
    }
}

#[cfg(test)]
mod tests;
