//! Content that a request leaves in S3: it is fetched before an engine sees the request, so that engines and
//! guardrails see bytes.

mod media;
mod native;
mod source;

use bedrock_runtime_smithy::model::S3Location;
use outcrop_catalogue::Model;
use outcrop_engine::EngineError;

pub use source::{Fetched, Hold, NoObjects, StoredError, StoredObjects};

use crate::error;

/// What all objects of a request may have together (documented for the images of Nova).
const ALL_BYTES: u64 = 2 << 30;

/// What has been fetched for a request. Its room in memory is given back when this is dropped.
#[derive(Default)]
pub(crate) struct Stock {
    bytes: u64,
    holds: Vec<Hold>,
}

impl Stock {
    /// The bytes of an object, which may be so many, for a model that takes content from S3.
    async fn fetch(
        &mut self,
        objects: &dyn StoredObjects,
        model: &Model,
        location: &S3Location,
        limit: u64,
    ) -> Result<Vec<u8>, EngineError> {
        // Claude reads the documents of tool results (recorded); what else it does not take, its rules refuse.
        if model.provider != "Anthropic" {
            model
                .capabilities
                .check_s3_location()
                .map_err(|refusal| error::from_unsupported(&refusal))?;
        }
        let owner = location.bucket_owner.as_deref();
        if owner.is_some_and(|owner| !is_account(owner)) {
            return Err(StoredError::Owner.refusal(&location.uri));
        }
        let limit = limit.min(ALL_BYTES - self.bytes);
        let fetched = objects.get(&location.uri, limit).await;
        let Fetched { bytes, hold } = fetched.map_err(|error| error.refusal(&location.uri))?;
        self.bytes += bytes.len() as u64;
        self.holds.push(hold);
        Ok(bytes)
    }
}

/// Bodies in the models' own formats may hold anything in this place.
fn is_account(owner: &str) -> bool {
    owner.len() == 12 && owner.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests;
