//! One interface to both places.

use std::{path::PathBuf, sync::Arc};

use object_store::{ObjectStore, path::Path};

use crate::{ObjectsError, S3Settings, S3Uri, S3UriError, folder::Folder, s3::Endpoint};

/// Where objects are. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Objects {
    place: Place,
}

#[derive(Debug, Clone)]
enum Place {
    Folder(Folder),
    S3(Box<Endpoint>),
}

/// One object, or the prefix of several, in its bucket.
pub(crate) struct Located {
    pub(crate) store: Arc<dyn ObjectStore>,
    pub(crate) path: Path,
    pub(crate) uri: S3Uri,
    pub(crate) place: String,
    /// Whether listings come in the order of the keys.
    pub(crate) sorted: bool,
}

impl Objects {
    /// Objects in a folder: `s3://bucket/key` is the file `bucket/key` in it. Buckets are not made by writing to them.
    pub fn folder(root: impl Into<PathBuf>) -> Self {
        Self {
            place: Place::Folder(Folder::new(root.into())),
        }
    }

    /// Objects at an S3 endpoint. Nothing is sent before the first object is asked for.
    pub fn s3(settings: S3Settings) -> Result<Self, ObjectsError> {
        Ok(Self {
            place: Place::S3(Box::new(Endpoint::new(settings)?)),
        })
    }

    /// Finds the place of an object.
    pub(crate) async fn object(&self, uri: &S3Uri) -> Result<Located, ObjectsError> {
        if uri.key.is_empty() || uri.key.ends_with('/') {
            let why = "it names no single object";
            return Err(S3UriError::Key {
                key: uri.key.clone(),
                why,
            }
            .into());
        }
        self.located(uri).await
    }

    /// Finds the place of an object, or of everything whose key starts so.
    pub(crate) async fn located(&self, uri: &S3Uri) -> Result<Located, ObjectsError> {
        // The members of a location can be set without its checks.
        let uri = S3Uri::new(&*uri.bucket, &*uri.key)?;
        let invalid = |_| S3UriError::Key {
            key: uri.key.clone(),
            why: "it has a part that no path can have",
        };
        let path = Path::parse(&uri.key).map_err(invalid)?;
        let sorted = matches!(self.place, Place::S3(_));
        let (store, place) = match &self.place {
            Place::S3(endpoint) => (endpoint.bucket(&uri.bucket)?, endpoint.place()),
            Place::Folder(folder) => {
                let (asked, looking) = (uri.clone(), folder.clone());
                let found = tokio::task::spawn_blocking(move || looking.bucket(&asked)).await;
                let stopped = |error: tokio::task::JoinError| ObjectsError::Unavailable {
                    place: folder.place(),
                    why: error.to_string(),
                };
                (found.map_err(stopped)??, folder.place())
            }
        };
        Ok(Located {
            store,
            path,
            uri,
            place,
            sorted,
        })
    }
}

impl Located {
    pub(crate) fn failed(&self, error: &object_store::Error) -> ObjectsError {
        ObjectsError::of(error, &self.uri, &self.place)
    }
}
