//! What judges are there for.

/// What a judge is asked about, which is a model of its own to the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JudgeRole {
    /// Content filters on texts.
    Filters,
    /// Denied topics.
    Topics,
    /// Denied topics, by vectors.
    TopicSimilarity,
    /// Contextual grounding.
    Grounding,
    /// Content filters on images.
    Images,
}

impl JudgeRole {
    /// Every role.
    pub const ALL: [Self; 5] = [
        Self::Filters,
        Self::Topics,
        Self::TopicSimilarity,
        Self::Grounding,
        Self::Images,
    ];

    /// The id under which the engine is asked for the judge. No model of the catalogue has it, so that no request can.
    #[must_use]
    pub fn model_id(self) -> &'static str {
        match self {
            Self::Filters => "outcrop.guardrail-filter-judge",
            Self::Topics => "outcrop.guardrail-topic-judge",
            Self::TopicSimilarity => "outcrop.guardrail-topic-embeddings",
            Self::Grounding => "outcrop.guardrail-grounding-judge",
            Self::Images => "outcrop.guardrail-image-judge",
        }
    }

    /// The setting that names its model, for messages.
    #[must_use]
    pub fn setting(self) -> &'static str {
        match self {
            Self::Filters => "guardrail_filter_judge",
            Self::Topics => "guardrail_topic_judge",
            Self::TopicSimilarity => "guardrail_topic_embeddings",
            Self::Grounding => "guardrail_grounding_judge",
            Self::Images => "guardrail_image_judge",
        }
    }
}
