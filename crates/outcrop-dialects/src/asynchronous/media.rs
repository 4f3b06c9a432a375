//! Media of a model input, in it or in S3.

use aws_smithy_types::base64;
use bytes::Bytes;
use serde_json::Value;

use super::AsyncSource;
use crate::DialectError;

/// Bytes of an object that are read at most: a limit of ours, below those of the guides, because the object is held in memory.
pub(crate) const MOST_BYTES: u64 = 256 << 20;

/// Where the bytes of a medium are.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// In the model input.
    Here(Bytes),
    /// In the source of this number.
    Source(usize),
}

/// The media of a model input that are in S3.
#[derive(Debug, Default)]
pub(crate) struct Sources(pub(crate) Vec<AsyncSource>);

impl Sources {
    /// Notes an object at an `s3Location`.
    pub(crate) fn object(&mut self, location: &Value, limit: u64) -> Option<Place> {
        let uri = location["uri"].as_str()?.to_owned();
        self.0.push(AsyncSource { uri, limit });
        Some(Place::Source(self.0.len() - 1))
    }

    /// The medium whose base64 is the member `name` of a source, or that is at its `s3Location`. `pointer` is the source's.
    pub(crate) fn medium(
        &mut self,
        pointer: &str,
        source: &Value,
        name: &str,
        limit: u64,
    ) -> Result<Place, DialectError> {
        if let Some(text) = source[name].as_str() {
            let bytes = base64::decode(text).map_err(|_| {
                DialectError::Provider(format!("{pointer}/{name}: not valid base64."))
            })?;
            return Ok(Place::Here(bytes.into()));
        }
        // Quoted of a source that the model does not take.
        let missing = || DialectError::Schema("#: required key [s3Location] not found".to_owned());
        self.object(&source["s3Location"], limit)
            .ok_or_else(missing)
    }

    /// The location of the first object.
    pub(crate) fn first(&self) -> Option<String> {
        self.0.first().map(|source| source.uri.clone())
    }
}

impl Place {
    /// The bytes. Contents come in the order of the sources.
    pub(crate) fn bytes(&self, contents: &[Bytes]) -> Bytes {
        match self {
            Self::Here(bytes) => bytes.clone(),
            Self::Source(number) => contents.get(*number).cloned().unwrap_or_default(),
        }
    }
}
