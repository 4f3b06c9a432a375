//! The schema of a model input, and what the model refuses. Limits are those of AWS's guide; how the service words its refusals
//! of images is not known.

use crate::DialectError;
use crate::image::Source;
use crate::schema::{Kind, TEXT, optional, required};

/// Pixels of an image's shortest and longest side.
const SIDES: std::ops::RangeInclusive<u32> = 512..=4096;

pub(super) const BODY: Kind = Kind::Object(&[
    required("prompt", Kind::String(1, 5000)),
    optional(
        "aspect_ratio",
        Kind::Word(&["1:1", "16:9", "9:16", "4:3", "3:4", "21:9", "9:21"]),
    ),
    optional("loop", Kind::Boolean),
    optional("duration", Kind::Word(&["5s", "9s"])),
    optional("resolution", Kind::Word(&["540p", "720p"])),
    optional(
        "keyframes",
        Kind::Object(&[optional("frame0", FRAME), optional("frame1", FRAME)]),
    ),
]);

const FRAME: Kind = Kind::Object(&[
    required("type", Kind::Word(&["image"])),
    required(
        "source",
        Kind::Object(&[
            required("type", Kind::Word(&["base64"])),
            required("media_type", Kind::Word(&["image/jpeg", "image/png"])),
            required("data", TEXT),
        ]),
    ),
]);

/// An image that is too small or too large.
pub(super) fn check(pointer: &str, image: &Source) -> Result<(), DialectError> {
    let (width, height) = image.size();
    if SIDES.contains(&width) && SIDES.contains(&height) {
        return Ok(());
    }
    Err(DialectError::Provider(format!(
        "{pointer}: the image has {width}x{height} pixels. Provide one whose sides have {} to {} pixels.",
        SIDES.start(),
        SIDES.end()
    )))
}
