//! Bodies that name objects which their dialect has to read: those of embedding models.

use bedrock_runtime_smithy::model::S3Location;
use bytes::Bytes;
use memchr::memmem;
use outcrop_catalogue::Model;
use outcrop_dialects::{Sourced, dialect};
use outcrop_engine::EngineError;
use serde_json::Value;

use super::{Stock, StoredObjects};
use crate::error;

/// What every body has that names an object.
const MARK: &[u8] = b"s3Location";

impl Stock {
    /// The body with the contents of objects in the places of their locations; nothing where it names none.
    pub(crate) async fn fill_body(
        &mut self,
        objects: &dyn StoredObjects,
        model: &Model,
        body: &[u8],
    ) -> Result<Option<Bytes>, EngineError> {
        if !model.capabilities.s3_locations || memmem::find(body, MARK).is_none() {
            return Ok(None);
        }
        // What is no JSON, the dialect refuses.
        let Ok(mut body) = serde_json::from_slice::<Value>(body) else {
            return Ok(None);
        };
        let sourced = dialect(model).sourced(&body);
        if sourced.is_empty() {
            return Ok(None);
        }
        for Sourced {
            uri,
            bucket_owner,
            limit,
            place,
        } in sourced
        {
            let location = S3Location { uri, bucket_owner };
            let bytes = self.fetch(objects, model, &location, limit).await?;
            place
                .put(&mut body, bytes)
                .map_err(|refusal| error::from_dialect(&refusal))?;
        }
        Ok(Some(body.to_string().into()))
    }
}
