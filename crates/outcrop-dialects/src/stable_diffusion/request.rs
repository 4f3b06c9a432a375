//! A body as a request for an image.

use outcrop_engine::{ImageEdit, Shade};
use serde_json::{Map, Value};

use super::error::{self, BODY};
use crate::image::{JPEG_AND_PNG, Source};
use crate::{DialectError, ImageParts, schema};

/// `request` is a hash of the request, from which a seed follows where the body leaves it to the model.
pub(super) fn read(members: &Map<String, Value>, request: u64) -> Result<ImageParts, DialectError> {
    schema::check(members, &BODY)?;
    let picture = |name: &str| {
        let text = members.get(name).and_then(Value::as_str);
        text.map(|text| Source::read(&format!("#/{name}"), text, JPEG_AND_PNG))
            .transpose()
    };
    let (edited, mask) = (picture("init_image")?, picture("mask_image")?);
    if mask.is_some() && !members.contains_key("mask_source") {
        return Err(error::missing("mask_source"));
    }
    if edited.is_none() && members.contains_key("mask_source") {
        return Err(error::missing("init_image"));
    }
    let (width, height) = edited
        .as_ref()
        .map_or_else(|| asked_size(members), |edited| Ok(edited.size()))?;
    let seed = members.get("seed").and_then(Value::as_u64).unwrap_or(0);
    let edit = match (&edited, &mask) {
        (None, _) => ImageEdit::None,
        (Some(_), None) => ImageEdit::Whole,
        (Some(_), Some(_)) if members.get("mask_source") == Some(&"MASK_IMAGE_BLACK".into()) => {
            ImageEdit::Masked(Shade::Black)
        }
        (Some(_), Some(_)) => ImageEdit::Masked(Shade::White),
    };
    let (prompt, negative_prompt) = prompts(members);
    Ok(ImageParts {
        prompt,
        negative_prompt,
        sources: edited
            .into_iter()
            .chain(mask)
            .map(|source| source.file)
            .collect(),
        edit,
        width,
        height,
        count: 1,
        seed: if seed == 0 {
            request % 4_294_967_295 + 1
        } else {
            seed
        },
        ..ImageParts::default()
    })
}

fn asked_size(members: &Map<String, Value>) -> Result<(u32, u32), DialectError> {
    let pixels = |name: &str| {
        let asked = members.get(name).and_then(Value::as_u64).unwrap_or(1024);
        u32::try_from(asked).unwrap_or(0)
    };
    let size = (pixels("width"), pixels("height"));
    error::check_size(size)?;
    Ok(size)
}

/// Prompts of a weight below zero say what not to draw.
fn prompts(members: &Map<String, Value>) -> (String, String) {
    let prompts = members.get("text_prompts").and_then(Value::as_array);
    let (excluded, wanted): (Vec<_>, Vec<_>) = prompts
        .into_iter()
        .flatten()
        .partition(|prompt| prompt["weight"].as_f64().is_some_and(|weight| weight < 0.0));
    let join = |prompts: Vec<&Value>| {
        let texts: Vec<_> = prompts
            .iter()
            .filter_map(|prompt| prompt["text"].as_str())
            .collect();
        texts.join(" ")
    };
    (join(wanted), join(excluded))
}
