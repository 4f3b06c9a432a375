//! The input of an asynchronous invocation: content that is cut into segments, with one vector for each.
//!
//! Limits and files are those of AWS's guide. It says that content has to be in S3, and has members for content in the
//! request all the same, which are taken here.

use bytes::Bytes;
use outcrop_catalogue::Model;
use outcrop_engine::canned::{media::image_facts, tokenizer};
use serde_json::{Map, Value, json};

use super::error::{
    self, CONTENT_IMAGE, FORMATS_OF_AUDIO, FORMATS_OF_VIDEO, PURPOSE, SOURCE, TOKENS,
};
use crate::asynchronous::media::{MOST_BYTES, Place, Sources};
use crate::asynchronous::timeline::{self, Media};
use crate::schema::{Kind, Member, optional, required};
use crate::{
    AsyncCall, AsyncFile, AsyncPlan, AsyncWork, Content, DialectError, Document, Form, Segment,
    VectorsFile, body, schema,
};

const IMAGE_BYTES: u64 = 50 << 20;
/// Segments of a text, and of a sound or video.
const MOST_OF_TEXT: usize = 1900;
const MOST_OF_MEDIA: usize = 1434;
/// Characters of a segment, and seconds, where the input does not say.
const CHARACTERS: u64 = 32_000;
const SECONDS: f64 = 5.0;

const BY_TIME: Member = required(
    "segmentationConfig",
    Kind::Object(&[optional("durationSeconds", Kind::Integer(1, 30))]),
);

const BODY: Kind = Kind::Object(&[
    required("taskType", Kind::Word(&["SEGMENTED_EMBEDDING"])),
    required(
        "segmentedEmbeddingParams",
        Kind::Object(&[
            required("embeddingPurpose", PURPOSE),
            optional("embeddingDimension", Kind::Choice(&[256, 384, 1024, 3072])),
            optional(
                "text",
                Kind::Object(&[
                    required("truncationMode", Kind::Word(&["START", "END", "NONE"])),
                    optional("value", Kind::String(1, 50_000)),
                    optional("source", Kind::Open(&[])),
                    required(
                        "segmentationConfig",
                        Kind::Object(&[optional("maxLengthChars", Kind::Integer(800, 50_000))]),
                    ),
                ]),
            ),
            optional("image", CONTENT_IMAGE),
            optional(
                "audio",
                Kind::Object(&[required("format", FORMATS_OF_AUDIO), SOURCE, BY_TIME]),
            ),
            optional(
                "video",
                Kind::Object(&[
                    required("format", FORMATS_OF_VIDEO),
                    SOURCE,
                    required("embeddingMode", error::MODE),
                    BY_TIME,
                ]),
            ),
        ]),
    ),
    optional("schemaVersion", Kind::Word(&["nova-multimodal-embed-v1"])),
]);

pub(super) fn read(model: &Model, members: &Map<String, Value>) -> Result<AsyncCall, DialectError> {
    schema::check(members, &BODY)?;
    let params = members
        .get("segmentedEmbeddingParams")
        .unwrap_or(&Value::Null);
    let mut present = ["text", "image", "audio", "video"]
        .into_iter()
        .filter(|kind| !params[*kind].is_null());
    let (Some(kind), None) = (present.next(), present.next()) else {
        return Err(error::one_content("segmentedEmbeddingParams"));
    };
    let content = &params[kind];
    let mut sources = Sources::default();
    let place = if let Some(text) = content["value"].as_str() {
        Place::Here(Bytes::copy_from_slice(text.as_bytes()))
    } else {
        let pointer = format!("#/segmentedEmbeddingParams/{kind}/source");
        let limit = if kind == "image" {
            IMAGE_BYTES
        } else {
            MOST_BYTES
        };
        sources.medium(&pointer, &content["source"], "bytes", limit)?
    };
    let plan = Plan {
        kind,
        content: content.clone(),
        place,
        source: sources.first(),
        dimensions: body::dimensions(model, params.get("embeddingDimension")),
    };
    Ok(AsyncCall {
        sources: sources.0,
        plan: Box::new(plan),
    })
}

struct Plan {
    kind: &'static str,
    content: Value,
    place: Place,
    /// The location of the content, where it has one.
    source: Option<String>,
    dimensions: usize,
}

/// What vectors are of, as answers call it, and the name of their file.
type Kept = (&'static str, &'static str, Vec<Segment>);

impl Plan {
    fn segments(&self, bytes: Bytes) -> Result<Vec<Kept>, DialectError> {
        match self.kind {
            "text" => Ok(vec![("TEXT", "embedding-text.jsonl", self.texts(&bytes)?)]),
            "image" => {
                let format = self.content["format"].as_str().unwrap_or_default();
                image_facts(format, &bytes)
                    .map_err(|error| DialectError::Provider(error.to_string()))?;
                let image = segment(Content::Image(bytes), json!({"segmentIndex": 0}));
                Ok(vec![("IMAGE", "embedding-image.json", vec![image])])
            }
            "audio" => {
                let media = Media::new(bytes)?;
                let segments = self.timed(&media, Content::Audio)?;
                Ok(vec![("AUDIO", "embedding-audio.jsonl", segments)])
            }
            _ => {
                let media = Media::new(bytes)?;
                let seen = self.timed(&media, Content::Video)?;
                if self.content["embeddingMode"] == "AUDIO_VIDEO_COMBINED" {
                    // Seen in public programs, which read this file.
                    let name = "embedding-audio-video.jsonl";
                    return Ok(vec![("AUDIO_VIDEO_COMBINED", name, seen)]);
                }
                let heard = self.timed(&media, Content::Audio)?;
                Ok(vec![
                    ("VIDEO", "embedding-video.jsonl", seen),
                    ("AUDIO", "embedding-audio.jsonl", heard),
                ])
            }
        }
    }

