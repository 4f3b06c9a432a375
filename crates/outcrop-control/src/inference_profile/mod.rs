//! Inference profiles: those that the system defines, and those that applications have for their own.

mod create_inference_profile;
mod delete_inference_profile;
mod get_inference_profile;
mod list_inference_profiles;

use aws_smithy_types::DateTime;
use bedrock_smithy::{
    input::CreateInferenceProfileInput,
    model::{InferenceProfileModel, InferenceProfileType},
};
use outcrop_catalogue::Profile;
use serde::{Deserialize, Serialize};

pub(crate) use create_inference_profile::create_inference_profile;
pub(crate) use delete_inference_profile::delete_inference_profile;
pub(crate) use get_inference_profile::get_inference_profile;
pub(crate) use list_inference_profiles::list_inference_profiles;

use crate::{
    error::ControlError,
    resource::{Held, Resource, original},
};

/// When every system-defined profile was made and last changed: the day on which cross-region inference was announced,
/// 2024-08-27, in seconds of Unix time. The service gives each profile dates of its own, which are not published.
const DEFINED_AT: i64 = 1_724_716_800;

original!(CreateInferenceProfileInput, POST "/inference-profiles");

/// The kind of resource: a profile that an application has for its own.
pub(crate) struct ApplicationInferenceProfile;

/// What there is to know besides the request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    /// The id of the model that answers.
    pub(crate) base_model: String,
    /// ARNs of the model in each region that the profile routes to.
    pub(crate) models: Vec<String>,
    /// How many prompt routers route to it.
    pub(crate) routers: u32,
}

impl Resource for ApplicationInferenceProfile {
    const KIND: &'static str = "application-inference-profile";
    type Request = CreateInferenceProfileInput;
    type State = State;

    fn not_found(_identifier: &str) -> String {
        ControlError::ProfileNotFound.to_string()
    }
}

/// A profile of either kind, which Get and List describe in shapes of their own that have the same members.
struct Described {
    kind: InferenceProfileType,
    arn: String,
    id: String,
    name: String,
    description: Option<String>,
    models: Vec<InferenceProfileModel>,
    created_at: DateTime,
    updated_at: DateTime,
}

impl Described {
    /// A system-defined profile as an account sees it from a region.
    fn system(profile: &Profile, account: &str, region: &str) -> Self {
        Self {
            kind: InferenceProfileType::SystemDefined,
            arn: profile.arn(region, account),
            id: profile.id.clone(),
            name: profile.name.clone(),
            description: Some(profile.description.clone()),
            models: models(profile.model_arns(region)),
            created_at: DateTime::from_secs(DEFINED_AT),
            updated_at: DateTime::from_secs(DEFINED_AT),
        }
    }

    fn application(held: &Held<ApplicationInferenceProfile>) -> Result<Self, ControlError> {
        Ok(Self {
            kind: InferenceProfileType::Application,
            arn: held.arn(),
            id: held.id().to_owned(),
            name: held.name().to_owned(),
            description: held.request()?.description,
            models: models(held.state.models.clone()),
            created_at: held.created_at(),
            updated_at: held.updated_at(),
        })
    }
}

fn models(arns: Vec<String>) -> Vec<InferenceProfileModel> {
    let model = |arn| InferenceProfileModel {
        model_arn: Some(arn),
    };
    arns.into_iter().map(model).collect()
}

/// A described profile in one of the two shapes.
macro_rules! shaped {
    ($shape:ident, $described:expr) => {{
        let described: $crate::inference_profile::Described = $described;
        $shape {
            created_at: Some(described.created_at),
            description: described.description,
            inference_profile_arn: described.arn,
            inference_profile_id: described.id,
            inference_profile_name: described.name,
            models: described.models,
            status: ::bedrock_smithy::model::InferenceProfileStatus::Active,
            r#type: described.kind,
            updated_at: Some(described.updated_at),
        }
    }};
}
use shaped;

#[cfg(test)]
mod tests;
