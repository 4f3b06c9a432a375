//! Where the invocations of an account in a region are logged, and what of them.

use bedrock_smithy::model::{LoggingConfig, S3Config};
use outcrop_objects::{S3Uri, S3UriError};
use outcrop_store::Scope;

/// The log stream that the service writes to (documented).
pub const LOG_STREAM: &str = "aws/bedrock/modelinvocations";

/// A configuration, taken apart.
#[derive(Debug)]
pub(crate) struct Places {
    pub(crate) scope: Scope,
    pub(crate) kinds: Kinds,
    pub(crate) s3: Option<S3Place>,
    pub(crate) cloud_watch: Option<LogGroup>,
}

/// Which data records have besides their metadata. A kind that the configuration does not name is delivered: that of text, images,
/// embeddings and video as users of the service have seen it, that of audio by analogy.
#[derive(Debug, Clone, Copy)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is one of the configuration's"
)]
pub(crate) struct Kinds {
    pub(crate) text: bool,
    /// Documents, too (documented).
    pub(crate) image: bool,
    pub(crate) embedding: bool,
    pub(crate) video: bool,
    pub(crate) audio: bool,
}

/// A log group of `CloudWatch` Logs.
#[derive(Debug)]
pub(crate) struct LogGroup {
    pub(crate) name: String,
    /// Where bodies go that are too large for an event.
    pub(crate) large: Option<S3Place>,
}

/// What is below a bucket's prefix, for one account.
#[derive(Debug, Clone)]
pub(crate) struct S3Place {
    /// `{prefix}/AWSLogs/{account}/BedrockModelInvocationLogs` (documented in the policy that the bucket needs).
    root: S3Uri,
    region: String,
}

impl Places {
    /// Those of a configuration.
    ///
    /// # Errors
    ///
    /// When a bucket or a prefix is none.
    pub(crate) fn of(scope: &Scope, config: &LoggingConfig) -> Result<Self, S3UriError> {
        let place = |config: &Option<S3Config>| -> Result<_, S3UriError> {
            let place = config.as_ref().map(|config| S3Place::of(scope, config));
            place.transpose()
        };
        let cloud_watch = match &config.cloud_watch_config {
            Some(own) => Some(LogGroup {
                name: own.log_group_name.clone(),
                large: place(&own.large_data_delivery_s3_config)?,
            }),
            None => None,
        };
        let delivered = |flag: Option<bool>| flag.unwrap_or(true);
        Ok(Self {
            scope: scope.clone(),
            kinds: Kinds {
                text: delivered(config.text_data_delivery_enabled),
                image: delivered(config.image_data_delivery_enabled),
                embedding: delivered(config.embedding_data_delivery_enabled),
                video: delivered(config.video_data_delivery_enabled),
                audio: delivered(config.audio_data_delivery_enabled),
            },
            s3: place(&config.s3_config)?,
            cloud_watch,
        })
    }

    /// Every place in a bucket.
    pub(crate) fn buckets(&self) -> impl Iterator<Item = &S3Place> {
        let large = self.cloud_watch.as_ref().and_then(|own| own.large.as_ref());
        self.s3.iter().chain(large)
    }
}

impl S3Place {
    fn of(scope: &Scope, config: &S3Config) -> Result<Self, S3UriError> {
        let prefix = config.key_prefix.as_deref().unwrap_or_default();
        let bucket = S3Uri::new(&*config.bucket_name, prefix.trim_end_matches('/'))?;
        let account = &scope.account;
        Ok(Self {
            root: bucket.join(&format!("AWSLogs/{account}/BedrockModelInvocationLogs"))?,
            region: scope.region.to_string(),
        })
    }

    /// The name of the bucket.
    pub(crate) fn bucket(&self) -> &str {
        &self.root.bucket
    }

    /// The empty object that the service leaves when it is configured (quoted by users; its folder is ours).
    pub(crate) fn permission_check(&self) -> Result<S3Uri, S3UriError> {
        self.root.join("amazon-bedrock-logs-permission-check")
    }

    /// An object of an hour, `YYYY/MM/DD/HH` in UTC (recorded).
    pub(crate) fn object(&self, hour: &str, name: &str) -> Result<S3Uri, S3UriError> {
        self.root.join(&format!("{}/{hour}/{name}", self.region))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::Arc;

    use bedrock_smithy::model::CloudWatchConfig;

    use super::*;

    /// A configuration with a prefix, a log group and a bucket for large bodies.
    pub(crate) fn config() -> LoggingConfig {
        let s3 = |bucket: &str, prefix: &str| S3Config {
            bucket_name: bucket.to_owned(),
            key_prefix: Some(prefix.to_owned()),
        };
        LoggingConfig {
            cloud_watch_config: Some(CloudWatchConfig {
                log_group_name: "/aws/bedrock/test".to_owned(),
                role_arn: "arn:aws:iam::123456789012:role/logging".to_owned(),
                large_data_delivery_s3_config: Some(s3("large", "")),
            }),
            s3_config: Some(s3("logs", "bedrock/")),
            text_data_delivery_enabled: None,
            image_data_delivery_enabled: Some(true),
            embedding_data_delivery_enabled: Some(false),
            video_data_delivery_enabled: None,
            audio_data_delivery_enabled: None,
        }
    }

    pub(crate) fn scope() -> Scope {
        Scope {
            account: Arc::from("123456789012"),
            region: Arc::from("us-west-2"),
        }
    }

    #[test]
    fn objects_lie_where_the_service_puts_them() {
        let places = Places::of(&scope(), &config()).unwrap();
        let name = "data/f3ae32b1_input.json.gz";
        let uris: Vec<String> = places
            .buckets()
            .map(|place| place.object("2026/04/20/00", name).unwrap().to_string())
            .collect();
        let rest = "AWSLogs/123456789012/BedrockModelInvocationLogs/us-west-2/2026/04/20/00/data/f3ae32b1_input.json.gz";
        assert_eq!(
            uris,
            [
                format!("s3://logs/bedrock/{rest}"),
                format!("s3://large/{rest}")
            ]
        );
        let kinds = places.kinds;
        assert!(kinds.text && kinds.image && kinds.video && kinds.audio && !kinds.embedding);
    }

    #[test]
    fn what_is_no_place_is_refused() {
        for (bucket, prefix) in [("Logs", "x"), ("logs", "../x"), ("logs", "a//b")] {
            let mut config = config();
            config.s3_config = Some(S3Config {
                bucket_name: bucket.to_owned(),
                key_prefix: Some(prefix.to_owned()),
            });
            assert!(Places::of(&scope(), &config).is_err(), "{bucket} {prefix}");
        }
    }
}
