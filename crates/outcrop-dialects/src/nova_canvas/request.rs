//! A body as a request for images.

use serde_json::{Map, Value};

use super::error;
use crate::image::amazon::{self, Asked};
use crate::image::{JPEG_AND_PNG, Source};
use crate::{DialectError, ImageParts};

/// The seed of a request that names none.
const SEED: u64 = 12;

/// What the engine is asked, and the mask that the answer has to tell.
pub(super) fn read(
    members: &Map<String, Value>,
) -> Result<(ImageParts, Option<String>), DialectError> {
    let asked = amazon::read(error::TASKS, members)?;
    let mut sources = asked.pictures("images")?;
    for name in ["image", "sourceImage", "conditionImage", "referenceImage"] {
        sources.extend(asked.picture(name)?);
    }
    sources.iter().try_for_each(error::check_input)?;
    let mask = match asked.task.name {
        "INPAINTING" | "OUTPAINTING" => sources
            .first()
            .map(|edited| asked.mask(edited))
            .transpose()?
            .flatten(),
        "VIRTUAL_TRY_ON" => try_on_mask(&asked, sources.first())?,
        _ => None,
    };
    let told = asked.told_mask(mask.as_ref())?;
    let mut parts = asked.parts(SEED);
    (parts.width, parts.height) = match sources.first() {
        Some(edited) if asked.task.edits => edited.size(),
        _ => size(&asked)?,
    };
    parts.edit = asked.edit(&sources, mask.as_ref());
    if asked.task.name == "VIRTUAL_TRY_ON" {
        parts.prompt = garment(&asked);
    }
    let files = sources.into_iter().chain(mask).map(|source| source.file);
    parts.sources = files.collect();
    Ok((parts, told))
}

fn size(asked: &Asked<'_>) -> Result<(u32, u32), DialectError> {
    let pixels = |name| asked.number(name).unwrap_or(1024);
    let size = (pixels("width"), pixels("height"));
    error::check_size(size)?;
    Ok(size)
}

/// Each kind of mask has parameters of its own, which have to be there.
fn try_on_mask(asked: &Asked<'_>, edited: Option<&Source>) -> Result<Option<Source>, DialectError> {
    let name = match asked.text("maskType") {
        Some("IMAGE") => "imageBasedMask",
        Some("GARMENT") => "garmentBasedMask",
        _ => "promptBasedMask",
    };
    let based = &asked.params[name];
    if based.is_null() {
        return Err(error::missing(&asked.pointer, name));
    }
    let Some(image) = based["maskImage"].as_str() else {
        return Ok(None);
    };
    let pointer = format!("{}/{name}/maskImage", asked.pointer);
    let mask = Source::read(&pointer, image, JPEG_AND_PNG)?;
    if edited.is_some_and(|edited| edited.size() != mask.size()) {
        return Err(amazon::mask_of_another_size(&asked.pointer));
    }
    Ok(Some(mask))
}

/// What is put on; the task has no text.
fn garment(asked: &Asked<'_>) -> String {
    let words = [
        &asked.params["garmentBasedMask"]["garmentClass"],
        &asked.params["promptBasedMask"]["maskPrompt"],
    ];
    let said = words.iter().find_map(|word| word.as_str());
    said.unwrap_or_default().to_owned()
}
