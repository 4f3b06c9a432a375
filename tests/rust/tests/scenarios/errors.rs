use aws_sdk_bedrockruntime::{
    error::ProvideErrorMetadata as _,
    operation::converse::ConverseError,
    primitives::Blob,
    types::{
        ContentBlock, ConversationRole, ConverseStreamOutput, ImageBlock, ImageFormat, ImageSource,
        InferenceConfiguration, error::ConverseStreamOutputError,
    },
};
use outcrop_sdk_rust::Clients;

use super::{MODEL, message, user};

pub(crate) async fn errors_are_typed(clients: &Clients) {
    let ask = |model: &str| {
        clients
            .runtime
            .converse()
            .model_id(model)
            .messages(user("Hello"))
    };
    let unknown = ask("nobody.nothing-v1:0")
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert!(
        matches!(unknown, ConverseError::ValidationException(_)),
        "{unknown:?}"
    );
    assert_eq!(
        unknown.message(),
        Some("The provided model identifier is invalid.")
    );

    let profile_only = ask("anthropic.claude-sonnet-4-5-20250929-v1:0")
        .send()
        .await;
    let profile_only = profile_only.unwrap_err().into_service_error();
    assert!(
        profile_only
            .message()
            .unwrap()
            .contains("on-demand throughput isn’t supported")
    );

    let limit = InferenceConfiguration::builder()
        .max_tokens(0)
        .temperature(2.0)
        .build();
    let broken = ask(MODEL).inference_config(limit).send().await.unwrap_err();
    let message = broken
        .as_service_error()
        .unwrap()
        .message()
        .unwrap()
        .to_owned();
    assert!(
        message.starts_with("2 validation errors detected: "),
        "{message}"
    );
    assert!(
        message.contains("Value '0' at 'inferenceConfig.maxTokens'"),
        "{message}"
    );
    assert!(
        message.contains("'inferenceConfig.temperature'"),
        "{message}"
    );
    let response = broken.raw_response().unwrap();
    let id = response.headers().get("x-amzn-requestid").unwrap();
    assert_eq!(id.len(), 36, "{id}");
}

pub(crate) async fn an_error_within_a_stream_is_typed(clients: &Clients) {
    let image = ImageBlock::builder()
        .format(ImageFormat::Png)
        .source(ImageSource::Bytes(Blob::new("this is no image")))
        .build()
        .unwrap();
    let turn = message(
        ConversationRole::User,
        [
            ContentBlock::Text("What is this?".into()),
            ContentBlock::Image(image),
        ],
    );
    let mut answer = clients
        .runtime
        .converse_stream()
        .model_id(MODEL)
        .messages(turn)
        .send()
        .await
        .unwrap();
    let error = loop {
        match answer.stream.recv().await {
            Ok(Some(ConverseStreamOutput::MessageStart(_))) => {}
            Ok(other) => panic!("{other:?}"),
            Err(error) => break error.into_service_error(),
        }
    };
    let ConverseStreamOutputError::ValidationException(error) = error else {
        panic!("{error:?}")
    };
    assert!(
        error
            .message()
            .unwrap()
            .contains("does not match the expected type image/png")
    );
}
