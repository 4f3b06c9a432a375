//! The schemas of the model inputs, and what the model refuses. Limits are those of AWS's guide.

use serde_json::{Map, Value};

use crate::DialectError;
use crate::schema::{Kind, Member, TEXT, optional, required};

/// Seconds of a shot.
pub(super) const SHOT: u32 = 6;
/// Pixels of every video, and of the images that it begins with.
pub(super) const SIZE: (u32, u32) = (1280, 720);
/// Pictures of a second.
pub(super) const RATE: u32 = 24;
/// Bytes of an image in S3.
pub(super) const IMAGE_BYTES: u64 = 25 << 20;

/// What a model input asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    TextVideo,
    MultiShotAutomated,
    MultiShotManual,
}

const PROMPT: Kind = Kind::String(1, 512);
const TASK: Member = required("taskType", TEXT);
const RATES: Member = required("fps", Kind::Choice(&[24]));
const DIMENSION: Member = required("dimension", Kind::Word(&["1280x720"]));
const SEED: Member = optional("seed", Kind::Integer(0, 2_147_483_646));

const IMAGE: Kind = Kind::Object(&[
    required("format", Kind::Word(&["png", "jpeg"])),
    required(
        "source",
        Kind::Object(&[
            optional("bytes", TEXT),
            optional(
                "s3Location",
                Kind::Object(&[required("uri", TEXT), optional("bucketOwner", TEXT)]),
            ),
        ]),
    ),
]);

const TEXT_VIDEO: Kind = Kind::Object(&[
    TASK,
    required(
        "textToVideoParams",
        Kind::Object(&[
            required("text", PROMPT),
            optional("images", Kind::List(&IMAGE, 1, 1)),
        ]),
    ),
    required(
        "videoGenerationConfig",
        Kind::Object(&[
            required("durationSeconds", Kind::Choice(&[6])),
            RATES,
            DIMENSION,
            SEED,
        ]),
    ),
]);

const MULTI_SHOT_AUTOMATED: Kind = Kind::Object(&[
    TASK,
    required(
        "multiShotAutomatedParams",
        Kind::Object(&[required("text", Kind::String(1, 4000))]),
    ),
    required(
        "videoGenerationConfig",
        Kind::Object(&[
            required("durationSeconds", Kind::Choice(DURATIONS)),
            RATES,
            DIMENSION,
            SEED,
        ]),
    ),
]);

const DURATIONS: &[i64] = &[
    12, 18, 24, 30, 36, 42, 48, 54, 60, 66, 72, 78, 84, 90, 96, 102, 108, 114, 120,
];

// The number of shots decides about the length, which is two minutes at most.
const MULTI_SHOT_MANUAL: Kind = Kind::Object(&[
    TASK,
    required(
        "multiShotManualParams",
        Kind::Object(&[required(
            "shots",
            Kind::List(
                &Kind::Object(&[required("text", PROMPT), optional("image", IMAGE)]),
                1,
                20,
            ),
        )]),
    ),
    required(
        "videoGenerationConfig",
        Kind::Object(&[RATES, DIMENSION, SEED]),
    ),
]);

/// The task of a model input. The first version knows one.
pub(super) fn task(model_id: &str, members: &Map<String, Value>) -> Result<Task, DialectError> {
    let Some(asked) = members.get("taskType") else {
        return Err(DialectError::Schema(
            "#: required key [taskType] not found".to_owned(),
        ));
    };
    let shoots_several = model_id != "amazon.nova-reel-v1:0";
    match asked.as_str() {
        Some("TEXT_VIDEO") => Ok(Task::TextVideo),
        Some("MULTI_SHOT_AUTOMATED") if shoots_several => Ok(Task::MultiShotAutomated),
        Some("MULTI_SHOT_MANUAL") if shoots_several => Ok(Task::MultiShotManual),
        _ => Err(crate::schema::not_in_enum("#/taskType", asked)),
    }
}

impl Task {
    pub(super) fn schema(self) -> &'static Kind {
        match self {
            Self::TextVideo => &TEXT_VIDEO,
            Self::MultiShotAutomated => &MULTI_SHOT_AUTOMATED,
            Self::MultiShotManual => &MULTI_SHOT_MANUAL,
        }
    }
}

/// An image of another size. How the service says it is not known.
pub(super) fn another_size(pointer: &str, (width, height): (u32, u32)) -> DialectError {
    let (wanted_width, wanted_height) = SIZE;
    DialectError::Provider(format!(
        "{pointer}: the image has {width}x{height} pixels. Provide one of {wanted_width}x{wanted_height} pixels."
    ))
}
