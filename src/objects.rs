//! What is behind `s3://` locations.

use std::{sync::Arc, time::Duration};

use futures_util::{FutureExt, future::BoxFuture};
use outcrop_objects::{Objects, ObjectsError, S3Keys, S3Settings, S3Uri};
use outcrop_runtime::{Fetched, StoredError, StoredObjects};
use tokio::{sync::Semaphore, time::timeout};

use crate::{config::Settings, state::data_folder};

/// Why nothing can be behind them.
#[derive(Debug, thiserror::Error)]
pub enum ObjectsSettingError {
    /// The endpoint cannot be used.
    #[error("s3_endpoint: {0}")]
    Endpoint(#[from] ObjectsError),
    /// A key has two parts.
    #[error(
        "`s3_access_key_id` and `s3_secret_access_key` belong together. Set both, or none of them."
    )]
    HalfAKey,
    /// Two settings say different places.
    #[error("`s3_root` and `s3_endpoint` exclude each other. Remove one of them.")]
    Both,
}

/// The place that the settings name. The folder need not exist before something is in it.
pub(crate) fn objects(settings: &Settings) -> Result<Objects, ObjectsSettingError> {
    let endpoint = match (&settings.s3_root, &settings.s3_endpoint) {
        (Some(_), Some(_)) => return Err(ObjectsSettingError::Both),
        (Some(root), None) => return Ok(Objects::folder(root)),
        (None, None) => {
            // Where the platform has none, the working directory's: most servers never need it.
            return Ok(Objects::folder(
                data_folder().unwrap_or_default().join("s3"),
            ));
        }
        (None, Some(endpoint)) => endpoint,
    };
    let keys = match (&settings.s3_access_key_id, &settings.s3_secret_access_key) {
        (Some(id), Some(secret)) => Some(S3Keys {
            access_key_id: id.0.clone(),
            secret_access_key: secret.0.clone(),
            session_token: settings
                .s3_session_token
                .as_ref()
                .map(|token| token.0.clone()),
        }),
        (None, None) => None,
        _ => return Err(ObjectsSettingError::HalfAKey),
    };
    Ok(Objects::s3(S3Settings {
        endpoint: Some(endpoint.0.clone()),
        region: settings.region.0.clone(),
        keys,
    })?)
}

/// Mebibytes of objects that requests hold at a time, as many as one request may name.
const MEMORY: u32 = 2048;

/// How long an object may take, the wait for memory included.
const DEADLINE: Duration = Duration::from_mins(2);

/// Objects for requests that leave content in S3.
pub(crate) struct Contents {
    objects: Objects,
    memory: Arc<Semaphore>,
}

impl Contents {
    pub(crate) fn of(objects: Objects) -> Self {
        let memory = Arc::new(Semaphore::new(MEMORY as usize));
        Self { objects, memory }
    }

    async fn read(&self, uri: &str, limit: u64) -> Result<Fetched, StoredError> {
        let uri: S3Uri = uri
            .parse()
            .map_err(|error| refused(&ObjectsError::Uri(error)))?;
        let size = self
            .objects
            .head(&uri)
            .await
            .map_err(|error| refused(&error))?
            .size;
        if size > limit {
            return Err(StoredError::TooLarge(limit));
        }
        let mebibytes = u32::try_from(size.div_ceil(1 << 20)).unwrap_or(MEMORY);
        let memory = Arc::clone(&self.memory);
        let hold = memory.acquire_many_owned(mebibytes.min(MEMORY)).await;
        let hold = hold.map_err(|error| StoredError::Unavailable(error.to_string()))?;
        // It may have grown meanwhile, but not beyond what was made room for.
        let bytes = self
            .objects
            .get(&uri, size)
            .await
            .map_err(|error| refused(&error))?;
        Ok(Fetched {
            bytes: bytes.into(),
            hold: Box::new(hold),
        })
    }
}

impl StoredObjects for Contents {
    fn get<'a>(&'a self, uri: &'a str, limit: u64) -> BoxFuture<'a, Result<Fetched, StoredError>> {
        let read = timeout(DEADLINE, self.read(uri, limit));
        read.map(|read| {
            read.unwrap_or_else(|_| {
                let seconds = DEADLINE.as_secs();
                Err(StoredError::Unavailable(format!(
                    "it did not arrive within {seconds} seconds"
                )))
            })
        })
        .boxed()
    }
}

/// The cause in the terms of requests.
fn refused(error: &ObjectsError) -> StoredError {
    let why = error.to_string();
    match error {
        ObjectsError::Uri(_) => StoredError::Uri(why),
        ObjectsError::NoSuchBucket { .. } | ObjectsError::NoSuchKey { .. } => {
            StoredError::NotFound(why)
        }
        ObjectsError::AccessDenied { .. } => StoredError::AccessDenied(why),
        ObjectsError::TooLarge { limit, .. } => StoredError::TooLarge(*limit),
        ObjectsError::Unavailable { .. } => StoredError::Unavailable(why),
    }
}
