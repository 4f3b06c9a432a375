//! Asynchronous invocations, as far as they go without a bucket: these servers have none.

use aws_sdk_bedrockruntime::{
    error::ProvideErrorMetadata as _,
    operation::{get_async_invoke::GetAsyncInvokeError, start_async_invoke::StartAsyncInvokeError},
    types::{AsyncInvokeOutputDataConfig, AsyncInvokeS3OutputDataConfig, AsyncInvokeStatus},
};
use aws_smithy_types::Document;
use outcrop_sdk_rust::Clients;

pub(crate) async fn asynchronous_invocations_are_typed(clients: &Clients) {
    let output = AsyncInvokeS3OutputDataConfig::builder()
        .s3_uri("s3://nowhere/videos")
        .build()
        .unwrap();
    let start = |model: &str| {
        let input = [("prompt".to_owned(), Document::from("a car"))];
        clients
            .runtime
            .start_async_invoke()
            .model_id(model)
            .model_input(Document::Object(input.into_iter().collect()))
            .output_data_config(AsyncInvokeOutputDataConfig::S3OutputDataConfig(
                output.clone(),
            ))
    };
    for (model, message) in [
        ("luma.ray-v2:0", "Invalid Output Config/Credentials"),
        ("amazon.nova-lite-v1:0", "The provided request is not valid"),
    ] {
        let refused = start(model).send().await.unwrap_err().into_service_error();
        assert!(
            matches!(refused, StartAsyncInvokeError::ValidationException(_)),
            "{refused:?}"
        );
        assert_eq!(refused.message(), Some(message));
    }
    let unknown = "arn:aws:bedrock:us-east-1:123456789012:async-invoke/abcdefghijkl";
    let unknown = clients.runtime.get_async_invoke().invocation_arn(unknown);
    let refused = unknown.send().await.unwrap_err().into_service_error();
    assert!(
        matches!(refused, GetAsyncInvokeError::ValidationException(_)),
        "{refused:?}"
    );
    let listed = clients
        .runtime
        .list_async_invokes()
        .status_equals(AsyncInvokeStatus::Completed)
        .into_paginator()
        .items()
        .send()
        .collect::<Result<Vec<_>, _>>()
        .await
        .unwrap();
    assert!(listed.is_empty());
}
