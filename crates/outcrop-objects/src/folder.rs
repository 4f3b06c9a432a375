//! A folder whose folders are buckets.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::Arc,
};

use object_store::{ObjectStore, local::LocalFileSystem};

use crate::{ObjectsError, S3Uri};

#[derive(Debug, Clone)]
pub(crate) struct Folder {
    root: PathBuf,
}

impl Folder {
    pub(crate) fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// What messages call it.
    pub(crate) fn place(&self) -> String {
        format!("the folder {}", self.root.display())
    }

    /// The bucket, if it is there, and nothing on the way to the object is a link that leads out of it.
    pub(crate) fn bucket(&self, uri: &S3Uri) -> Result<Arc<dyn ObjectStore>, ObjectsError> {
        let bucket = self.root.join(&uri.bucket);
        if !bucket.is_dir() {
            return Err(ObjectsError::NoSuchBucket {
                bucket: uri.bucket.clone(),
                advice: format!(
                    "make the folder {}, which is where Outcrop looks for it",
                    bucket.display()
                ),
            });
        }
        let failed = |why: String| ObjectsError::Unavailable {
            place: self.place(),
            why,
        };
        if !is_within(&bucket, &uri.key).map_err(|error| failed(error.to_string()))? {
            return Err(ObjectsError::AccessDenied {
                uri: uri.clone(),
                advice: format!(
                    "a link leads out of {}, and is not followed",
                    bucket.display()
                ),
            });
        }
        let store =
            LocalFileSystem::new_with_prefix(&bucket).map_err(|error| failed(error.to_string()))?;
        // S3 has no folders that could be empty.
        Ok(Arc::new(store.with_automatic_cleanup(true)))
    }
}

/// Whether what there is of the path is really below the bucket. `S3Uri` has refused `..` already.
fn is_within(bucket: &Path, key: &str) -> std::io::Result<bool> {
    let bucket = bucket.canonicalize()?;
    let mut path = bucket.clone();
    for part in key.split('/').filter(|part| !part.is_empty()) {
        path.push(part);
        match path.symlink_metadata() {
            Ok(found) if found.is_symlink() => match path.canonicalize() {
                Ok(real) if real.starts_with(&bucket) => path = real,
                // A link to nowhere could be written through.
                _ => return Ok(false),
            },
            Ok(_) => {}
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                return Ok(true);
            }
            // Whether it may be read is told by whoever reads it.
            Err(error) if error.kind() == ErrorKind::PermissionDenied => return Ok(true),
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}
