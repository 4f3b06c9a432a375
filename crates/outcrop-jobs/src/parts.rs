//! Outputs that grow part by part.
//!
//! A part is an object of its own until its file is put together. Which parts count stands in the checkpoint; what a
//! crash leaves besides is written over.

use bytes::Bytes;
use outcrop_objects::{Objects, S3Uri};

use crate::halt::Halt;

/// The folder of the parts, in the folder of the job's output.
const PARTS: &str = ".parts";

/// Bytes of a part.
const LONGEST: u64 = 1 << 30;

/// Parts that are listed at once.
const PAGE: usize = 1000;

/// The parts of a job.
#[derive(Clone)]
pub(crate) struct Parts {
    objects: Objects,
    /// The folder of the job's output.
    output: S3Uri,
}

impl Parts {
    pub(crate) fn new(objects: &Objects, output: S3Uri) -> Self {
        Self {
            objects: objects.clone(),
            output,
        }
    }

    /// Writes a part of a file's output.
    pub(crate) async fn put(&self, file: usize, part: u64, content: Bytes) -> Result<(), Halt> {
        let at = self.part(file, part)?;
        Ok(self.objects.put(&at, content).await?)
    }

    /// Puts the first `parts` of a file together to the object `name`.
    pub(crate) async fn put_together(
        &self,
        file: usize,
        parts: u64,
        name: &str,
    ) -> Result<(), Halt> {
        let whole = joined(&self.output, name)?;
        let mut upload = self.objects.upload(&whole).await?;
        for part in 0..parts {
            match self.objects.get(&self.part(file, part)?, LONGEST).await {
                Ok(content) => upload.write(content).await?,
                Err(error) => {
                    upload.abort().await?;
                    return Err(error.into());
                }
            }
        }
        Ok(upload.finish().await?)
    }

    /// Removes the parts. Whoever goes on after a crash does it again, which does no harm.
    pub(crate) async fn remove(&self) -> Result<(), Halt> {
        let parts = joined(&self.output, &format!("{PARTS}/"))?;
        loop {
            let page = self.objects.list(&parts, None, PAGE).await?;
            for part in &page.objects {
                self.objects.delete(&part.uri).await?;
            }
            if !page.more {
                return Ok(());
            }
        }
    }

    fn part(&self, file: usize, part: u64) -> Result<S3Uri, Halt> {
        joined(&self.output, &format!("{PARTS}/{file}/{part}"))
    }
}

/// An object in a folder.
pub(crate) fn joined(folder: &S3Uri, name: &str) -> Result<S3Uri, Halt> {
    folder
        .join(name)
        .map_err(|error| Halt::Failed(error.to_string()))
}

/// A location that a request has told.
pub(crate) fn location(text: &str) -> Result<S3Uri, Halt> {
    text.parse()
        .map_err(|error: outcrop_objects::S3UriError| Halt::Failed(error.to_string()))
}
