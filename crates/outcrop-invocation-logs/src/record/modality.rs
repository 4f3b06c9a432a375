//! Which setting of the configuration decides over what.

use crate::places::Kinds;

/// What an answer is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Modality {
    Text,
    Image,
    Embedding,
    Video,
    Audio,
}

impl Modality {
    /// What is answered to this question to an engine, in the words of `outcrop_engine::Observation`.
    pub(super) fn of_answer(asked: Option<&str>) -> Self {
        match asked {
            Some("embeddings") => Self::Embedding,
            Some("image_generation") => Self::Image,
            _ => Self::Text,
        }
    }

    /// Whether the configuration wants it.
    pub(super) fn is_delivered(self, kinds: Kinds) -> bool {
        match self {
            Self::Text => kinds.text,
            Self::Image => kinds.image,
            Self::Embedding => kinds.embedding,
            Self::Video => kinds.video,
            Self::Audio => kinds.audio,
        }
    }
}
