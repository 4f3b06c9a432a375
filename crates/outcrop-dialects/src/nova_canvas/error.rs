//! The schemas of the bodies, and the sizes that the model takes and draws.
//!
//! Limits are those of AWS's guide. Seen in public: `#/textToImageParams/text: expected maxLength: 1024`, and
//! `#/textToImageParams: extraneous key [images] is not permitted`.

use crate::DialectError;
use crate::image::{Source, amazon::Task};
use crate::schema::{Kind, Member, TEXT, UNIT, optional, required};

const PROMPT: Kind = Kind::String(1, 1024);
const NEGATIVE: Member = optional("negativeText", PROMPT);
/// Pixels of the shortest and of the longest side.
const SIDES: (u32, u32) = (320, 4096);
/// Sides of a drawn image are multiples of this.
const STEP: u32 = 16;
/// Of a drawn image and of one that is sent.
const MOST_PIXELS: u64 = 4_194_304;

const CONFIG: Member = optional(
    "imageGenerationConfig",
    Kind::Object(&[
        optional("width", Kind::Integer(SIDES.0 as i64, SIDES.1 as i64)),
        optional("height", Kind::Integer(SIDES.0 as i64, SIDES.1 as i64)),
        optional("quality", Kind::Word(&["standard", "premium"])),
        optional("cfgScale", Kind::Number(1.1, 10.0)),
        optional("seed", Kind::Integer(0, 2_147_483_646)),
        optional("numberOfImages", Kind::Integer(1, 5)),
    ]),
);

const STYLE: Kind = Kind::Word(&[
    "3D_ANIMATED_FAMILY_FILM",
    "DESIGN_SKETCH",
    "FLAT_VECTOR_ILLUSTRATION",
    "GRAPHIC_NOVEL_ILLUSTRATION",
    "MAXIMALISM",
    "MIDCENTURY_RETRO",
    "PHOTOREALISM",
    "SOFT_DIGITAL_PAINTING",
]);

/// A body with one member of parameters, and others after it.
macro_rules! task {
    ($name:literal, $params:literal, $edits:literal, [$($member:expr),* $(,)?] $(, $config:expr)?) => {
        Task {
            name: $name,
            params: $params,
            body: Kind::Object(&[
                required("taskType", TEXT),
                required($params, Kind::Object(&[$($member),*])),
                $($config,)?
            ]),
            edits: $edits,
        }
    };
}

pub(super) const TASKS: &[Task] = &[
    task!(
        "TEXT_IMAGE",
        "textToImageParams",
        false,
        [
            required("text", PROMPT),
            NEGATIVE,
            optional("style", STYLE),
            optional("conditionImage", TEXT),
            optional("controlMode", Kind::Word(&["CANNY_EDGE", "SEGMENTATION"])),
            optional("controlStrength", UNIT),
        ],
        CONFIG
    ),
    task!(
        "COLOR_GUIDED_GENERATION",
        "colorGuidedGenerationParams",
        false,
        [
            required("text", PROMPT),
            required("colors", Kind::List(&Kind::String(7, 7), 1, 10)),
            NEGATIVE,
            optional("referenceImage", TEXT),
        ],
        CONFIG
    ),
    task!(
        "IMAGE_VARIATION",
        "imageVariationParams",
        false,
        [
            required("images", Kind::List(&TEXT, 1, 5)),
            optional("similarityStrength", Kind::Number(0.2, 1.0)),
            optional("text", PROMPT),
            NEGATIVE,
        ],
        CONFIG
    ),
    // The guide calls `text` required here, and says in the same breath what its absence means.
    task!(
        "INPAINTING",
        "inPaintingParams",
        true,
        [
            required("image", TEXT),
            optional("maskPrompt", TEXT),
            optional("maskImage", TEXT),
            optional("text", PROMPT),
            NEGATIVE,
            optional("returnMask", Kind::Boolean),
        ],
        CONFIG
    ),
    task!(
        "OUTPAINTING",
        "outPaintingParams",
        true,
        [
            required("image", TEXT),
            optional("maskPrompt", TEXT),
            optional("maskImage", TEXT),
            optional("outPaintingMode", Kind::Word(&["DEFAULT", "PRECISE"])),
            optional("text", PROMPT),
            NEGATIVE,
            optional("returnMask", Kind::Boolean),
        ],
        CONFIG
    ),
    // This one takes no configuration.
    task!(
        "BACKGROUND_REMOVAL",
        "backgroundRemovalParams",
        true,
        [required("image", TEXT)]
    ),
    task!(
        "VIRTUAL_TRY_ON",
        "virtualTryOnParams",
        true,
        [
            required("sourceImage", TEXT),
            required("referenceImage", TEXT),
            required("maskType", Kind::Word(&["IMAGE", "GARMENT", "PROMPT"])),
            optional(
                "imageBasedMask",
                Kind::Object(&[required("maskImage", TEXT)])
            ),
            optional("garmentBasedMask", GARMENT),
            optional(
                "promptBasedMask",
                Kind::Object(&[optional("maskShape", SHAPE), required("maskPrompt", TEXT)])
            ),
            optional("maskExclusions", EXCLUSIONS),
            optional(
                "mergeStyle",
                Kind::Word(&["BALANCED", "SEAMLESS", "DETAILED"])
            ),
            optional("returnMask", Kind::Boolean),
        ],
        CONFIG
    ),
];

