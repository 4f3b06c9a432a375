//! The objects behind `s3://` locations: a folder, or any S3 endpoint.
//!
//! [`Objects`] is one of both. In a folder, a bucket is a folder in it, and the keys are the paths below: nothing
//! has to run beside Outcrop, and inputs and outputs can be looked at with any tool.

mod error;
mod folder;
mod list;
mod objects;
mod read;
mod s3;
mod uri;
mod write;

pub use error::ObjectsError;
pub use list::{Listed, Page};
pub use objects::Objects;
pub use read::Lines;
pub use s3::{S3Keys, S3Settings};
pub use uri::{S3Uri, S3UriError};
pub use write::Upload;
