//! Bodies as requests for one vector.

use outcrop_catalogue::Model;
use outcrop_engine::EmbedInput;
use outcrop_engine::canned::tokenizer;
use serde_json::{Map, Value};

use super::MarengoEmbed;
use super::error::{self, V2_BODY, V3_BODY};
use crate::image::Source;
use crate::{DialectError, EmbedParts, body, schema};

/// The most tokens of a text (AWS's guide).
const V2_TOKENS: u64 = 77;
const V3_TOKENS: u64 = 500;

const FORMATS: &[&str] = &["jpeg", "png", "webp", "gif"];

pub(super) fn read(
    version: MarengoEmbed,
    model: &Model,
    members: &Map<String, Value>,
) -> Result<EmbedParts, DialectError> {
    let input = match version {
        MarengoEmbed::V2 => {
            schema::check(members, &V2_BODY)?;
            flat(members)
        }
        MarengoEmbed::V3 => {
            schema::check(members, &V3_BODY)?;
            nested(members)
        }
    };
    Ok(EmbedParts {
        inputs: vec![input?],
        dimensions: body::dimensions(model, None),
        normalize: true,
    })
}

pub(super) fn input_type(members: &Map<String, Value>) -> &str {
    let asked = members.get("inputType").and_then(Value::as_str);
    asked.unwrap_or_default()
}

fn flat(members: &Map<String, Value>) -> Result<EmbedInput, DialectError> {
    match input_type(members) {
        "text" => {
            let text = members.get("inputText").and_then(Value::as_str);
            let text = text.ok_or_else(|| error::missing("#", "inputText"))?;
            let count = tokenizer::count(text);
            let whole = members.get("textTruncate").is_some_and(|end| end == "none");
            if whole && count > V2_TOKENS {
                return Err(error::too_long(count, V2_TOKENS));
            }
            let kept = body::first_tokens(text, V2_TOKENS);
            Ok(EmbedInput::Text(kept.to_owned()))
        }
        "image" => {
            let source = members.get("mediaSource");
            let source = source.ok_or_else(|| error::missing("#", "mediaSource"))?;
            Ok(EmbedInput::Image(image("#/mediaSource", source)?))
        }
        other => Err(error::asynchronous(other)),
    }
}

fn nested(members: &Map<String, Value>) -> Result<EmbedInput, DialectError> {
    let asked = input_type(members);
    if matches!(asked, "audio" | "video") {
        return Err(error::asynchronous(asked));
    }
    let input = members
        .get(asked)
        .ok_or_else(|| error::missing("#", asked))?;
    let text = input["inputText"].as_str().unwrap_or_default();
    let count = tokenizer::count(text);
    if count > V3_TOKENS {
        return Err(error::too_long(count, V3_TOKENS));
    }
    let pointer = format!("#/{asked}/mediaSource");
    match asked {
        "text" => Ok(EmbedInput::Text(text.to_owned())),
        "image" => Ok(EmbedInput::Image(image(&pointer, &input["mediaSource"])?)),
        "text_image" => {
            let image = image(&pointer, &input["mediaSource"])?;
            Ok(EmbedInput::TextAndImage(text.to_owned(), image))
        }
        _ => several(text, &input["mediaSources"]),
    }
}

/// A text that may name images, and these images, in the order of the text or else of the list.
fn several(text: &str, sources: &Value) -> Result<EmbedInput, DialectError> {
    let sources = sources.as_array().map_or(&[][..], Vec::as_slice);
    let mut files = Vec::new();
    let named = names(text);
    for name in &named {
        let place = sources.iter().position(|source| source["name"] == *name);
        let place = place.ok_or_else(|| error::no_such_media(name))?;
        files.extend(listed(place, &sources[place])?);
    }
    if named.is_empty() {
        for (place, source) in sources.iter().enumerate() {
            files.extend(listed(place, source)?);
        }
    }
    Ok(if text.is_empty() {
        EmbedInput::Image(files)
    } else {
        EmbedInput::TextAndImage(text.to_owned(), files)
    })
}

fn listed(place: usize, source: &Value) -> Result<Vec<u8>, DialectError> {
    image(&format!("#/multi_input/mediaSources/{place}"), source)
}

/// What stands between `<@` and `>`.
fn names(text: &str) -> Vec<&str> {
    let openings = text.split("<@").skip(1);
    openings
        .filter_map(|rest| Some(rest.split_once('>')?.0))
        .collect()
}

fn image(pointer: &str, source: &Value) -> Result<Vec<u8>, DialectError> {
    let text = source["base64String"]
        .as_str()
        .ok_or_else(|| error::missing(pointer, "base64String"))?;
    let file = Source::read(&format!("{pointer}/base64String"), text, FORMATS)?.file;
    error::check_image(pointer, &file)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_found() {
        assert_eq!(names("<@a> walks with <@b c> and <@d"), ["a", "b c"]);
        assert!(names("a < b").is_empty());
    }
}
