//! A model input as a request for a video.

use outcrop_engine::VideoShot;
use serde_json::{Map, Value};

use super::error::{self, BODY};
use crate::image::{JPEG_AND_PNG, Source};
use crate::{DialectError, VideoParts, schema};

/// Pictures of a second (the provider's documentation of its model).
const RATE: u32 = 24;

/// Width and height in pixels.
type Size = (u32, u32);

/// The sizes of each ratio at 720p and at 540p. AWS's guide does not tell them: as many as 16:9 has, about.
const SIZES: &[(&str, Size, Size)] = &[
    ("1:1", (960, 960), (720, 720)),
    ("16:9", (1280, 720), (960, 540)),
    ("9:16", (720, 1280), (540, 960)),
    ("4:3", (1108, 832), (832, 624)),
    ("3:4", (832, 1108), (624, 832)),
    ("21:9", (1466, 628), (1100, 472)),
    ("9:21", (628, 1466), (472, 1100)),
];

/// The ratio of a video for which none is asked (the provider's documentation).
const RATIO: &str = "16:9";

pub(super) fn read(members: &Map<String, Value>) -> Result<VideoParts, DialectError> {
    schema::check(members, &BODY)?;
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    let ratio = text("aspect_ratio").unwrap_or(RATIO);
    let size = SIZES.iter().find(|(name, ..)| *name == ratio);
    let (_, high, low) = size.copied().unwrap_or((RATIO, (1280, 720), (960, 540)));
    let (width, height) = if text("resolution") == Some("540p") {
        low
    } else {
        high
    };
    let shot = VideoShot {
        prompt: text("prompt").unwrap_or_default().to_owned(),
        images: images(members.get("keyframes").unwrap_or(&Value::Null))?,
        seed: 0,
    };
    Ok(VideoParts {
        shots: vec![shot],
        seconds_per_shot: if text("duration") == Some("9s") { 9 } else { 5 },
        width,
        height,
        frames_per_second: RATE,
        loops: members.get("loop") == Some(&Value::Bool(true)),
    })
}

/// The images that the video begins and ends with. The guide's own example says of a PNG that it is a JPEG, so what an image is
/// said to be does not count.
fn images(frames: &Value) -> Result<Vec<Vec<u8>>, DialectError> {
    let asked = ["frame0", "frame1"].into_iter().filter_map(|name| {
        let data = frames[name]["source"]["data"].as_str()?;
        Some((format!("#/keyframes/{name}/source/data"), data))
    });
    let images = asked.map(|(pointer, data)| {
        let image = Source::read(&pointer, data, JPEG_AND_PNG)?;
        error::check(&pointer, &image)?;
        Ok(image.file)
    });
    images.collect()
}
