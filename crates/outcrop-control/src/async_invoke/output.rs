//! Where an invocation's output goes.

use bedrock_runtime_smithy::model::AsyncInvokeOutputDataConfig;

/// The folder of an invocation's output: its id below the location of the request.
pub(super) fn folder(config: &AsyncInvokeOutputDataConfig, id: &str) -> String {
    let AsyncInvokeOutputDataConfig::S3OutputDataConfig(config) = config;
    format!("{}/{id}", config.s3_uri.trim_end_matches('/'))
}

/// The configuration as answers have it. The location is that of the folder: AWS's examples find the video at `{s3Uri}/output.mp4`.
pub(super) fn told(config: AsyncInvokeOutputDataConfig, id: &str) -> AsyncInvokeOutputDataConfig {
    let s3_uri = folder(&config, id);
    let AsyncInvokeOutputDataConfig::S3OutputDataConfig(mut config) = config;
    config.s3_uri = s3_uri;
    AsyncInvokeOutputDataConfig::S3OutputDataConfig(config)
}
