//! Bodies as requests for vectors.

use outcrop_catalogue::Model;
use outcrop_engine::EmbedInput;
use serde_json::{Map, Value};

use super::CohereEmbed;
use super::error::{self, V3_BODY, V4_BODY};
use crate::{DialectError, EmbedParts, body, schema};

/// What a body asks for.
pub(super) struct Asked {
    pub(super) parts: EmbedParts,
    /// The texts as they came.
    pub(super) texts: Vec<String>,
    /// The forms of the vectors; none when the body does not say.
    pub(super) types: Vec<String>,
}

pub(super) fn read(
    version: CohereEmbed,
    model: &Model,
    members: &Map<String, Value>,
) -> Result<Asked, DialectError> {
    schema::check(
        members,
        if version == CohereEmbed::V4 {
            &V4_BODY
        } else {
            &V3_BODY
        },
    )?;
    let texts = strings(members, "texts");
    let mut inputs: Vec<_> = texts.iter().cloned().map(EmbedInput::Text).collect();
    for image in strings(members, "images") {
        inputs.push(EmbedInput::Image(
            body::data_uri(&image).ok_or(DialectError::Malformed)?,
        ));
    }
    for input in elements(members, "inputs") {
        inputs.push(mixed(input)?);
    }
    if inputs.is_empty() {
        return Err(error::nothing_to_embed());
    }
    let dimensions = body::dimensions(model, members.get("output_dimension"));
    let parts = EmbedParts {
        inputs,
        dimensions,
        normalize: true,
    };
    Ok(Asked {
        parts,
        texts,
        types: strings(members, "embedding_types"),
    })
}

/// Texts and images that share a vector.
fn mixed(input: &Value) -> Result<EmbedInput, DialectError> {
    let (mut texts, mut image) = (Vec::new(), None);
    for part in input["content"].as_array().into_iter().flatten() {
        if let Some(text) = part["text"].as_str() {
            texts.push(text);
        }
        if let Some(url) = part["image_url"]["url"]
            .as_str()
            .or_else(|| part["image_url"].as_str())
        {
            image = Some(body::data_uri(url).ok_or(DialectError::Malformed)?);
        }
    }
    Ok(match image {
        Some(image) if texts.is_empty() => EmbedInput::Image(image),
        Some(image) => EmbedInput::TextAndImage(texts.join(" "), image),
        None => EmbedInput::Text(texts.join(" ")),
    })
}

fn elements<'a>(members: &'a Map<String, Value>, name: &str) -> impl Iterator<Item = &'a Value> {
    members
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn strings(members: &Map<String, Value>, name: &str) -> Vec<String> {
    elements(members, name)
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}
