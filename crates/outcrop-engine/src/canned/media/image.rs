//! Images: type, size in pixels, tokens.

use super::{MediaError, detect};

/// Pixels that count as one token (Anthropic's rule: width x height / 750).
const PIXELS_PER_TOKEN: u64 = 750;
/// Images are scaled down so that they count no more than this.
const MAX_TOKENS: u64 = 1600;

/// What is known of an image from its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImageFacts {
    /// Pixels.
    pub width: u64,
    /// Pixels.
    pub height: u64,
}

impl ImageFacts {
    /// What the image counts for.
    #[must_use]
    pub fn tokens(self) -> u64 {
        (self.width.saturating_mul(self.height) / PIXELS_PER_TOKEN).clamp(1, MAX_TOKENS)
    }
}

/// Reads the header of an image that the request calls a `format` (`png`, `jpeg`, `gif`, `webp`).
pub fn image_facts(format: &str, bytes: &[u8]) -> Result<ImageFacts, MediaError> {
    let expected = format!("image/{format}");
    let detected = detect(bytes);
    if detected != expected {
        return Err(MediaError::Mismatch { detected, expected });
    }
    let size = imagesize::blob_size(bytes).map_err(|_| MediaError::Broken("image"))?;
    if size.width == 0 || size.height == 0 {
        return Err(MediaError::Broken("image"));
    }
    Ok(ImageFacts {
        width: size.width as u64,
        height: size.height as u64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canned::image::draw;

    #[test]
    fn reads_the_size() {
        let file = draw("", 0, 0, 300, 200).unwrap();
        let facts = image_facts("png", &file).unwrap();
        assert_eq!(
            facts,
            ImageFacts {
                width: 300,
                height: 200
            }
        );
        assert_eq!(facts.tokens(), 80);
        let gif = b"GIF89a\x40\x01\xf0\x00\x00\x00\x00";
        assert_eq!(
            image_facts("gif", gif).unwrap(),
            ImageFacts {
                width: 320,
                height: 240
            }
        );
    }

    #[test]
    fn tokens_are_bounded() {
        assert_eq!(
            ImageFacts {
                width: 1,
                height: 1
            }
            .tokens(),
            1
        );
        assert_eq!(
            ImageFacts {
                width: u64::MAX,
                height: 2
            }
            .tokens(),
            1600
        );
    }

    #[test]
    fn another_type_is_refused_in_the_services_words() {
        let error = image_facts("png", b"these bytes are not a PNG image").unwrap_err();
        assert_eq!(
            error.to_string(),
            "The detected file MIME type text/plain does not match the expected type image/png. Reformat your \
             input and try again."
        );
        let file = draw("", 0, 0, 3, 3).unwrap();
        assert!(matches!(
            image_facts("jpeg", &file),
            Err(MediaError::Mismatch {
                detected: "image/png",
                ..
            })
        ));
    }

    #[test]
    fn a_broken_header_is_refused() {
        let file = draw("", 0, 0, 3, 3).unwrap();
        assert_eq!(
            image_facts("png", &file[..12]),
            Err(MediaError::Broken("image"))
        );
        let mut zero = file;
        zero[16..24].fill(0);
        assert_eq!(image_facts("png", &zero), Err(MediaError::Broken("image")));
    }
}
