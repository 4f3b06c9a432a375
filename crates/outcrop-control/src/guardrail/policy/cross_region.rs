//! Guardrail profiles, which the service defines: where a guardrail may be evaluated.

use bedrock_smithy::model::{GuardrailCrossRegionConfig, GuardrailCrossRegionDetails};

use super::refuse;
use crate::{
    context::Context,
    error::ControlError,
    resource::{OwnArn, arn},
};

/// What the service calls the profiles in ARNs.
const KIND: &str = "guardrail-profile";

/// What it says of ARNs of other accounts.
pub(super) const OTHER_ACCOUNT: &str = "The provided resource ARN is from a different account";

/// The geographies of profiles, and the regions that can use them (the user guide, "Supported Regions for cross-Region
/// guardrail inference"). Of other regions nothing is known.
const GEOGRAPHIES: &[(&str, &[&str])] = &[
    ("us", &["us-east-1", "us-east-2", "us-west-1", "us-west-2"]),
    ("us-gov", &["us-gov-east-1", "us-gov-west-1"]),
    (
        "eu",
        &[
            "eu-central-1",
            "eu-north-1",
            "eu-south-1",
            "eu-south-2",
            "eu-west-1",
            "eu-west-3",
            "il-central-1",
        ],
    ),
    ("uk", &["eu-west-2"]),
    ("au", &["ap-southeast-2"]),
    ("ca", &["ca-central-1"]),
    (
        "apac",
        &[
            "ap-east-2",
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-south-1",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-southeast-7",
            "me-central-1",
        ],
    ),
];

pub(super) fn check(
    context: &Context,
    config: &GuardrailCrossRegionConfig,
) -> Result<(), ControlError> {
    let identifier = &config.guardrail_profile_identifier;
    let scope = context.scope();
    let parsed = OwnArn::parse(identifier);
    let is_own = |parsed: &OwnArn<'_>| *parsed.account == *scope.account;
    refuse(!parsed.as_ref().is_none_or(is_own), OTHER_ACCOUNT)?;
    let elsewhere = parsed.is_some_and(|parsed| *parsed.region != *scope.region);
    let geography = id(identifier).split('.').next().unwrap_or_default();
    refuse(
        elsewhere || !serves(geography, &scope.region),
        "Guardrail cross-Region profile ID is invalid. Specify a guardrail profile ID that's supported in your current AWS Region",
    )
}

fn serves(geography: &str, region: &str) -> bool {
    let known = |(_, regions): &(&str, &[&str])| regions.contains(&region);
    let named = GEOGRAPHIES.iter().find(|(name, _)| *name == geography);
    named.is_some_and(|named| known(named) || !GEOGRAPHIES.iter().any(known))
}

fn id(identifier: &str) -> &str {
    identifier.rsplit('/').next().unwrap_or_default()
}

pub(in super::super) fn described(
    context: &Context,
    config: GuardrailCrossRegionConfig,
) -> GuardrailCrossRegionDetails {
    let identifier = config.guardrail_profile_identifier;
    let scope = context.scope();
    let id = id(&identifier).to_owned();
    GuardrailCrossRegionDetails {
        guardrail_profile_arn: Some(arn(&scope, KIND, &id)),
        guardrail_profile_id: Some(id),
    }
}
