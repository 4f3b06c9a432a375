//! Videos.

use std::sync::Arc;

use outcrop_catalogue::Model;
use outcrop_engine::{Caller, VideoRequest, VideoShot};

/// A video file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VideoFile {
    /// Its name in the folder of the output.
    pub name: String,
    /// What it shows.
    pub parts: VideoParts,
}

/// The members of a [`VideoRequest`] that a model input decides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VideoParts {
    /// What it shows, one after the other.
    pub shots: Vec<VideoShot>,
    /// The length of each shot.
    pub seconds_per_shot: u32,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Pictures of a second.
    pub frames_per_second: u32,
    /// Whether it ends as it begins.
    pub loops: bool,
}

impl VideoParts {
    /// The whole request.
    #[must_use]
    pub fn into_request(self, model: Arc<Model>, caller: Caller) -> VideoRequest {
        let Self {
            shots,
            seconds_per_shot,
            width,
            height,
            frames_per_second,
            loops,
        } = self;
        VideoRequest {
            model,
            caller,
            shots,
            seconds_per_shot,
            width,
            height,
            frames_per_second,
            loops,
        }
    }
}
