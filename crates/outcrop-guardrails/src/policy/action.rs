//! Actions, and how each direction has its own.

use serde::{Deserialize, Serialize};

/// What is assessed: what goes to a model, or what comes from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Direction {
    /// A prompt.
    Input,
    /// A model's answer.
    Output,
}

/// What a finding leads to.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "UPPERCASE")]
pub enum Action {
    /// It is told, and nothing else happens.
    None,
    /// Its text is replaced by the name of what was found. Sensitive information only; elsewhere it blocks.
    Anonymize,
    /// The whole content is replaced by the guardrail's message.
    #[default]
    Block,
}

/// The members that say for each direction whether something is assessed, and what a finding leads to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Directions {
    /// The action on prompts, unless it is the common one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_action: Option<Action>,
    /// The action on answers, unless it is the common one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_action: Option<Action>,
    /// Whether prompts are assessed; they are unless this says no.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_enabled: Option<bool>,
    /// Whether answers are assessed; they are unless this says no.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_enabled: Option<bool>,
}

impl Directions {
    /// What a finding leads to in `direction`, or nothing where it is not assessed. `common` is the action that
    /// holds for both directions.
    pub(crate) fn action(self, direction: Direction, common: Action) -> Option<Action> {
        let (enabled, own) = match direction {
            Direction::Input => (self.input_enabled, self.input_action),
            Direction::Output => (self.output_enabled, self.output_action),
        };
        enabled.unwrap_or(true).then(|| own.unwrap_or(common))
    }
}
