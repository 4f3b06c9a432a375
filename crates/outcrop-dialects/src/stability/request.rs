//! A body as a request for an image.

use outcrop_engine::{ImageEdit, ImageFormat, Shade};
use serde_json::{Map, Value};

use super::error;
use super::service::{Service, Size};
use crate::image::Source;
use crate::schema::{self, Kind};
use crate::{DialectError, ImageParts};

const FORMATS: &[&str] = &["jpeg", "png", "webp"];

/// `request` is a hash of the request, from which a seed follows where the body leaves it to the model.
pub(super) fn read(
    service: &'static Service,
    members: &Map<String, Value>,
    request: u64,
) -> Result<ImageParts, DialectError> {
    check(service, members)?;
    let text = |name: &str| {
        members
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let sources = sources(service, members)?;
    check_mode(service, members, &sources)?;
    let (width, height) = size(service.size, members, &sources)?;
    let seed = members.get("seed").and_then(Value::as_u64).unwrap_or(0);
    let searched = ["select_prompt", "search_prompt"].map(text);
    let words = [text("prompt"), searched[0], searched[1]];
    let words: Vec<_> = words
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect();
    Ok(ImageParts {
        prompt: words.join(" "),
        negative_prompt: text("negative_prompt").to_owned(),
        edit: edit(service, sources.len()),
        sources: sources.into_iter().map(|source| source.file).collect(),
        width,
        height,
        count: 1,
        seed: if seed == 0 { chosen(request) } else { seed },
        transparent: service.name == Some("remove-background"),
        format: match text("output_format") {
            "jpeg" => ImageFormat::Jpeg,
            "webp" => ImageFormat::WebP,
            _ => ImageFormat::Png,
        },
    })
}

/// The services look for members that they do not have first; the makers of images from text for missing ones.
fn check(service: &'static Service, members: &Map<String, Value>) -> Result<(), DialectError> {
    let unknown = members
        .keys()
        .find(|name| !schema::names(service.members).any(|known| known == name.as_str()));
    let refusal = unknown.map(|field| error::invalid_field(service, field));
    if let (Some(refusal), Some(_)) = (&refusal, service.name) {
        return Err(refusal.clone());
    }
    schema::check(members, &Kind::Open(service.members))?;
    refusal.map_or(Ok(()), Err)
}

fn sources(service: &Service, members: &Map<String, Value>) -> Result<Vec<Source>, DialectError> {
    let mut sources = Vec::new();
    for (name, limits) in service.images {
        if let Some(text) = members.get(*name).and_then(Value::as_str) {
            let source = Source::read(&format!("#/{name}"), text, FORMATS)?;
            error::check(name, &source, *limits)?;
            sources.push(source);
        }
    }
    Ok(sources)
}

/// What becomes of the images. Without a mask, an image tells by its transparency where it changes; masks are white
/// there (AWS's guide).
fn edit(service: &Service, images: usize) -> ImageEdit {
    match (service.name, images) {
        (None, 0) => ImageEdit::None,
        (None, _) | (Some("inpaint"), 1) => ImageEdit::Whole,
        (Some("inpaint" | "erase"), 2) => ImageEdit::Masked(Shade::White),
        (Some(name), _) => ImageEdit::Other(name),
    }
}

/// Changing an image needs one, and how much to change; an aspect ratio is for text alone (AWS's guide).
fn check_mode(
    service: &Service,
    members: &Map<String, Value>,
    sources: &[Source],
) -> Result<(), DialectError> {
    if service.size != Size::Aspect {
        return Ok(());
    }
    let asked = members
        .get("mode")
        .is_some_and(|mode| mode == "image-to-image");
    match sources {
        [] if asked => Err(error::missing("image")),
        [] => Ok(()),
        _ if !members.contains_key("strength") => Err(error::missing("strength")),
        _ if members.contains_key("aspect_ratio") => Err(error::broken(
            "aspect_ratio is only valid for text-to-image requests",
        )),
        _ => Ok(()),
    }
}

fn size(
    size: Size,
    members: &Map<String, Value>,
    sources: &[Source],
) -> Result<(u32, u32), DialectError> {
    let aspect = members.get("aspect_ratio").and_then(Value::as_str);
    let Some((width, height)) = sources.first().map(Source::size) else {
        return Ok(megapixel(aspect.unwrap_or_default()));
    };
    match size {
        Size::OwnAspect => Ok(megapixel(aspect.unwrap_or_default())),
        Size::Aspect | Size::Input => Ok((width, height)),
        Size::Fourfold => Ok((width * 4, height * 4)),
        Size::FourThousand => Ok(four_thousand(width, height)),
        Size::Extended => extended(width, height, members),
    }
}

fn extended(
    width: u32,
    height: u32,
    members: &Map<String, Value>,
) -> Result<(u32, u32), DialectError> {
    let added = |name: &str| {
        let pixels = members.get(name).and_then(Value::as_u64).unwrap_or(0);
        u32::try_from(pixels).unwrap_or(0)
    };
    let (across, along) = (added("left") + added("right"), added("up") + added("down"));
    if across + along == 0 {
        return Err(error::broken(
            "at least one of left, right, up and down must be greater than 0",
        ));
    }
    Ok((width.saturating_add(across), height.saturating_add(along)))
}

/// Six times as long on every side, unless that is more than 4096: 36 times the pixels.
fn four_thousand(width: u32, height: u32) -> (u32, u32) {
    let longest = u64::from(width.max(height)).max(1);
    let (times, of) = if longest * 6 <= 4096 {
        (6, 1)
    } else {
        (4096, longest)
    };
    let scaled = |side: u32| {
        let scaled = (u64::from(side) * times / of).max(1);
        u32::try_from(scaled).unwrap_or(4096)
    };
    (scaled(width), scaled(height))
}

/// About a megapixel in every aspect.
fn megapixel(aspect_ratio: &str) -> (u32, u32) {
    match aspect_ratio {
        "16:9" => (1344, 768),
        "21:9" => (1536, 640),
        "2:3" => (832, 1216),
        "3:2" => (1216, 832),
        "4:5" => (896, 1088),
        "5:4" => (1088, 896),
        "9:16" => (768, 1344),
        "9:21" => (640, 1536),
        _ => (1024, 1024),
    }
}

/// A seed from 1 to 4,294,967,294.
fn chosen(request: u64) -> u64 {
    request % 4_294_967_294 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upscaled_images_keep_their_form() {
        assert_eq!(four_thousand(64, 128), (384, 768));
        assert_eq!(four_thousand(1024, 512), (4096, 2048));
        assert_eq!(four_thousand(3000, 3000), (4096, 4096));
    }

    #[test]
    fn a_chosen_seed_is_never_zero() {
        assert_eq!(chosen(0), 1);
        assert_eq!(chosen(4_294_967_293), 4_294_967_294);
        assert!(chosen(u64::MAX) <= 4_294_967_294);
    }
}
