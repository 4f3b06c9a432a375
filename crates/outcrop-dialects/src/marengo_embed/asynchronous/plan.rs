//! The file, once the contents are there.

use bytes::Bytes;
use outcrop_catalogue::Model;
use outcrop_engine::EmbedInput;
use serde_json::{Map, Value};

use super::timed::Timed;
use crate::asynchronous::media::Place;
use crate::asynchronous::timeline::Media;
use crate::marengo_embed::{MarengoEmbed, request};
use crate::{
    AsyncFile, AsyncPlan, AsyncWork, Content, DialectError, EmbedParts, Form, Segment, Sourced,
    VectorsFile,
};

/// The work of one model input.
pub(super) struct Plan {
    pub(super) what: What,
    pub(super) dimensions: usize,
}

/// What is embedded.
pub(super) enum What {
    /// What has no length, and is all here.
    Still(EmbedParts),
    /// The same of which some is in S3.
    Sourced(Box<Later>),
    /// A sound or video.
    Timed(Timed, Place),
}

/// An input that has gaps.
pub(super) struct Later {
    version: MarengoEmbed,
    model: Model,
    input: Value,
    gaps: Vec<Sourced>,
}

impl What {
    pub(super) fn still(
        version: MarengoEmbed,
        model: &Model,
        input: Value,
        gaps: Vec<Sourced>,
    ) -> Result<Self, DialectError> {
        let later = Later {
            version,
            model: model.clone(),
            input,
            gaps,
        };
        if later.gaps.is_empty() {
            return later.filled(&[]).map(Self::Still);
        }
        Ok(Self::Sourced(Box::new(later)))
    }
}

impl Later {
    fn filled(&self, contents: &[Bytes]) -> Result<EmbedParts, DialectError> {
        let mut input = self.input.clone();
        for (gap, content) in self.gaps.iter().zip(contents) {
            gap.place.put(&mut input, content.to_vec())?;
        }
        let members = input.as_object().cloned().unwrap_or_default();
        request::read(self.version, &self.model, &members)
    }
}

impl AsyncPlan for Plan {
    fn work(&self, contents: Vec<Bytes>, _folder: &str) -> Result<AsyncWork, DialectError> {
        let segments = match &self.what {
            What::Still(parts) => still(parts),
            What::Sourced(later) => still(&later.filled(&contents)?),
            What::Timed(timed, place) => timed.segments(&Media::new(place.bytes(&contents))?)?,
        };
        let file = VectorsFile {
            name: "output.json",
            form: Form::Data,
            dimensions: self.dimensions,
            segments,
        };
        Ok(AsyncWork {
            files: vec![AsyncFile::Vectors(file)],
            documents: Vec::new(),
        })
    }
}

/// Vectors of texts and images tell no option and no time, as with `InvokeModel`.
fn still(parts: &EmbedParts) -> Vec<Segment> {
    let contents = parts.inputs.iter().map(|input| match input {
        EmbedInput::Text(text) => Content::Text(text.clone()),
        EmbedInput::Image(file) => Content::Image(file.clone().into()),
        EmbedInput::TextAndImage(text, file) => {
            Content::TextAndImage(text.clone(), file.clone().into())
        }
        EmbedInput::Audio(file) => Content::Audio(file.clone().into()),
        EmbedInput::Video(file) => Content::Video(file.clone().into()),
    });
    let segments = contents.map(|content| Segment {
        content,
        members: Map::new(),
    });
    segments.collect()
}
