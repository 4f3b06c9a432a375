//! Images that are made from other images.

use outcrop_engine::{EngineError, ImageEdit, ImageRequest};
use serde_json::Value;

use super::{form::Form, mask, members};
use crate::openai::refuse;

/// What is said where Bedrock's models need no words and `/images/edits` does. Ours.
const LIKE_IT: &str = "A variation of this image";
const FILL: &str = "Fill the masked area so that it fits what is around it";

/// The form of `/images/edits`. Converts the mask, which takes some milliseconds for each megapixel.
pub(crate) fn edit(request: &ImageRequest, model: &str) -> Result<Form, EngineError> {
    let (usual, shade) = match request.edit {
        ImageEdit::Variation => (LIKE_IT, None),
        ImageEdit::Masked(shade) => (FILL, Some(shade)),
        ImageEdit::None | ImageEdit::Whole => ("", None),
        ImageEdit::Other(what) => {
            return Err(refuse(
                &format!("images for {what}"),
                "it can draw variations of images, and change an image as words say, everywhere or where a maskImage \
                 says",
            ));
        }
    };
    let mut sources = request.sources.as_slice();
    let mask = match shade.zip(sources.split_last()) {
        Some((shade, (mask, edited))) => {
            sources = edited;
            Some(mask::transparent(mask, shade).ok_or_else(unreadable)?)
        }
        None => None,
    };
    let prompt = match request.prompt.as_str() {
        "" => usual,
        prompt => prompt,
    };
    let mut form = Form::default();
    for (name, value) in members(request, model, prompt) {
        form.text(
            &name,
            match value {
                Value::String(text) => text,
                value => value.to_string(),
            },
        );
    }
    // One file has the name that every server knows.
    let name = if sources.len() == 1 {
        "image"
    } else {
        "image[]"
    };
    for source in sources {
        form.file(name, source.clone());
    }
    if let Some(mask) = mask {
        form.file("mask", mask);
    }
    Ok(form)
}

fn unreadable() -> EngineError {
    refuse(
        "masks but PNGs of 16 megapixels at most",
        "save the mask as PNG",
    )
}

#[cfg(test)]
mod tests {
    use outcrop_engine::Shade;

    use super::*;
    use crate::testing::draw;

    fn parts(request: &ImageRequest) -> Vec<(String, Vec<u8>)> {
        edit(request, "sdxl").unwrap().parts()
    }

    #[test]
    fn every_edit_that_maps_is_a_form() {
        let mut asked = draw("A cat", 1);
        asked.sources = vec![b"one".to_vec(), b"two".to_vec()];
        asked.edit = ImageEdit::Variation;
        let names = |parts: &[(String, Vec<u8>)]| {
            let names = parts.iter().map(|(name, _)| name.as_str());
            names.collect::<Vec<_>>().join(" ")
        };
        let words = "model prompt n size response_format seed negative_prompt";
        assert_eq!(names(&parts(&asked)), format!("{words} image[] image[]"));
        asked.sources.truncate(1);
        asked.prompt.clear();
        let variation = parts(&asked);
        assert_eq!(names(&variation), format!("{words} image"));
        assert_eq!(variation[1].1, LIKE_IT.as_bytes());
        asked.edit = ImageEdit::Masked(Shade::White);
        asked.sources.push(mask::tests::halves());
        let masked = parts(&asked);
        assert_eq!(names(&masked), format!("{words} image mask"));
        assert_eq!(masked[1].1, FILL.as_bytes());
        assert_eq!(masked[7].1, b"one");
    }

    #[test]
    fn what_does_not_map_is_named() {
        let mut asked = draw("A cat", 1);
        asked.sources = vec![b"one".to_vec(), b"no mask".to_vec()];
        for (edit_, words) in [
            (
                ImageEdit::Other("VIRTUAL_TRY_ON"),
                "images for VIRTUAL_TRY_ON",
            ),
            (ImageEdit::Masked(Shade::Black), "masks but PNGs"),
        ] {
            asked.edit = edit_;
            let Err(EngineError::Validation(message)) = edit(&asked, "sdxl") else {
                panic!("{words}")
            };
            assert!(message.contains(words), "{message}");
        }
    }
}
