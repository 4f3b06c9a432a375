//! A body as a request for images.

use serde_json::{Map, Value};

use super::{TitanImage, error};
use crate::image::{Source, amazon};
use crate::{DialectError, ImageParts};

/// The seed of a request that names none.
const SEED: u64 = 42;

/// What the engine is asked, and the mask that the answer has to tell.
pub(super) fn read(
    version: TitanImage,
    members: &Map<String, Value>,
) -> Result<(ImageParts, Option<String>), DialectError> {
    let tasks = match version {
        TitanImage::V1 => error::V1,
        TitanImage::V2 => error::V2,
    };
    let asked = amazon::read(tasks, members)?;
    let mut sources = asked.pictures("images")?;
    for name in ["image", "conditionImage", "referenceImage"] {
        sources.extend(asked.picture(name)?);
    }
    let controls = ["controlMode", "controlStrength"];
    if sources.is_empty() && controls.iter().any(|name| !asked.params[*name].is_null()) {
        return Err(error::control_without_image(&asked.pointer));
    }
    sources.iter().try_for_each(error::check_input)?;
    let (mut told, mut mask) = (None, None);
    if matches!(asked.task.name, "INPAINTING" | "OUTPAINTING") {
        mask = sources
            .first()
            .map(|edited| asked.mask(edited))
            .transpose()?
            .flatten();
        told = asked.told_mask(mask.as_ref())?;
    }
    let mut parts = asked.parts(SEED);
    (parts.width, parts.height) = size(&asked, &sources)?;
    parts.edit = asked.edit(&sources, mask.as_ref());
    let files = sources.into_iter().chain(mask).map(|source| source.file);
    parts.sources = files.collect();
    Ok((parts, told))
}

/// An edited image keeps its size (AWS's guide), whatever `imageGenerationConfig` says. The guide tells of a
/// default of 1408, which is none of its sizes.
fn size(asked: &amazon::Asked<'_>, sources: &[Source]) -> Result<(u32, u32), DialectError> {
    if let (true, Some(edited)) = (asked.task.edits, sources.first()) {
        return Ok(edited.size());
    }
    let size = (
        asked.number("width").unwrap_or(1024),
        asked.number("height").unwrap_or(1024),
    );
    error::check_size(size)?;
    Ok(size)
}
