//! The schemas of the bodies, and the sizes that the models draw.
//!
//! Limits are those of AWS's guide; a text that is too long was seen refused as `expected maxLength: 512`.

use crate::DialectError;
use crate::image::{Source, amazon::Task};
use crate::schema::{Kind, Member, TEXT, UNIT, optional, required};

const PROMPT: Kind = Kind::String(1, 512);
const NEGATIVE: Member = optional("negativeText", PROMPT);
const QUALITY: Kind = Kind::Word(&["standard", "premium"]);
const IMAGES: Kind = Kind::List(&TEXT, 1, 5);

const CONFIG: Member = optional(
    "imageGenerationConfig",
    Kind::Object(&[
        optional("quality", QUALITY),
        optional("numberOfImages", Kind::Integer(1, 5)),
        optional("width", Kind::Integer(1, 1408)),
        optional("height", Kind::Integer(1, 1408)),
        optional("cfgScale", Kind::Number(1.1, 10.0)),
        optional("seed", Kind::Integer(0, 2_147_483_646)),
    ]),
);

/// The longest side of an image that a request carries.
const LONGEST_INPUT: u32 = 1408;

/// Width and height.
const SIZES: &[(u32, u32)] = &[
    (1024, 1024),
    (768, 768),
    (512, 512),
    (768, 1152),
    (384, 576),
    (1152, 768),
    (576, 384),
    (768, 1280),
    (384, 640),
    (1280, 768),
    (640, 384),
    (896, 1152),
    (448, 576),
    (1152, 896),
    (576, 448),
    (768, 1408),
    (384, 704),
    (1408, 768),
    (704, 384),
    (640, 1408),
    (320, 704),
    (1408, 640),
    (704, 320),
    (1152, 640),
    (1173, 640),
];

/// A body with one member of parameters.
macro_rules! task {
    ($name:literal, $params:literal, $edits:literal, [$($member:expr),* $(,)?]) => {
        Task {
            name: $name,
            params: $params,
            body: Kind::Object(&[
                required("taskType", TEXT),
                required($params, Kind::Object(&[$($member),*])),
                CONFIG,
            ]),
            edits: $edits,
        }
    };
}

const IN_PAINTING: Task = task!(
    "INPAINTING",
    "inPaintingParams",
    true,
    [
        required("image", TEXT),
        optional("text", PROMPT),
        NEGATIVE,
        optional("maskPrompt", TEXT),
        optional("maskImage", TEXT),
        optional("returnMask", Kind::Boolean),
    ]
);

const OUT_PAINTING: Task = task!(
    "OUTPAINTING",
    "outPaintingParams",
    true,
    [
        required("text", PROMPT),
        required("image", TEXT),
        NEGATIVE,
        optional("maskPrompt", TEXT),
        optional("maskImage", TEXT),
        optional("returnMask", Kind::Boolean),
        optional("outPaintingMode", Kind::Word(&["DEFAULT", "PRECISE"])),
    ]
);

const VARIATION: Task = task!(
    "IMAGE_VARIATION",
    "imageVariationParams",
    false,
    [
        required("images", IMAGES),
        optional("text", PROMPT),
        NEGATIVE,
        optional("similarityStrength", Kind::Number(0.2, 1.0)),
    ]
);

/// What version 1 does.
pub(super) const V1: &[Task] = &[
    task!(
        "TEXT_IMAGE",
        "textToImageParams",
        false,
        [required("text", PROMPT), NEGATIVE]
    ),
    IN_PAINTING,
    OUT_PAINTING,
    VARIATION,
];

/// What version 2 does.
pub(super) const V2: &[Task] = &[
    task!(
        "TEXT_IMAGE",
        "textToImageParams",
        false,
        [
            required("text", PROMPT),
            NEGATIVE,
            optional("conditionImage", TEXT),
            optional("controlMode", Kind::Word(&["CANNY_EDGE", "SEGMENTATION"])),
            optional("controlStrength", UNIT),
        ]
    ),
    IN_PAINTING,
    OUT_PAINTING,
    VARIATION,
    task!(
        "COLOR_GUIDED_GENERATION",
        "colorGuidedGenerationParams",
        false,
        [
            required("text", PROMPT),
            required("colors", Kind::List(&Kind::String(7, 7), 1, 10)),
            NEGATIVE,
            optional("referenceImage", TEXT),
        ]
    ),
    task!(
        "BACKGROUND_REMOVAL",
        "backgroundRemovalParams",
        true,
        [required("image", TEXT)]
    ),
];

/// How the service says it is not known.
pub(super) fn check_size(size: (u32, u32)) -> Result<(), DialectError> {
    if SIZES.contains(&size) {
        return Ok(());
    }
    let (width, height) = size;
    Err(DialectError::Schema(format!(
        "#/imageGenerationConfig: {width}x{height} is not a supported image size"
    )))
}

/// How the service says it is not known.
pub(super) fn check_input(source: &Source) -> Result<(), DialectError> {
    let (width, height) = source.size();
    if width.max(height) <= LONGEST_INPUT {
        return Ok(());
    }
    Err(DialectError::Provider(format!(
        "The longer side of an input image must be at most {LONGEST_INPUT} pixels, but the image has {width}x{height}."
    )))
}

/// How the service says it is not known.
pub(super) fn control_without_image(pointer: &str) -> DialectError {
    DialectError::Schema(format!(
        "{pointer}: required key [conditionImage] not found"
    ))
}
