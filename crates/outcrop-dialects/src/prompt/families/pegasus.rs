//! `TwelveLabs` Pegasus: a question about a video.

use aws_smithy_types::{Blob, base64};
use bedrock_runtime_smithy::model::{ContentBlock, S3Location, VideoBlock, VideoSource};
use serde_json::{Map, Value, json};

use crate::DialectError;
use crate::prompt::form::{Form, Progress, Reply};
use crate::prompt::{Conversation, Family, Names, request};
use crate::schema::{Kind, TEXT, UNIT, optional, required};

pub(crate) static PEGASUS: Family = Family {
    schema: Kind::Object(&[
        required("inputPrompt", Kind::String(1, 2000)),
        required(
            "mediaSource",
            Kind::Object(&[
                optional("base64String", TEXT),
                optional(
                    "s3Location",
                    Kind::Object(&[required("uri", TEXT), optional("bucketOwner", TEXT)]),
                ),
            ]),
        ),
        optional("temperature", UNIT),
        optional("maxOutputTokens", Kind::Integer(1, 4096)),
        optional("responseFormat", Kind::Open(&[])),
    ]),
    names: Names {
        max_tokens: "/maxOutputTokens",
        temperature: "/temperature",
        top_p: "",
        stop: "",
        choices: "",
    },
    read,
    form: &Pegasus,
};

/// The video comes before the question about it.
fn read(members: &Map<String, Value>) -> Result<Conversation, DialectError> {
    let mut conversation = request::one_turn(request::text(members, "inputPrompt"));
    let video = ContentBlock::Video(VideoBlock {
        format: "mp4".to_owned(),
        source: source(&members["mediaSource"])?,
    });
    for message in &mut conversation.messages {
        message.content.insert(0, video.clone());
    }
    Ok(conversation)
}

fn source(source: &Value) -> Result<VideoSource, DialectError> {
    if let Some(location) = source.get("s3Location") {
        let text = |name: &str| location[name].as_str().map(str::to_owned);
        return Ok(VideoSource::S3Location(S3Location {
            bucket_owner: text("bucketOwner"),
            uri: text("uri").unwrap_or_default(),
        }));
    }
    let missing = "#/mediaSource: required key [base64String] not found";
    let data = source["base64String"]
        .as_str()
        .ok_or_else(|| DialectError::Schema(missing.to_owned()))?;
    let bytes = base64::decode(data).map_err(|_| DialectError::Malformed)?;
    Ok(VideoSource::Bytes(Blob::new(bytes)))
}

struct Pegasus;

impl Form for Pegasus {
    fn whole(&self, reply: &Reply<'_>) -> Value {
        json!({"message": reply.text, "finishReason": reply.stop("stop", "length")})
    }

    fn piece(&self, text: &str, _progress: &Progress) -> Value {
        json!({"message": text, "finishReason": null})
    }

    fn last(&self, text: &str, _progress: &Progress, reply: &Reply<'_>) -> Vec<Value> {
        vec![json!({"message": text, "finishReason": reply.stop("stop", "length")})]
    }
}
