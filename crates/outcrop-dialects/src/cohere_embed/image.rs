//! Images that a body carries as data URIs.

use outcrop_engine::canned::media::{ImageFacts, image_facts};
use serde_json::{Value, json};

use super::error;
use crate::{DialectError, body};

const FORMATS: [&str; 4] = ["png", "jpeg", "webp", "gif"];

/// An image, of which the header was read.
pub(super) struct Image {
    pub(super) file: Vec<u8>,
    format: &'static str,
    facts: ImageFacts,
}

impl Image {
    pub(super) fn read(place: &str, uri: &str) -> Result<Self, DialectError> {
        let file = body::data_uri(uri).ok_or_else(|| error::not_an_image(place))?;
        error::check_image(place, &file)?;
        let read = FORMATS
            .iter()
            .find_map(|format| Some((*format, image_facts(format, &file).ok()?)));
        let (format, facts) = read.ok_or_else(|| error::not_an_image(place))?;
        Ok(Self {
            file,
            format,
            facts,
        })
    }

    /// What the answer tells of it.
    pub(super) fn told(&self) -> Value {
        json!({
            "width": self.facts.width,
            "height": self.facts.height,
            "format": self.format,
            "bit_depth": self.bit_depth(),
        })
    }

    /// Bits of a pixel: a PNG tells them in its header, the others have three channels as a rule.
    fn bit_depth(&self) -> u32 {
        let (depth, colour) = match (self.format, self.file.get(24), self.file.get(25)) {
            ("png", Some(depth), Some(colour)) => (u32::from(*depth), *colour),
            _ => (8, 2),
        };
        let channels = match colour {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        };
        depth * channels
    }
}
