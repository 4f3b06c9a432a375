//! `s3://bucket/key`.

use std::{fmt, net::Ipv4Addr, str::FromStr};

/// Bytes that a key may have (S3, "Naming objects").
const LONGEST_KEY: usize = 1024;

/// Where an object is. A key that is empty or ends with `/` names everything below it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct S3Uri {
    /// 3 to 63 lower-case letters, digits, dots and hyphens.
    pub bucket: String,
    /// At most 1024 bytes of UTF-8, without the `/` before it.
    pub key: String,
}

/// Why a text is no location.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum S3UriError {
    /// It has another form.
    #[error("{0:?} is not an S3 location: give s3://bucket/key")]
    Form(String),
    /// Its bucket cannot exist.
    #[error(
        "{0:?} is not a name of a bucket: it has 3 to 63 lower-case letters, digits, dots and hyphens"
    )]
    Bucket(String),
    /// Its key cannot exist, or is not served.
    #[error("the key {key:?} is not served: {why}")]
    Key {
        /// The key.
        key: String,
        /// Which rule it breaks.
        why: &'static str,
    },
}

impl S3Uri {
    /// Checks both parts.
    pub fn new(bucket: impl Into<String>, key: impl Into<String>) -> Result<Self, S3UriError> {
        let (bucket, key) = (bucket.into(), key.into());
        if !is_bucket(&bucket) {
            return Err(S3UriError::Bucket(bucket));
        }
        match broken_rule(&key) {
            Some(why) => Err(S3UriError::Key { key, why }),
            None => Ok(Self { bucket, key }),
        }
    }

    /// Another key below this one, for instance a file below an output's prefix.
    pub fn join(&self, key: &str) -> Result<Self, S3UriError> {
        let separator = if self.key.is_empty() || self.key.ends_with('/') {
            ""
        } else {
            "/"
        };
        Self::new(&*self.bucket, format!("{}{separator}{key}", self.key))
    }
}

impl FromStr for S3Uri {
    type Err = S3UriError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let rest = text
            .strip_prefix("s3://")
            .ok_or_else(|| S3UriError::Form(text.to_owned()))?;
        let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
        Self::new(bucket, key)
    }
}

impl fmt::Display for S3Uri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s3://{}/{}", self.bucket, self.key)
    }
}

/// S3, "General purpose buckets naming rules".
fn is_bucket(name: &str) -> bool {
    let edge = |byte: Option<&u8>| {
        byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    let bytes = name.as_bytes();
    (3..=63).contains(&bytes.len())
        && edge(bytes.first())
        && edge(bytes.last())
        && bytes
            .iter()
            .all(|byte| edge(Some(byte)) || matches!(byte, b'.' | b'-'))
        && !name.contains("..")
        && name.parse::<Ipv4Addr>().is_err()
}

/// S3 itself would take some of these keys. They have no path of their own in a folder, or lead out of it, so they
/// are refused everywhere.
fn broken_rule(key: &str) -> Option<&'static str> {
    let parts = key.strip_suffix('/').unwrap_or(key);
    if key.is_empty() {
        None
    } else if key.len() > LONGEST_KEY {
        Some("it is longer than 1024 bytes")
    } else if key.chars().any(|c| c.is_ascii_control() || c == '\\') {
        Some("it has a control character or a backslash")
    } else if parts.split('/').any(str::is_empty) {
        Some("it has an empty part")
    } else if parts.split('/').any(|part| matches!(part, "." | "..")) {
        Some("it has a part . or ..")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_come_apart_and_together() {
        for (text, bucket, key) in [
            (
                "s3://my-bucket/in/batch.jsonl",
                "my-bucket",
                "in/batch.jsonl",
            ),
            ("s3://my.bucket/out/", "my.bucket", "out/"),
            ("s3://abc/", "abc", ""),
            ("s3://123/ü 🦀%2e%2e", "123", "ü 🦀%2e%2e"),
        ] {
            let uri: S3Uri = text.parse().unwrap();
            assert_eq!((uri.bucket.as_str(), uri.key.as_str()), (bucket, key));
            assert_eq!(uri.to_string(), text);
        }
        assert_eq!(
            "s3://abc".parse::<S3Uri>().unwrap().to_string(),
            "s3://abc/"
        );
    }

    #[test]
    fn what_no_bucket_can_be_called_is_refused() {
        for bucket in [
            "",
            "ab",
            "Abc",
            "a_b",
            "-abc",
            "abc-",
            ".abc",
            "a..b",
            "192.168.0.1",
            "..",
            &"a".repeat(64),
        ] {
            let parsed = format!("s3://{bucket}/key").parse::<S3Uri>();
            assert_eq!(parsed, Err(S3UriError::Bucket(bucket.to_owned())));
        }
        for text in [
            "",
            "bucket/key",
            "S3://bucket/key",
            "http://bucket/key",
            "arn:aws:s3:::bucket/key",
        ] {
            assert_eq!(
                text.parse::<S3Uri>(),
                Err(S3UriError::Form(text.to_owned()))
            );
        }
    }

    #[test]
    fn keys_cannot_lead_elsewhere() {
        let long = "k".repeat(1025);
        for key in [
            "..",
            "../x",
            "a/../../x",
            "a/..",
            "./a",
            "/etc/passwd",
            "a//b",
            "/",
            "a\0b",
            r"a\..\b",
            &long,
        ] {
            assert!(
                matches!(S3Uri::new("abc", key), Err(S3UriError::Key { .. })),
                "{key}"
            );
        }
        for key in ["...", "a..b", "..a/b", "a/.b", &long[..1024]] {
            assert!(S3Uri::new("abc", key).is_ok(), "{key}");
        }
    }

    #[test]
    fn keys_are_joined_with_one_slash() {
        for (prefix, joined) in [
            ("s3://abc", "x/y"),
            ("s3://abc/out", "out/x/y"),
            ("s3://abc/out/", "out/x/y"),
        ] {
            assert_eq!(
                prefix.parse::<S3Uri>().unwrap().join("x/y").unwrap().key,
                joined
            );
        }
        assert!(
            "s3://abc/out"
                .parse::<S3Uri>()
                .unwrap()
                .join("../x")
                .is_err()
        );
    }
}
