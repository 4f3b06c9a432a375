//! Bodies as requests for one vector.

use outcrop_catalogue::Model;
use outcrop_engine::EmbedInput;
use serde_json::{Map, Value};

use super::error::{self, TEXT_BODY, TEXT_V2_BODY};
use crate::image::{JPEG_AND_PNG, Source};
use crate::{DialectError, EmbedParts, body, schema};

/// The forms in which a vector is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Types {
    pub(super) float: bool,
    pub(super) binary: bool,
}

pub(super) fn text(
    model: &Model,
    members: &Map<String, Value>,
) -> Result<EmbedParts, DialectError> {
    schema::check_briefly(members, &TEXT_BODY)?;
    Ok(one(model, EmbedInput::Text(input_text(members)?), None))
}

pub(super) fn text_v2(
    model: &Model,
    members: &Map<String, Value>,
) -> Result<(EmbedParts, Types), DialectError> {
    schema::check_briefly(members, &TEXT_V2_BODY)?;
    let mut parts = one(
        model,
        EmbedInput::Text(input_text(members)?),
        members.get("dimensions"),
    );
    parts.normalize = members
        .get("normalize")
        .and_then(Value::as_bool)
        .unwrap_or(true);
    let asked = members.get("embeddingTypes").and_then(Value::as_array);
    let asks = |name: &str| asked.is_some_and(|types| types.iter().any(|r#type| r#type == name));
    Ok((
        parts,
        Types {
            float: asked.is_none() || asks("float"),
            binary: asks("binary"),
        },
    ))
}

pub(super) fn image(
    model: &Model,
    members: &Map<String, Value>,
) -> Result<EmbedParts, DialectError> {
    error::check_image(members)?;
    let text = members.get("inputText").and_then(Value::as_str);
    text.map_or(Ok(()), |text| {
        error::check_tokens(text, error::IMAGE_TOKENS)
    })?;
    let text = text.map(str::to_owned);
    let image = members.get("inputImage").and_then(Value::as_str);
    let image = image
        .map(|image| Source::read("#/inputImage", image, JPEG_AND_PNG))
        .transpose()?;
    image.as_ref().map_or(Ok(()), error::check_pixels)?;
    let input = match (text, image.map(|source| source.file)) {
        (Some(text), Some(image)) => EmbedInput::TextAndImage(text, image),
        (Some(text), None) => EmbedInput::Text(text),
        (None, Some(image)) => EmbedInput::Image(image),
        (None, None) => return Err(error::nothing_to_embed()),
    };
    let config = members.get("embeddingConfig");
    let length = config.and_then(|config| config.get("outputEmbeddingLength"));
    Ok(one(model, input, length))
}

fn input_text(members: &Map<String, Value>) -> Result<String, DialectError> {
    let text = members
        .get("inputText")
        .and_then(Value::as_str)
        .unwrap_or_default();
    error::check_tokens(text, error::TEXT_TOKENS)?;
    Ok(text.to_owned())
}

fn one(model: &Model, input: EmbedInput, asked: Option<&Value>) -> EmbedParts {
    let dimensions = body::dimensions(model, asked);
    EmbedParts {
        inputs: vec![input],
        dimensions,
        normalize: true,
    }
}
