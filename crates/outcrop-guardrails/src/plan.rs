//! A policy, compiled for one direction.

use crate::content_filters::{self, Filter};
use crate::contextual_grounding;
use crate::error::PolicyError;
use crate::policy::{
    Action, AutomatedReasoning, Confidence, Direction, FindingKind, GroundingFilter, Policy,
};
use crate::sensitive_information::{self, Entity, RegexRule};
use crate::topics::{self, TopicRule};
use crate::words::Words;

/// What is assessed in one direction, and what it leads to.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) direction: Direction,
    pub(crate) topics: Vec<TopicRule>,
    pub(crate) filters: Vec<Filter>,
    pub(crate) words: Option<Words>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) regexes: Vec<RegexRule>,
    pub(crate) grounding: Vec<GroundingFilter>,
    pub(crate) reasoning: Option<AutomatedReasoning>,
    /// What a blocked content is answered with.
    pub(crate) message: String,
    /// What somebody wants to be found, whatever the rules say.
    pub(crate) certain: Certain,
}

/// Findings that are none of the rules' own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Certain {
    /// The rules find nothing.
    pub(crate) instead: bool,
    /// Topics, by index.
    pub(crate) topics: Vec<usize>,
    /// Filters, by index.
    pub(crate) filters: Vec<(usize, Confidence)>,
    /// Texts that are found wherever they stand.
    pub(crate) literals: Vec<(RegexRule, Literal)>,
    /// The score of grounding.
    pub(crate) grounding: Option<f64>,
    /// The score of relevance.
    pub(crate) relevance: Option<f64>,
    /// What Automated Reasoning policies find.
    pub(crate) reasoning: Option<FindingKind>,
}

/// What a literal text is found as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Literal {
    /// A custom word.
    Word(Action),
    /// Something personal.
    Pii(Entity),
    /// A match of the regex with this index.
    Regex(usize),
}

impl Plan {
    /// What `policy` has for `direction`.
    pub(crate) fn compile(policy: &Policy, direction: Direction) -> Result<Self, PolicyError> {
        let output = direction == Direction::Output;
        Ok(Self {
            direction,
            topics: topics::compile(policy, direction),
            filters: content_filters::compile(policy, direction),
            words: Words::compile(policy, direction),
            entities: sensitive_information::compile(policy, direction),
            regexes: sensitive_information::compile_regexes(policy, direction)?,
            grounding: if output {
                contextual_grounding::compile(policy)
            } else {
                Vec::new()
            },
            reasoning: policy.automated_reasoning.clone().filter(|_| output),
            message: match direction {
                Direction::Input => policy.blocked_input_messaging.clone(),
                Direction::Output => policy.blocked_outputs_messaging.clone(),
            },
            certain: Certain::default(),
        })
    }
}
