//! Files of vectors.

use std::ops::Range;

use bytes::Bytes;
use outcrop_engine::EmbedInput;
use serde_json::{Map, Value};

use crate::{EmbedParts, body};

/// A file that has one vector for each segment of some content.
#[derive(Debug, Clone)]
pub struct VectorsFile {
    /// Its name in the folder of the output.
    pub name: &'static str,
    /// How its vectors stand in it.
    pub form: Form,
    /// Length of each vector.
    pub dimensions: usize,
    /// What the vectors are of.
    pub segments: Vec<Segment>,
}

/// How vectors stand in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One JSON object in each line.
    Lines,
    /// One JSON object whose member `data` lists them.
    Data,
}

/// A part of some content.
#[derive(Debug, Clone)]
pub struct Segment {
    /// What is embedded.
    pub content: Content,
    /// The members of its object in the file, after `embedding`.
    pub members: Map<String, Value>,
}

/// What is embedded; segments of the same file share its bytes.
#[derive(Debug, Clone)]
pub enum Content {
    /// A text.
    Text(String),
    /// An image file.
    Image(Bytes),
    /// A text and an image file.
    TextAndImage(String, Bytes),
    /// A piece of a sound file.
    Audio(Bytes),
    /// A piece of a video file.
    Video(Bytes),
}

impl Content {
    fn input(&self) -> EmbedInput {
        match self {
            Self::Text(text) => EmbedInput::Text(text.clone()),
            Self::Image(file) => EmbedInput::Image(file.to_vec()),
            Self::TextAndImage(text, file) => EmbedInput::TextAndImage(text.clone(), file.to_vec()),
            Self::Audio(piece) => EmbedInput::Audio(piece.to_vec()),
            Self::Video(piece) => EmbedInput::Video(piece.to_vec()),
        }
    }
}

impl VectorsFile {
    /// What the engine is asked for some of the segments.
    #[must_use]
    pub fn parts(&self, range: Range<usize>) -> EmbedParts {
        let segments = self.segments.get(range).unwrap_or_default();
        EmbedParts {
            inputs: segments
                .iter()
                .map(|segment| segment.content.input())
                .collect(),
            dimensions: self.dimensions,
            normalize: true,
        }
    }

    /// The text of the file for some of the segments. The texts of all, one after the other, are the file.
    #[must_use]
    pub fn text(&self, range: Range<usize>, vectors: &[Vec<f32>]) -> String {
        let mut text = String::new();
        for (place, vector) in range.zip(vectors) {
            let mut object = Map::new();
            object.insert("embedding".to_owned(), body::floats(vector));
            if let Some(segment) = self.segments.get(place) {
                object.extend(segment.members.clone());
            }
            let (before, after) = self.around(place);
            text.push_str(before);
            text.push_str(&Value::Object(object).to_string());
            text.push_str(after);
        }
        text
    }

    fn around(&self, place: usize) -> (&'static str, &'static str) {
        let is_last = place + 1 == self.segments.len();
        match (self.form, place, is_last) {
            (Form::Lines, ..) => ("", "\n"),
            (Form::Data, 0, true) => ("{\"data\":[", "]}"),
            (Form::Data, 0, false) => ("{\"data\":[", ""),
            (Form::Data, _, true) => (",", "]}"),
            (Form::Data, ..) => (",", ""),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn file(form: Form, count: usize) -> VectorsFile {
        let segments = (0..count).map(|index| Segment {
            content: Content::Text(index.to_string()),
            members: Map::from_iter([("index".to_owned(), json!(index))]),
        });
        VectorsFile {
            name: "vectors",
            form,
            dimensions: 1,
            segments: segments.collect(),
        }
    }

    #[test]
    fn pieces_make_the_file() {
        let file_of = |form, count| {
            let file = file(form, count);
            let pieces = (0..count).map(|place| file.text(place..place + 1, &[vec![0.5]]));
            let whole = file.text(0..count, &vec![vec![0.5]; count]);
            assert_eq!(pieces.collect::<String>(), whole);
            whole
        };
        assert_eq!(
            file_of(Form::Lines, 2),
            "{\"embedding\":[0.5],\"index\":0}\n{\"embedding\":[0.5],\"index\":1}\n"
        );
        for count in 1..4 {
            let data: Value = serde_json::from_str(&file_of(Form::Data, count)).unwrap();
            assert_eq!(data["data"].as_array().unwrap().len(), count);
        }
    }

    #[test]
    fn segments_are_asked_for_in_parts() {
        let parts = file(Form::Lines, 5).parts(3..5);
        let texts = ["3", "4"].map(|text| EmbedInput::Text(text.to_owned()));
        assert_eq!(parts.inputs, texts);
    }
}
