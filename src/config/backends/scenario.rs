//! `[[guardrail_scenarios]]`: assessments of guardrails that are forced.

use outcrop_guardrails::{Direction, Forced, ForcedFinding};
use outcrop_runtime::Scenario;
use serde::Deserialize;

use super::Placed;

/// A scenario: when it holds, and what is found then.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioTable {
    /// Name, id or ARN of the guardrail that it is for.
    pub guardrail: Option<String>,
    /// What is assessed.
    pub direction: Option<DirectionTable>,
    /// A text that the request has.
    pub contains: Option<String>,
    /// Whether the rules find nothing besides.
    #[serde(default)]
    pub only: bool,
    /// What is found.
    #[serde(default)]
    pub findings: Vec<ForcedFinding>,
}

/// A direction, as the file has it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DirectionTable {
    /// What goes to a model.
    Input,
    /// What comes from it.
    Output,
}

impl Placed<ScenarioTable> {
    /// The scenario that is meant. The error says what is missing.
    pub(in crate::config) fn scenario(&self) -> Result<Scenario, String> {
        let table = &self.table;
        if table.findings.is_empty() && !table.only {
            return Err(
                "it finds nothing; add `findings`, or `only = true` to keep the rules out"
                    .to_owned(),
            );
        }
        Ok(Scenario {
            guardrail: table.guardrail.clone(),
            direction: table.direction.map(|direction| match direction {
                DirectionTable::Input => Direction::Input,
                DirectionTable::Output => Direction::Output,
            }),
            contains: table.contains.clone(),
            forced: Forced {
                only: table.only,
                findings: table.findings.clone(),
            },
        })
    }
}
