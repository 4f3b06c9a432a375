//! The file.

use bytes::Bytes;

use crate::{AsyncFile, AsyncPlan, AsyncWork, DialectError, VideoFile, VideoParts};

/// The work of one model input.
pub(super) struct Plan {
    pub(super) parts: VideoParts,
}

impl AsyncPlan for Plan {
    fn work(&self, _contents: Vec<Bytes>, _folder: &str) -> Result<AsyncWork, DialectError> {
        let video = VideoFile {
            name: "output.mp4".to_owned(),
            parts: self.parts.clone(),
        };
        Ok(AsyncWork {
            files: vec![AsyncFile::Video(video)],
            documents: Vec::new(),
        })
    }
}
