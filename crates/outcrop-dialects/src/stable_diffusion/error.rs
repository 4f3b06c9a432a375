//! The schema of a body, and the sizes that the model draws. Limits are those of AWS's and Stability AI's guides.

use crate::DialectError;
use crate::schema::{Kind, NUMBER, TEXT, TEXTS, UNIT, optional, required};

const PROMPTS: Kind = Kind::List(
    &Kind::Open(&[
        required("text", Kind::String(0, 2000)),
        optional("weight", NUMBER),
    ]),
    1,
    usize::MAX,
);

pub(super) const BODY: Kind = Kind::Open(&[
    required("text_prompts", PROMPTS),
    optional("width", Kind::Integer(128, 2048)),
    optional("height", Kind::Integer(128, 2048)),
    optional("cfg_scale", Kind::Number(0.0, 35.0)),
    optional("clip_guidance_preset", TEXT),
    optional("sampler", TEXT),
    optional("samples", Kind::Integer(1, 1)),
    optional("seed", Kind::Integer(0, 4_294_967_295)),
    optional("steps", Kind::Integer(10, 150)),
    optional("style_preset", TEXT),
    optional("init_image", TEXT),
    optional(
        "init_image_mode",
        Kind::Word(&["IMAGE_STRENGTH", "STEP_SCHEDULE"]),
    ),
    optional("image_strength", UNIT),
    optional("step_schedule_start", UNIT),
    optional("step_schedule_end", UNIT),
    optional(
        "mask_source",
        Kind::Word(&["MASK_IMAGE_WHITE", "MASK_IMAGE_BLACK", "INIT_IMAGE_ALPHA"]),
    ),
    optional("mask_image", TEXT),
    optional("negative_prompts", TEXTS),
]);

/// Width and height.
const SIZES: &[(u32, u32)] = &[
    (1024, 1024),
    (1152, 896),
    (1216, 832),
    (1344, 768),
    (1536, 640),
    (640, 1536),
    (768, 1344),
    (832, 1216),
    (896, 1152),
];

/// Stability AI's rule for this model; how Bedrock words it is not known.
pub(super) fn check_size(size: (u32, u32)) -> Result<(), DialectError> {
    if SIZES.contains(&size) {
        return Ok(());
    }
    let known: Vec<_> = SIZES
        .iter()
        .map(|(width, height)| format!("{width}x{height}"))
        .collect();
    Err(DialectError::Provider(format!(
        "the allowed dimensions are {}, but we received {}x{}",
        known.join(", "),
        size.0,
        size.1
    )))
}

/// A mask without what tells how to read it.
pub(super) fn missing(name: &str) -> DialectError {
    DialectError::Schema(format!("#: required key [{name}] not found"))
}
