//! The closed vocabularies of a catalogue entry.
//!
//! The live service uses values that its model does not list (`SPEECH`, `INFERENCE_PROFILE`, …); they are here because it sends them.

use serde::Deserialize;

/// What goes into a model or comes out of it (`ModelModality`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Modality {
    /// Text.
    Text,
    /// Images.
    Image,
    /// Vectors.
    Embedding,
    /// Recorded audio.
    Audio,
    /// Video.
    Video,
    /// Spoken audio.
    Speech,
}

impl Modality {
    /// The value on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "TEXT",
            Self::Image => "IMAGE",
            Self::Embedding => "EMBEDDING",
            Self::Audio => "AUDIO",
            Self::Video => "VIDEO",
            Self::Speech => "SPEECH",
        }
    }
}

/// How a model can be customized (`ModelCustomization`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Customization {
    /// Fine-tuning on labelled data.
    FineTuning,
    /// Continued pre-training on unlabelled data.
    ContinuedPreTraining,
    /// Distillation from a larger model.
    Distillation,
}

impl Customization {
    /// The value on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FineTuning => "FINE_TUNING",
            Self::ContinuedPreTraining => "CONTINUED_PRE_TRAINING",
            Self::Distillation => "DISTILLATION",
        }
    }
}

/// How a model is served (`InferenceType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum InferenceType {
    /// By its own id.
    OnDemand,
    /// Through provisioned throughput.
    Provisioned,
    /// Through a cross-region inference profile.
    InferenceProfile,
}

impl InferenceType {
    /// The value on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OnDemand => "ON_DEMAND",
            Self::Provisioned => "PROVISIONED",
            Self::InferenceProfile => "INFERENCE_PROFILE",
        }
    }
}

/// Where a model is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lifecycle {
    /// Offered.
    #[default]
    Active,
    /// Still answers, but is to be replaced.
    Legacy,
    /// Refuses every request; never listed.
    EndOfLife,
}

impl Lifecycle {
    /// The value on the wire (`FoundationModelLifecycleStatus`); a model at its end of life has none.
    #[must_use]
    pub fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Active => Some("ACTIVE"),
            Self::Legacy => Some("LEGACY"),
            Self::EndOfLife => None,
        }
    }
}

/// The kind of answer a model gives, and with it the kind of native body it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Api {
    /// Text, from text and other input.
    Chat,
    /// Vectors.
    Embedding,
    /// A ranking of documents.
    Rerank,
    /// Images.
    Image,
    /// Videos, asynchronously.
    Video,
    /// Speech, over a bidirectional stream.
    Speech,
}
