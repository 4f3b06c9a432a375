//! Writing objects. An object is there whole or not at all.

use bytes::Bytes;
use object_store::{ObjectStoreExt, WriteMultipart};

use crate::{Objects, ObjectsError, S3Uri, objects::Located};

/// Parts that may be under way at once.
const PARTS: usize = 4;

impl Objects {
    /// Writes a whole object, in the place of the one that was there.
    pub async fn put(&self, uri: &S3Uri, content: Bytes) -> Result<(), ObjectsError> {
        let located = self.object(uri).await?;
        let put = located.store.put(&located.path, content.into()).await;
        put.map(drop).map_err(|error| located.failed(&error))
    }

    /// Begins an object that is written piece by piece.
    pub async fn upload(&self, uri: &S3Uri) -> Result<Upload, ObjectsError> {
        let located = self.object(uri).await?;
        let upload = located
            .store
            .put_multipart(&located.path)
            .await
            .map_err(|error| located.failed(&error))?;
        Ok(Upload {
            located,
            parts: WriteMultipart::new(upload),
        })
    }

    /// Removes an object. That there was none is no error, as in S3.
    pub async fn delete(&self, uri: &S3Uri) -> Result<(), ObjectsError> {
        let located = self.object(uri).await?;
        match located
            .store
            .delete(&located.path)
            .await
            .map_err(|error| located.failed(&error))
        {
            Err(ObjectsError::NoSuchKey { .. }) => Ok(()),
            other => other,
        }
    }
}

/// An object that is being written. It is there after [`Upload::finish`]; before, nobody sees any of it.
pub struct Upload {
    located: Located,
    parts: WriteMultipart,
}

impl Upload {
    /// Appends. Waits while too much is under way.
    pub async fn write(&mut self, piece: Bytes) -> Result<(), ObjectsError> {
        self.parts
            .wait_for_capacity(PARTS)
            .await
            .map_err(|error| self.located.failed(&error))?;
        self.parts.put(piece);
        Ok(())
    }

    /// Ends the object; it is there when this resolves.
    pub async fn finish(self) -> Result<(), ObjectsError> {
        let Self { located, parts } = self;
        parts
            .finish()
            .await
            .map(drop)
            .map_err(|error| located.failed(&error))
    }

    /// Gives up, and removes what was written.
    pub async fn abort(self) -> Result<(), ObjectsError> {
        let Self { located, parts } = self;
        parts.abort().await.map_err(|error| located.failed(&error))
    }
}

impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Upload")
            .field("uri", &self.located.uri)
            .finish_non_exhaustive()
    }
}
