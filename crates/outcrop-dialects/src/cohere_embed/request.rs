//! Bodies as requests for vectors.

use outcrop_catalogue::Model;
use outcrop_engine::EmbedInput;
use outcrop_engine::canned::tokenizer;
use serde_json::{Map, Value};

use super::image::Image;
use super::{CohereEmbed, error};
use crate::{DialectError, EmbedParts, body};

/// What a body asks for.
pub(super) struct Asked {
    pub(super) parts: EmbedParts,
    /// The texts as they came.
    pub(super) texts: Vec<String>,
    /// What the answer tells of the images.
    pub(super) images: Vec<Value>,
    /// The forms of the vectors; none when the body does not say.
    pub(super) types: Vec<String>,
}

pub(super) fn read(
    version: CohereEmbed,
    model: &Model,
    members: &Map<String, Value>,
) -> Result<Asked, DialectError> {
    error::check(version, members)?;
    let limit = Limit::of(members);
    let texts = strings(members, "texts");
    let mut inputs = Vec::new();
    for text in &texts {
        inputs.push(EmbedInput::Text(limit.cut(text)?));
    }
    let mut images = Vec::new();
    for (index, uri) in strings(members, "images").iter().enumerate() {
        let image = Image::read(&format!("images[{index}]"), uri)?;
        images.push(image.told());
        inputs.push(EmbedInput::Image(image.file));
    }
    for (index, input) in elements(members, "inputs").enumerate() {
        inputs.push(mixed(index, input, &limit)?);
    }
    let parts = EmbedParts {
        inputs,
        dimensions: body::dimensions(model, members.get("output_dimension")),
        normalize: true,
    };
    Ok(Asked {
        parts,
        texts,
        images,
        types: strings(members, "embedding_types"),
    })
}

/// How much of a text is embedded.
struct Limit {
    tokens: u64,
    truncate: Option<String>,
}

impl Limit {
    fn of(members: &Map<String, Value>) -> Self {
        let tokens = members.get("max_tokens").and_then(Value::as_u64);
        let truncate = members.get("truncate").and_then(Value::as_str);
        Self {
            tokens: tokens.unwrap_or(error::TOKENS),
            truncate: truncate.map(str::to_owned),
        }
    }

    fn cut(&self, text: &str) -> Result<String, DialectError> {
        let count = tokenizer::count(text);
        if count <= self.tokens {
            return Ok(text.to_owned());
        }
        match self.truncate.as_deref() {
            Some("NONE") => Err(error::too_long(count, self.tokens)),
            Some("LEFT" | "START") => Ok(body::last_tokens(text, self.tokens).to_owned()),
            _ => Ok(body::first_tokens(text, self.tokens).to_owned()),
        }
    }
}

/// Texts and images that share a vector.
fn mixed(index: usize, input: &Value, limit: &Limit) -> Result<EmbedInput, DialectError> {
    let (mut texts, mut files) = (Vec::new(), Vec::new());
    let parts = input["content"].as_array().into_iter().flatten();
    for (part, content) in parts.enumerate() {
        let uri = &content["image_url"];
        if let Some(uri) = uri["url"].as_str().or_else(|| uri.as_str()) {
            let place = format!("inputs[{index}].content[{part}].image_url");
            files.extend(Image::read(&place, uri)?.file);
        } else if let Some(text) = content["text"].as_str() {
            texts.push(text);
        }
    }
    let text = limit.cut(&texts.join(" "))?;
    Ok(match (texts.is_empty(), files.is_empty()) {
        (true, false) => EmbedInput::Image(files),
        (false, false) => EmbedInput::TextAndImage(text, files),
        _ => EmbedInput::Text(text),
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
