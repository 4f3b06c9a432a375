//! A body as a request for vectors.

use aws_smithy_types::base64;
use outcrop_catalogue::Model;
use outcrop_engine::EmbedInput;
use outcrop_engine::canned::{media::image_facts, tokenizer};
use serde_json::{Map, Value};

use super::error::{self, BODY};
use super::response::Responder;
use crate::{DialectError, EmbedParts, body, schema};

/// The kinds of content.
pub(super) const KINDS: [&str; 4] = ["text", "image", "audio", "video"];

pub(super) fn read(
    model: &Model,
    members: &Map<String, Value>,
) -> Result<(EmbedParts, Responder), DialectError> {
    error::check_task(members)?;
    schema::check(members, &BODY)?;
    let params = members.get("singleEmbeddingParams").unwrap_or(&Value::Null);
    let mut present = KINDS.iter().filter(|kind| !params[**kind].is_null());
    let (Some(kind), None) = (present.next(), present.next()) else {
        return Err(error::one_content("singleEmbeddingParams"));
    };
    let content = &params[*kind];
    let (inputs, types, truncated) = match *kind {
        "text" => {
            let (text, truncated) = text(content)?;
            (vec![EmbedInput::Text(text)], vec!["TEXT"], truncated)
        }
        "image" => (
            vec![EmbedInput::Image(image(content)?)],
            vec!["IMAGE"],
            None,
        ),
        "audio" => (
            vec![EmbedInput::Audio(bytes("audio", content)?)],
            vec!["AUDIO"],
            None,
        ),
        _ => video(content)?,
    };
    let parts = EmbedParts {
        inputs,
        dimensions: body::dimensions(model, params.get("embeddingDimension")),
        normalize: true,
    };
    Ok((parts, Responder { types, truncated }))
}

/// The part of a text that the model takes, and the character at which it was cut off.
fn text(content: &Value) -> Result<(String, Option<usize>), DialectError> {
    let whole = content["value"]
        .as_str()
        .ok_or_else(|| error::missing("text", "value"))?;
    let count = tokenizer::count(whole);
    if count <= error::TOKENS {
        return Ok((whole.to_owned(), None));
    }
    let kept = match content["truncationMode"].as_str() {
        Some("NONE") => return Err(error::too_long(count)),
        Some("START") => body::last_tokens(whole, error::TOKENS),
        _ => body::first_tokens(whole, error::TOKENS),
    };
    Ok((kept.to_owned(), Some(kept.chars().count())))
}

/// An image of the format that the body tells.
fn image(content: &Value) -> Result<Vec<u8>, DialectError> {
    let file = bytes("image", content)?;
    let format = content["format"].as_str().unwrap_or_default();
    image_facts(format, &file).map_err(|error| DialectError::Provider(error.to_string()))?;
    Ok(file)
}

type Video = (Vec<EmbedInput>, Vec<&'static str>, Option<usize>);

/// One vector for what is seen and heard, or one for each.
fn video(content: &Value) -> Result<Video, DialectError> {
    let file = bytes("video", content)?;
    if content["embeddingMode"] == "AUDIO_VIDEO_COMBINED" {
        return Ok((
            vec![EmbedInput::Video(file)],
            vec!["AUDIO_VIDEO_COMBINED"],
            None,
        ));
    }
    let inputs = vec![EmbedInput::Video(file.clone()), EmbedInput::Audio(file)];
    Ok((inputs, vec!["VIDEO", "AUDIO"], None))
}

fn bytes(kind: &str, content: &Value) -> Result<Vec<u8>, DialectError> {
    let bytes = content["source"]["bytes"]
        .as_str()
        .ok_or_else(|| error::missing(&format!("{kind}/source"), "bytes"))?;
    base64::decode(bytes).map_err(|_| error::not_base64(kind))
}
