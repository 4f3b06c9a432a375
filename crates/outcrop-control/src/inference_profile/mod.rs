//! Inference profiles: those that the system defines. None can be created yet.

mod get_inference_profile;
mod list_inference_profiles;

use aws_smithy_types::DateTime;
use bedrock_smithy::model::InferenceProfileModel;
use outcrop_catalogue::Profile;

pub(crate) use get_inference_profile::get_inference_profile;
pub(crate) use list_inference_profiles::list_inference_profiles;

/// When every system-defined profile was made and last changed: the day on which cross-region inference was announced,
/// 2024-08-27, in seconds of Unix time. The service gives each profile dates of its own, which are not published.
const DEFINED_AT: i64 = 1_724_716_800;

/// A system-defined profile as an account sees it from a region, in one of the two shapes that have the same members.
macro_rules! described {
    ($shape:ident, $profile:expr, $account:expr, $region:expr) => {
        $shape {
            created_at: Some($crate::inference_profile::defined_at()),
            description: Some($profile.description.clone()),
            inference_profile_arn: $profile.arn($region, $account),
            inference_profile_id: $profile.id.clone(),
            inference_profile_name: $profile.name.clone(),
            models: $crate::inference_profile::models($profile, $region),
            status: InferenceProfileStatus::Active,
            r#type: InferenceProfileType::SystemDefined,
            updated_at: Some($crate::inference_profile::defined_at()),
        }
    };
}
use described;

fn defined_at() -> DateTime {
    DateTime::from_secs(DEFINED_AT)
}

fn models(profile: &Profile, region: &str) -> Vec<InferenceProfileModel> {
    let arns = profile.model_arns(region).into_iter();
    arns.map(|arn| InferenceProfileModel {
        model_arn: Some(arn),
    })
    .collect()
}
