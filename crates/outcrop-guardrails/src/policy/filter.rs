//! Content filters.

use serde::{Deserialize, Serialize};

use super::{Action, Direction};

/// A category of harmful content, and how strictly it is kept out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContentFilter {
    /// The category.
    #[serde(rename = "type")]
    pub kind: FilterType,
    /// How strictly prompts are filtered.
    pub input_strength: Strength,
    /// How strictly answers are filtered.
    pub output_strength: Strength,
    /// What of a prompt is assessed; text where it is empty.
    #[serde(default)]
    pub input_modalities: Vec<Modality>,
    /// What of an answer is assessed; text where it is empty.
    #[serde(default)]
    pub output_modalities: Vec<Modality>,
    /// What each direction does.
    #[serde(flatten)]
    pub directions: super::Directions,
}

impl ContentFilter {
    /// A filter of `kind` for text that blocks with `strength` in both directions; a prompt attack is no attack
    /// in an answer.
    #[must_use]
    pub fn new(kind: FilterType, strength: Strength) -> Self {
        Self {
            kind,
            input_strength: strength,
            output_strength: if kind == FilterType::PromptAttack {
                Strength::None
            } else {
                strength
            },
            input_modalities: Vec::new(),
            output_modalities: Vec::new(),
            directions: super::Directions::default(),
        }
    }

    /// Strength and action in `direction`, or nothing where the filter is off.
    pub(crate) fn applied(&self, direction: Direction) -> Option<(Strength, Action)> {
        let strength = match direction {
            Direction::Input => self.input_strength,
            Direction::Output => self.output_strength,
        };
        let action = self.directions.action(direction, Action::Block)?;
        (strength != Strength::None).then_some((strength, action))
    }

    /// Whether `modality` is assessed in `direction`.
    pub(crate) fn covers(&self, direction: Direction, modality: Modality) -> bool {
        let modalities = match direction {
            Direction::Input => &self.input_modalities,
            Direction::Output => &self.output_modalities,
        };
        if modalities.is_empty() {
            modality == Modality::Text
        } else {
            modalities.contains(&modality)
        }
    }
}

/// The categories of content filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FilterType {
    /// Discrimination and dehumanization of people for what they are.
    Hate,
    /// Demeaning and mocking language.
    Insults,
    /// Sexual interest and activity.
    Sexual,
    /// Threats, and the glorification of injury.
    Violence,
    /// Help with crimes and fraud.
    Misconduct,
    /// Jailbreaks, injected instructions, and attempts to read a system prompt.
    PromptAttack,
}

impl FilterType {
    /// Every category.
    pub const ALL: [Self; 6] = [
        Self::Hate,
        Self::Insults,
        Self::Sexual,
        Self::Violence,
        Self::Misconduct,
        Self::PromptAttack,
    ];
}

/// How strictly a filter blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Strength {
    /// The filter is off.
    None,
    /// Blocks what is harmful with high confidence.
    Low,
    /// Blocks what is harmful with medium or high confidence.
    Medium,
    /// Blocks what is harmful with low, medium or high confidence.
    High,
}

impl Strength {
    /// Whether a filter of this strength holds against `confidence`.
    #[must_use]
    pub fn detects(self, confidence: Confidence) -> bool {
        match self {
            Self::None => false,
            Self::Low => confidence >= Confidence::High,
            Self::Medium => confidence >= Confidence::Medium,
            Self::High => confidence >= Confidence::Low,
        }
    }
}

/// How likely a text is harmful.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "UPPERCASE")]
pub enum Confidence {
    /// Not at all.
    #[default]
    None,
    /// Hardly.
    Low,
    /// Probably.
    Medium,
    /// Almost certainly.
    High,
}

/// A form of content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Modality {
    /// Text.
    Text,
    /// Images.
    Image,
}
