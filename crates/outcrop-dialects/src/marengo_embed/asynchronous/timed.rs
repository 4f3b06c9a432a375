//! Sounds and videos: which part of them, which clips, and which kinds of vectors.

use serde_json::{Map, Value, json};

use crate::asynchronous::timeline::{self, Clip, Media};
use crate::schema::{self, Kind, optional};
use crate::{Content, DialectError, Segment};

/// The clips of a sound are so long, about, in seconds.
const SOUND: f64 = 10.0;
/// The clips of a video, where the guide divides by what is seen. Ours: the third version's fixed length.
const SCENE: f64 = 6.0;
/// `fixed` of the third version without a length.
const FIXED: f64 = 6.0;

const SECONDS: Kind = Kind::Number(0.0, f64::INFINITY);

const SECOND: Kind = Kind::Open(&[
    optional("startSec", SECONDS),
    optional("lengthSec", SECONDS),
    optional("useFixedLengthSec", Kind::Number(2.0, 10.0)),
    optional("minClipSec", Kind::Integer(1, 5)),
    optional("embeddingOption", Kind::List(&SECOND_OPTION, 0, 3)),
]);
const SECOND_OPTION: Kind = Kind::Word(&["visual-text", "visual-image", "audio"]);

const THIRD_VIDEO: Kind = Kind::Open(&[
    optional("startSec", SECONDS),
    optional("endSec", SECONDS),
    optional("segmentation", SEGMENTATION),
    optional(
        "embeddingOption",
        Kind::List(&Kind::Word(&["visual", "audio", "transcription"]), 0, 3),
    ),
    optional("embeddingScope", SCOPES),
    optional("embeddingType", TYPES),
]);
const THIRD_AUDIO: Kind = Kind::Open(&[
    optional("startSec", SECONDS),
    optional("endSec", SECONDS),
    optional("segmentation", SEGMENTATION),
    optional(
        "embeddingOption",
        Kind::List(&Kind::Word(&["audio", "transcription"]), 0, 2),
    ),
    optional("embeddingScope", SCOPES),
    optional("embeddingType", TYPES),
]);
const SCOPES: Kind = Kind::List(&Kind::Word(&["clip", "asset"]), 0, 2);
const TYPES: Kind = Kind::List(
    &Kind::Word(&["separate_embedding", "fused_embedding"]),
    0,
    2,
);
const SEGMENTATION: Kind = Kind::Open(&[
    schema::required("method", Kind::Word(&["dynamic", "fixed"])),
    optional(
        "dynamic",
        Kind::Open(&[optional("minDurationSec", Kind::Integer(1, 5))]),
    ),
    optional(
        "fixed",
        Kind::Open(&[optional("durationSec", Kind::Integer(1, 10))]),
    ),
]);

/// How a sound or video is cut.
#[derive(Debug, Clone)]
pub(super) struct Timed {
    /// In seconds.
    start: f64,
    /// In seconds; to the end of the medium without it.
    end: Option<f64>,
    cut: Cut,
    /// Each clip has a vector for each.
    options: Vec<Value>,
    /// Which scopes are asked for, where vectors tell theirs.
    scopes: Option<Scopes>,
}

#[derive(Debug, Clone, Copy)]
enum Cut {
    /// The last clip may be shorter.
    Fixed(f64),
    Even(f64),
}

#[derive(Debug, Clone, Copy)]
struct Scopes {
    clip: bool,
    asset: bool,
}

/// An input of the second version.
pub(super) fn second(kind: &str, members: &Value) -> Result<Timed, DialectError> {
    check(members, &SECOND)?;
    let start = members["startSec"].as_f64().unwrap_or_default();
    let all: &[&str] = match kind {
        "audio" => &["audio"],
        _ => &["visual-text", "visual-image", "audio"],
    };
    let near = near(kind).max(members["minClipSec"].as_f64().unwrap_or_default());
    Ok(Timed {
        start,
        end: members["lengthSec"].as_f64().map(|length| start + length),
        cut: members["useFixedLengthSec"]
            .as_f64()
            .map_or(Cut::Even(near), Cut::Fixed),
        options: listed(&members["embeddingOption"], all),
        scopes: None,
    })
}