const SHAPE: Kind = Kind::Word(&["CONTOUR", "BOUNDING_BOX", "DEFAULT"]);
const KEEP: Kind = Kind::Word(&["ON", "OFF", "DEFAULT"]);

const EXCLUSIONS: Kind = Kind::Object(&[
    optional("preserveBodyPose", KEEP),
    optional("preserveHands", KEEP),
    optional("preserveFace", KEEP),
]);

const GARMENT: Kind = Kind::Object(&[
    optional("maskShape", SHAPE),
    required(
        "garmentClass",
        Kind::Word(&[
            "UPPER_BODY",
            "LOWER_BODY",
            "FULL_BODY",
            "FOOTWEAR",
            "LONG_SLEEVE_SHIRT",
            "SHORT_SLEEVE_SHIRT",
            "NO_SLEEVE_SHIRT",
            "OTHER_UPPER_BODY",
            "LONG_PANTS",
            "SHORT_PANTS",
            "OTHER_LOWER_BODY",
            "LONG_DRESS",
            "SHORT_DRESS",
            "FULL_BODY_OUTFIT",
            "OTHER_FULL_BODY",
            "SHOES",
            "BOOTS",
            "OTHER_FOOTWEAR",
        ]),
    ),
    optional(
        "garmentStyling",
        Kind::Object(&[
            optional("longSleeveStyle", Kind::Word(&["SLEEVE_DOWN", "SLEEVE_UP"])),
            optional("tuckingStyle", Kind::Word(&["UNTUCKED", "TUCKED"])),
            optional("outerLayerStyle", Kind::Word(&["CLOSED", "OPEN"])),
        ]),
    ),
]);

/// Sides are multiples of 16, no side is more than four times the other, and there are 4,194,304 pixels at most.
/// How the service says it is not known.
pub(super) fn check_size((width, height): (u32, u32)) -> Result<(), DialectError> {
    for (name, side) in [("width", width), ("height", height)] {
        if side % STEP != 0 {
            return Err(DialectError::Schema(format!(
                "#/imageGenerationConfig/{name}: {side} is not a multiple of {STEP}"
            )));
        }
    }
    check("#/imageGenerationConfig", (width, height))
}

/// The same for an image that is sent, whose sides may be of any length between the shortest and the longest.
pub(super) fn check_input(source: &Source) -> Result<(), DialectError> {
    let (width, height) = source.size();
    let sides = SIDES.0..=SIDES.1;
    if !sides.contains(&width) || !sides.contains(&height) {
        return Err(DialectError::Provider(format!(
            "Each side of an input image must have {} to {} pixels, but the image has {width}x{height}.",
            SIDES.0, SIDES.1
        )));
    }
    check("An input image", (width, height))
}

fn check(subject: &str, (width, height): (u32, u32)) -> Result<(), DialectError> {
    let (long, short) = (width.max(height), width.min(height));
    if u64::from(long) > u64::from(short) * 4 {
        return Err(DialectError::Provider(format!(
            "{subject}: the aspect ratio of {width}x{height} is not between 1:4 and 4:1."
        )));
    }
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(DialectError::Provider(format!(
            "{subject}: {width}x{height} has more than {MOST_PIXELS} pixels."
        )));
    }
    Ok(())
}

/// A member that another one makes necessary.
pub(super) fn missing(pointer: &str, name: &str) -> DialectError {
    DialectError::Schema(format!("{pointer}: required key [{name}] not found"))
}
