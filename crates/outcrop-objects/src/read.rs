//! Reading objects.

use std::ops::Range;

use bytes::{Bytes, BytesMut};
use futures_util::{TryStreamExt, stream::BoxStream};
use object_store::ObjectStoreExt;

use crate::{Listed, Objects, ObjectsError, S3Uri, objects::Located};

impl Objects {
    /// The size and time of an object.
    pub async fn head(&self, uri: &S3Uri) -> Result<Listed, ObjectsError> {
        let located = self.object(uri).await?;
        let meta = located
            .store
            .head(&located.path)
            .await
            .map_err(|error| located.failed(&error))?;
        Ok(Listed {
            uri: located.uri,
            size: meta.size,
            modified: meta.last_modified.into(),
        })
    }

    /// A whole object of at most `limit` bytes.
    pub async fn get(&self, uri: &S3Uri, limit: u64) -> Result<Bytes, ObjectsError> {
        let located = self.object(uri).await?;
        let found = located
            .store
            .get(&located.path)
            .await
            .map_err(|error| located.failed(&error))?;
        if found.meta.size > limit {
            return Err(ObjectsError::TooLarge {
                uri: located.uri,
                what: "the object",
                limit,
            });
        }
        found.bytes().await.map_err(|error| located.failed(&error))
    }

    /// Some bytes of an object: what it has of the range, nothing where the range starts after its end.
    pub async fn range(&self, uri: &S3Uri, range: Range<u64>) -> Result<Bytes, ObjectsError> {
        let located = self.object(uri).await?;
        let meta = located
            .store
            .head(&located.path)
            .await
            .map_err(|error| located.failed(&error))?;
        let range = range.start..range.end.min(meta.size);
        if range.is_empty() {
            return Ok(Bytes::new());
        }
        located
            .store
            .get_range(&located.path, range)
            .await
            .map_err(|error| located.failed(&error))
    }

    /// The lines of an object, read as they are asked for. A line may have `longest` bytes.
    pub async fn lines(&self, uri: &S3Uri, longest: usize) -> Result<Lines, ObjectsError> {
        let located = self.object(uri).await?;
        let found = located
            .store
            .get(&located.path)
            .await
            .map_err(|error| located.failed(&error))?;
        Ok(Lines {
            located,
            chunks: Some(found.into_stream()),
            read: BytesMut::new(),
            searched: 0,
            longest,
        })
    }
}

/// The lines of an object.
pub struct Lines {
    located: Located,
    /// Nothing after the end.
    chunks: Option<BoxStream<'static, object_store::Result<Bytes>>>,
    read: BytesMut,
    /// The first bytes of `read` that have no line's end.
    searched: usize,
    longest: usize,
}

impl Lines {
    /// The next line, without its end (`\n` or `\r\n`); `None` after the last one. An error is the last.
    pub async fn next(&mut self) -> Result<Option<Bytes>, ObjectsError> {
        let next = self.line().await;
        if next.is_err() {
            self.chunks = None;
            self.read.clear();
            self.searched = 0;
        }
        next
    }

    async fn line(&mut self) -> Result<Option<Bytes>, ObjectsError> {
        loop {
            if let Some(end) = self.line_end() {
                let line = self.read.split_to(end + 1).freeze();
                self.searched = 0;
                return self.within(trimmed(line)).map(Some);
            }
            // Two bytes more may be the line's end.
            if self.read.len() > self.longest.saturating_add(2) {
                return Err(self.too_long());
            }
            let Some(chunks) = &mut self.chunks else {
                return self.last();
            };
            match chunks.try_next().await {
                Ok(Some(chunk)) => self.read.extend_from_slice(&chunk),
                Ok(None) => self.chunks = None,
                Err(error) => return Err(self.located.failed(&error)),
            }
        }
    }

    fn line_end(&mut self) -> Option<usize> {
        let unsearched = self.read.get(self.searched..)?;
        let end = unsearched
            .iter()
            .position(|byte| *byte == b'\n')
            .map(|at| at + self.searched);
        self.searched = self.read.len();
        end
    }

    /// The last line need not have an end.
    fn last(&mut self) -> Result<Option<Bytes>, ObjectsError> {
        let line = self.read.split().freeze();
        self.searched = 0;
        if line.is_empty() {
            Ok(None)
        } else {
            self.within(trimmed(line)).map(Some)
        }
    }

    fn within(&self, line: Bytes) -> Result<Bytes, ObjectsError> {
        if line.len() > self.longest {
            Err(self.too_long())
        } else {
            Ok(line)
        }
    }

    fn too_long(&self) -> ObjectsError {
        ObjectsError::TooLarge {
            uri: self.located.uri.clone(),
            what: "a line",
            limit: self.longest as u64,
        }
    }
}

impl std::fmt::Debug for Lines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lines")
            .field("uri", &self.located.uri)
            .finish_non_exhaustive()
    }
}

fn trimmed(mut line: Bytes) -> Bytes {
    if line.ends_with(b"\n") {
        line.truncate(line.len() - 1);
        if line.ends_with(b"\r") {
            line.truncate(line.len() - 1);
        }
    }
    line
}
