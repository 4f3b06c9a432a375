//! What `StartAsyncInvoke` asks a model for, and the files that the answer is made of.
//!
//! ```text
//! modelInput -> Dialect::asynchronous -> AsyncCall { sources, plan }
//!                                          |
//!                               read from S3 -> plan.work(contents) -> AsyncWork { files, documents }
//! ```

pub(crate) mod media;
pub(crate) mod timeline;
mod vectors;
mod video;

use bytes::Bytes;
use serde_json::Value;

pub use vectors::{Content, Form, Segment, VectorsFile};
pub use video::{VideoFile, VideoParts};

use crate::DialectError;

/// A model input, understood.
pub struct AsyncCall {
    /// The objects that have to be read before the work can be told.
    pub sources: Vec<AsyncSource>,
    /// What is to be done then.
    pub plan: Box<dyn AsyncPlan>,
}

/// An object in S3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsyncSource {
    /// `s3://bucket/key`, as the model input has it.
    pub uri: String,
    /// Bytes that it may have.
    pub limit: u64,
}

/// Tells the work of one model input.
pub trait AsyncPlan: Send + Sync {
    /// What to make of the contents of the sources, which come in their order. `folder` is the location of the output,
    /// without a slash at its end.
    fn work(&self, contents: Vec<Bytes>, folder: &str) -> Result<AsyncWork, DialectError>;

    /// The documents that tell of a failure.
    fn failed(&self, _why: &str) -> Vec<Document> {
        Vec::new()
    }
}

/// What to make.
pub struct AsyncWork {
    /// Files that an engine is asked for, in the order in which they are made.
    pub files: Vec<AsyncFile>,
    /// Files that are written once the others are there.
    pub documents: Vec<Document>,
}

/// A file that an engine is asked for.
pub enum AsyncFile {
    /// A video.
    Video(VideoFile),
    /// Vectors.
    Vectors(VectorsFile),
}

impl AsyncFile {
    /// Its name in the folder of the output.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Video(file) => &file.name,
            Self::Vectors(file) => file.name,
        }
    }
}

/// A JSON file.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Its name in the folder of the output.
    pub name: &'static str,
    /// Its content.
    pub content: Value,
}