/// An input of the third version: the member that is named after its type.
pub(super) fn third(kind: &str, members: &Value) -> Result<Timed, DialectError> {
    let (body, all): (_, &[&str]) = match kind {
        "audio" => (&THIRD_AUDIO, &["audio", "transcription"]),
        _ => (&THIRD_VIDEO, &["visual", "audio", "transcription"]),
    };
    check(members, body)?;
    let segmentation = &members["segmentation"];
    let cut = match segmentation["method"].as_str() {
        Some("fixed") => {
            let asked = segmentation["fixed"]["durationSec"].as_f64();
            Cut::Fixed(asked.unwrap_or(FIXED))
        }
        _ => Cut::Even(near(kind)),
    };
    let mut options = listed(&members["embeddingOption"], all);
    let types = listed(&members["embeddingType"], &["separate_embedding"]);
    if types.contains(&json!("fused_embedding")) {
        if options.len() < 2 {
            return Err(too_few_to_fuse(kind));
        }
        if !types.contains(&json!("separate_embedding")) {
            options.clear();
        }
        options.push(json!("fused"));
    }
    // The guide names no scopes for an input that names none.
    let scopes = listed(&members["embeddingScope"], &["clip", "asset"]);
    Ok(Timed {
        start: members["startSec"].as_f64().unwrap_or_default(),
        end: members["endSec"].as_f64(),
        cut,
        options,
        scopes: Some(Scopes {
            clip: scopes.contains(&json!("clip")),
            asset: scopes.contains(&json!("asset")),
        }),
    })
}

fn check(members: &Value, body: &Kind) -> Result<(), DialectError> {
    let empty = Map::new();
    schema::check(members.as_object().unwrap_or(&empty), body)
}

fn near(kind: &str) -> f64 {
    if kind == "audio" { SOUND } else { SCENE }
}

/// The members of a list, or those that stand for none.
fn listed(asked: &Value, all: &[&str]) -> Vec<Value> {
    match asked.as_array() {
        Some(asked) if !asked.is_empty() => asked.clone(),
        _ => all.iter().map(|option| json!(option)).collect(),
    }
}

impl Timed {
    /// The vectors that are asked for, clip by clip, then those of all of it.
    pub(super) fn segments(&self, media: &Media) -> Result<Vec<Segment>, DialectError> {
        let end = self.end.unwrap_or(media.seconds).min(media.seconds);
        if end <= self.start {
            return Err(nothing(self.start, end));
        }
        let whole = (self.start, end);
        let clips = match self.cut {
            Cut::Fixed(length) => timeline::fixed(whole, length),
            Cut::Even(near) => timeline::even(whole, near),
        };
        let mut segments = Vec::new();
        if self.scopes.is_none_or(|scopes| scopes.clip) {
            for clip in clips {
                self.add(media, clip, "clip", &mut segments);
            }
        }
        if self.scopes.is_some_and(|scopes| scopes.asset) {
            self.add(media, whole, "asset", &mut segments);
        }
        Ok(segments)
    }

    fn add(&self, media: &Media, clip: Clip, scope: &str, segments: &mut Vec<Segment>) {
        for option in &self.options {
            let piece = media.piece(clip);
            let content = match option.as_str() {
                Some("audio" | "transcription") => Content::Audio(piece),
                _ => Content::Video(piece),
            };
            let mut members = Map::new();
            members.insert("embeddingOption".to_owned(), option.clone());
            if self.scopes.is_some() {
                members.insert("embeddingScope".to_owned(), json!(scope));
            }
            members.insert("startSec".to_owned(), json!(timeline::time(clip.0)));
            members.insert("endSec".to_owned(), json!(timeline::time(clip.1)));
            segments.push(Segment { content, members });
        }
    }
}

/// How the service says it is not known.
fn too_few_to_fuse(kind: &str) -> DialectError {
    DialectError::Provider(format!(
        "#/{kind}/embeddingType: fused_embedding needs at least two values of embeddingOption."
    ))
}

/// How the service says it is not known.
fn nothing(start: f64, end: f64) -> DialectError {
    DialectError::Provider(format!(
        "There is nothing to embed between the seconds {start} and {end} of the file."
    ))
}
