//! `GetInferenceProfile`: one profile, by its id or ARN.

use bedrock_smithy::{
    error::GetInferenceProfileError, input::GetInferenceProfileInput,
    output::GetInferenceProfileOutput,
};
use outcrop_catalogue::{Arn, Catalogue, Profile, Resolved, Via};

use super::{ApplicationInferenceProfile, Described, shaped};
use crate::{Control, context::Context};

pub(crate) async fn get_inference_profile(
    control: &Control,
    input: GetInferenceProfileInput,
    context: &Context,
) -> Result<GetInferenceProfileOutput, GetInferenceProfileError> {
    let caller = &context.caller;
    let identifier = &input.inference_profile_identifier;
    let described =
        if let Some(profile) = system(&control.catalogue, identifier, caller.known_region()) {
            // Programs carry the ARNs of their real account, and get back the one that they asked with.
            let account = Arn::parse(identifier).map_or(&*caller.account, |arn| arn.account);
            Described::system(profile, account, &caller.region)
        } else {
            let held = control
                .find::<ApplicationInferenceProfile>(context, identifier)
                .await?;
            Described::application(&held)?
        };
    Ok(shaped!(GetInferenceProfileOutput, described))
}

/// The system-defined profile of an id or ARN.
pub(super) fn system<'a>(
    catalogue: &'a Catalogue,
    identifier: &str,
    region: Option<&str>,
) -> Option<&'a Profile> {
    match catalogue.resolve(identifier, region) {
        Ok(Resolved {
            via: Via::Profile(profile),
            ..
        }) => Some(profile),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{Answer, get, get_from};

    async fn profile(identifier: &str) -> Answer {
        get(&format!("/inference-profiles/{identifier}")).await
    }

    #[tokio::test]
    async fn profile_is_found_by_id_and_by_arn() {
        let expected = json!({
            "createdAt": "2024-08-27T00:00:00Z",
            "description": "Routes requests to Nova Lite in us-east-1, us-west-2 and us-east-2.",
            "inferenceProfileArn": "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-lite-v1:0",
            "inferenceProfileId": "us.amazon.nova-lite-v1:0",
            "inferenceProfileName": "US Nova Lite",
            "models": [
                { "modelArn": "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0" },
                { "modelArn": "arn:aws:bedrock:us-west-2::foundation-model/amazon.nova-lite-v1:0" },
                { "modelArn": "arn:aws:bedrock:us-east-2::foundation-model/amazon.nova-lite-v1:0" },
            ],
            "status": "ACTIVE",
            "type": "SYSTEM_DEFINED",
            "updatedAt": "2024-08-27T00:00:00Z",
        });
        for identifier in [
            "us.amazon.nova-lite-v1:0",
            "us.amazon.nova-lite-v1%3A0",
            "arn:aws:bedrock:us-east-1:123456789012:inference-profile%2Fus.amazon.nova-lite-v1:0",
        ] {
            let answer = profile(identifier).await;
            assert_eq!(answer.status, 200, "{identifier}: {}", answer.body);
            // As text, for the order of the members.
            assert_eq!(answer.body, expected.to_string(), "{identifier}");
        }
    }

    #[tokio::test]
    async fn arn_of_another_account_is_answered_with() {
        let arn =
            "arn:aws:bedrock:us-east-1:999999999999:inference-profile/us.amazon.nova-lite-v1:0";
        let answer = profile(&arn.replace('/', "%2F")).await;
        assert_eq!(answer.json()["inferenceProfileArn"], arn);
    }

    #[tokio::test]
    async fn global_profile_has_its_model_without_and_with_the_region() {
        let target = "/inference-profiles/global.anthropic.claude-sonnet-4-5-20250929-v1:0";
        let answer = get_from("eu-west-1", target).await.json();
        assert_eq!(
            answer["models"],
            json!([
                { "modelArn": "arn:aws:bedrock:::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0" },
                { "modelArn": "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0" },
            ])
        );
    }

    #[tokio::test]
    async fn profile_that_is_not_there_is_refused() {
        for identifier in [
            "us.acme.chat-v1:0",
            "arn:aws:bedrock:us-east-1:123456789012:inference-profile%2Fus.acme.chat-v1:0",
            "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile%2Fabcdefghijkl",
            // Of another geography, and of another region, than the caller's.
            "eu.amazon.nova-lite-v1:0",
            "arn:aws:bedrock:us-west-2:123456789012:inference-profile%2Fus.amazon.nova-lite-v1:0",
            // A model.
            "amazon.nova-lite-v1:0",
            // Of a model at its end of life.
            "us.test.retired-v1:0",
        ] {
            let answer = profile(identifier).await;
            let refused = (
                404,
                "ResourceNotFoundException",
                "Inference profile not found",
            );
            assert_eq!(answer.error(), refused, "{identifier}");
        }
    }
}