    fn timed(
        &self,
        media: &Media,
        content: impl Fn(Bytes) -> Content,
    ) -> Result<Vec<Segment>, DialectError> {
        let asked = self.content["segmentationConfig"]["durationSeconds"].as_f64();
        let clips = timeline::fixed((0.0, media.seconds), asked.unwrap_or(SECONDS));
        few_enough(clips.len(), MOST_OF_MEDIA)?;
        let clips = clips.into_iter().enumerate();
        let segments = clips.map(|(index, clip)| {
            let metadata = json!({
                "segmentIndex": index,
                "segmentStartSeconds": timeline::time(clip.0),
                "segmentEndSeconds": timeline::time(clip.1),
            });
            segment(content(media.piece(clip)), metadata)
        });
        Ok(segments.collect())
    }

    /// A text is cut between words, where there are any. Positions count characters, and ends are the first that is not embedded
    /// (seen in public programs, which cut texts by them).
    fn texts(&self, bytes: &[u8]) -> Result<Vec<Segment>, DialectError> {
        let text = std::str::from_utf8(bytes)
            .map_err(|_| DialectError::Provider("The text is not UTF-8.".to_owned()))?;
        let most = self.content["segmentationConfig"]["maxLengthChars"].as_u64();
        let most = usize::try_from(most.unwrap_or(CHARACTERS)).unwrap_or(usize::MAX);
        let (mut segments, mut rest, mut start) = (Vec::new(), text, 0);
        while !rest.is_empty() {
            few_enough(segments.len() + 1, MOST_OF_TEXT)?;
            let (piece, after) = rest.split_at(end_of(rest, most));
            let end = start + piece.chars().count();
            let (kept, cut_off) = self.kept(piece)?;
            let metadata = json!({
                "segmentIndex": segments.len(),
                "truncatedCharLength": cut_off,
                "segmentStartCharPosition": start,
                "segmentEndCharPosition": end,
            });
            segments.push(segment(Content::Text(kept.to_owned()), metadata));
            (rest, start) = (after, end);
        }
        if segments.is_empty() {
            return Err(DialectError::Provider("The text is empty.".to_owned()));
        }
        Ok(segments)
    }

    /// The part of a text that the model takes, and how many characters that is where it is not all: 0 where it is (seen in public).
    fn kept<'a>(&self, piece: &'a str) -> Result<(&'a str, usize), DialectError> {
        let count = tokenizer::count(piece);
        if count <= TOKENS {
            return Ok((piece, 0));
        }
        let kept = match self.content["truncationMode"].as_str() {
            Some("NONE") => return Err(error::segment_too_long(count)),
            Some("START") => body::last_tokens(piece, TOKENS),
            _ => body::first_tokens(piece, TOKENS),
        };
        Ok((kept, kept.chars().count()))
    }
}

impl AsyncPlan for Plan {
    fn work(&self, contents: Vec<Bytes>, folder: &str) -> Result<AsyncWork, DialectError> {
        let kept = self.segments(self.place.bytes(&contents))?;
        let results: Vec<Value> = kept
            .iter()
            .map(|(kind, name, _)| {
                json!({"embeddingType": kind, "status": "SUCCESS", "outputFileUri": format!("{folder}/{name}")})
            })
            .collect();
        let files = kept.into_iter().map(|(_, name, segments)| {
            AsyncFile::Vectors(VectorsFile {
                name,
                form: Form::Lines,
                dimensions: self.dimensions,
                segments,
            })
        });
        Ok(AsyncWork {
            files: files.collect(),
            documents: vec![self.result(results)],
        })
    }

    fn failed(&self, why: &str) -> Vec<Document> {
        let result = json!({
            "embeddingType": self.kind.to_uppercase(),
            "status": "FAILURE",
            "failureReason": "INVALID_CONTENT",
            "message": why,
        });
        vec![self.result(vec![result])]
    }
}

impl Plan {
    fn result(&self, results: Vec<Value>) -> Document {
        let mut content = json!({});
        if let Some(uri) = &self.source {
            content["sourceFileUri"] = json!(uri);
        }
        content["embeddingDimension"] = json!(self.dimensions);
        content["embeddingResults"] = Value::Array(results);
        Document {
            name: "segmented-embedding-result.json",
            content,
        }
    }
}

fn segment(content: Content, metadata: Value) -> Segment {
    let members = [
        ("segmentMetadata".to_owned(), metadata),
        ("status".to_owned(), json!("SUCCESS")),
    ];
    Segment {
        content,
        members: members.into_iter().collect(),
    }
}

/// Where a text is to be cut that may have so many characters: after the last space before that, if there is one.
fn end_of(text: &str, most: usize) -> usize {
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text.len();
    };
    let (piece, _) = text.split_at(end);
    let space = piece
        .char_indices()
        .rev()
        .find(|(_, character)| character.is_whitespace());
    space.map_or(end, |(at, character)| at + character.len_utf8())
}

/// How the service says it is not known.
fn few_enough(count: usize, most: usize) -> Result<(), DialectError> {
    if count <= most {
        return Ok(());
    }
    Err(DialectError::Provider(format!(
        "The content has more than {most} segments. Ask for longer segments, or divide the content."
    )))
}

#[cfg(test)]
mod tests;
