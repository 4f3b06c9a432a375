//! Pictures that a body carries in base64.

use aws_smithy_types::base64;
use outcrop_engine::canned::media::image_facts;

use crate::DialectError;

/// What Amazon's image models take.
pub(crate) const JPEG_AND_PNG: &[&str] = &["jpeg", "png"];

/// A picture, of which the header was read.
#[derive(Debug)]
pub(crate) struct Source {
    /// The file.
    pub(crate) file: Vec<u8>,
    /// Pixels.
    pub(crate) width: u32,
    /// Pixels.
    pub(crate) height: u32,
}

impl Source {
    /// Reads the picture at `pointer`, which has to be of one of these formats.
    pub(crate) fn read(pointer: &str, text: &str, formats: &[&str]) -> Result<Self, DialectError> {
        let file = base64::decode(text).map_err(|_| unreadable(pointer, formats))?;
        Self::of(pointer, file, formats)
    }

    /// The same of a file.
    pub(crate) fn of(pointer: &str, file: Vec<u8>, formats: &[&str]) -> Result<Self, DialectError> {
        let unreadable = || unreadable(pointer, formats);
        let facts = formats
            .iter()
            .find_map(|format| image_facts(format, &file).ok())
            .ok_or_else(unreadable)?;
        Ok(Self {
            width: u32::try_from(facts.width).map_err(|_| unreadable())?,
            height: u32::try_from(facts.height).map_err(|_| unreadable())?,
            file,
        })
    }

    pub(crate) fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    pub(crate) fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// Whether the longer side is at most `numerator / denominator` of the shorter one.
    pub(crate) fn aspect_within(&self, numerator: u64, denominator: u64) -> bool {
        let (long, short) = (
            self.width.max(self.height).into(),
            self.width.min(self.height).into(),
        );
        let (long, short): (u64, u64) = (long, short);
        long * denominator <= short * numerator
    }
}

/// How the service says it is not known.
fn unreadable(pointer: &str, formats: &[&str]) -> DialectError {
    DialectError::Provider(format!(
        "The image at {pointer} can't be read. Provide a base64-encoded image in one of these formats: {}.",
        formats.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use outcrop_engine::canned::image::draw;

    use super::*;

    #[test]
    fn a_picture_tells_its_size() {
        let file = draw("", 0, 0, 5, 2).unwrap();
        let source = Source::read("#/image", &base64::encode(&file), JPEG_AND_PNG).unwrap();
        assert_eq!((source.size(), source.pixels()), ((5, 2), 10));
        assert!(source.aspect_within(5, 2) && !source.aspect_within(2, 1));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for text in ["", "?", "aGVsbG8="] {
            let error = Source::read("#/image", text, JPEG_AND_PNG).unwrap_err();
            assert!(
                error.to_string().starts_with("The image at #/image"),
                "{error}"
            );
        }
    }
}
