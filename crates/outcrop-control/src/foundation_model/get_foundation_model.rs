//! `GetFoundationModel`: one model, by its id or ARN.

use bedrock_smithy::{
    error::GetFoundationModelError, input::GetFoundationModelInput, model::FoundationModelDetails,
    output::GetFoundationModelOutput,
};

use super::described;
use crate::{Control, context::Context, error::ControlError};

pub(crate) async fn get_foundation_model(
    control: &Control,
    input: GetFoundationModelInput,
    context: &Context,
) -> Result<GetFoundationModelOutput, GetFoundationModelError> {
    let caller = &context.caller;
    let model = control
        .catalogue
        .foundation_model(&input.model_identifier, caller.known_region())
        .map_err(ControlError::from)?;
    let details = described!(FoundationModelDetails, model, &caller.region);
    Ok(GetFoundationModelOutput {
        model_details: Some(details),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{Answer, get};

    const UNKNOWN: &str = "The provided model identifier is invalid.";

    async fn model(identifier: &str) -> Answer {
        get(&format!("/foundation-models/{identifier}")).await
    }

    #[tokio::test]
    async fn model_is_found_by_id_and_by_arn() {
        let expected = json!({ "modelDetails": {
            "customizationsSupported": [],
            "inferenceTypesSupported": ["ON_DEMAND"],
            "inputModalities": ["TEXT", "IMAGE"],
            "modelArn": "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0",
            "modelId": "anthropic.claude-3-haiku-20240307-v1:0",
            "modelLifecycle": { "status": "ACTIVE" },
            "modelName": "Claude 3 Haiku",
            "outputModalities": ["TEXT"],
            "providerName": "Anthropic",
            "responseStreamingSupported": true,
        }});
        for identifier in [
            "anthropic.claude-3-haiku-20240307-v1:0",
            "anthropic.claude-3-haiku-20240307-v1%3A0",
            "arn:aws:bedrock:us-east-1::foundation-model%2Fanthropic.claude-3-haiku-20240307-v1:0",
        ] {
            let answer = model(identifier).await;
            assert_eq!(
                (answer.status, answer.json()),
                (200, expected.clone()),
                "{identifier}"
            );
            // As text, for the order of the members.
            assert_eq!(answer.body, expected.to_string(), "{identifier}");
        }
    }

    #[tokio::test]
    async fn model_that_is_not_there_is_refused() {
        for identifier in [
            "acme.chat-v1:0",
            "arn:aws:bedrock:us-east-1::foundation-model%2Facme.chat-v1:0",
            // Of another region than the caller's.
            "arn:aws:bedrock:eu-west-1::foundation-model%2Famazon.nova-lite-v1:0",
            // An inference profile.
            "us.amazon.nova-lite-v1:0",
        ] {
            let answer = model(identifier).await;
            assert_eq!(
                answer.error(),
                (400, "ValidationException", UNKNOWN),
                "{identifier}"
            );
        }
    }

    #[tokio::test]
    async fn model_at_its_end_of_life_is_gone() {
        let answer = model("test.retired-v1:0").await;
        let message = "This model version has reached the end of its life. Please refer to the AWS documentation for more details.";
        assert_eq!(answer.error(), (404, "ResourceNotFoundException", message));
    }
}
