//! The files: the video, its shots, and what is told of both.
//!
//! Each shot of several is a file of its own, and `video-generation-status.json` tells where all are (AWS's guide).

use bytes::Bytes;
use outcrop_engine::VideoShot;
use serde_json::{Value, json};

use super::request;
use crate::asynchronous::media::Place;
use crate::{AsyncFile, AsyncPlan, AsyncWork, DialectError, Document, VideoFile, VideoParts};

const STATUS: &str = "video-generation-status.json";
const VIDEO: &str = "output.mp4";

/// The work of one model input.
pub(super) struct Plan {
    pub(super) shots: Vec<Shot>,
    pub(super) seed: u64,
    /// Whether shots are files of their own.
    pub(super) several: bool,
}

/// One shot.
#[derive(Debug, Clone)]
pub(super) struct Shot {
    pub(super) prompt: String,
    pub(super) start: Option<Start>,
}

/// The image that a shot begins with.
#[derive(Debug, Clone)]
pub(super) struct Start {
    pub(super) place: Place,
    pub(super) format: String,
    /// Its source in the model input.
    pub(super) pointer: String,
}

impl Plan {
    fn shot(
        &self,
        shot: &Shot,
        number: u64,
        contents: &[Bytes],
    ) -> Result<VideoShot, DialectError> {
        let mut images = Vec::new();
        if let Some(start) = &shot.start {
            let content = start.place.bytes(contents);
            if matches!(start.place, Place::Source(_)) {
                request::check(start, &content)?;
            }
            images.push(content.to_vec());
        }
        Ok(VideoShot {
            prompt: shot.prompt.clone(),
            images,
            seed: self.seed.wrapping_add(number),
        })
    }
}

impl AsyncPlan for Plan {
    fn work(&self, contents: Vec<Bytes>, folder: &str) -> Result<AsyncWork, DialectError> {
        let numbered = self.shots.iter().zip(0..);
        let shots: Vec<VideoShot> = numbered
            .map(|(shot, number)| self.shot(shot, number, &contents))
            .collect::<Result<_, _>>()?;
        let video = |name: String, shots: &[VideoShot]| {
            let shots = shots.to_vec();
            AsyncFile::Video(VideoFile {
                name,
                parts: VideoParts {
                    shots,
                    ..request::parts()
                },
            })
        };
        let alone = if self.several { &shots[..] } else { &[] };
        let alone = alone.iter().zip(1_usize..);
        let mut files: Vec<AsyncFile> = alone
            .map(|(shot, number)| video(shot_name(number), std::slice::from_ref(shot)))
            .collect();
        let told: Vec<Value> = files
            .iter()
            .map(|file| success(folder, file.name()))
            .collect();
        files.push(video(VIDEO.to_owned(), &shots));
        let status = status(&told, &success(folder, VIDEO));
        Ok(AsyncWork {
            files,
            documents: vec![status],
        })
    }

    fn failed(&self, why: &str) -> Vec<Document> {
        let failure = json!({
            "status": "FAILURE",
            "failureType": "INTERNAL_SERVER_EXCEPTION",
            "failureMessage": why,
        });
        let shots = if self.several { self.shots.len() } else { 0 };
        vec![status(&vec![failure.clone(); shots], &failure)]
    }
}

fn shot_name(number: usize) -> String {
    format!("shot_{number:04}.mp4")
}

fn success(folder: &str, name: &str) -> Value {
    json!({"status": "SUCCESS", "location": format!("{folder}/{name}")})
}

/// The version of the schema is not published.
fn status(shots: &[Value], whole: &Value) -> Document {
    Document {
        name: STATUS,
        content: json!({"schemaVersion": "1.0", "shots": shots, "fullVideo": whole}),
    }
}
