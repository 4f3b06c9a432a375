//! Assessments that somebody asks for: a scenario that wants a guardrail to act, whatever the text is.

use regex_automata::meta::Regex;
use serde::{Deserialize, Serialize};

use crate::content_filters::Filter;
use crate::plan::{Literal, Plan};
use crate::policy::{Action, Confidence, EntityType, FilterType, FindingKind, Strength};
use crate::sensitive_information::{Entity, RegexRule};
use crate::topics::TopicRule;

/// Findings that are made whatever the rules say.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Forced {
    /// Whether these are the only findings; otherwise the rules add theirs.
    pub only: bool,
    /// The findings.
    pub findings: Vec<ForcedFinding>,
}

impl Forced {
    /// The findings of both.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.only |= other.only;
        self.findings.extend(other.findings);
        self
    }
}

/// One finding. Its action is the policy's, or `BLOCK` where the policy has nothing of the kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "policy", rename_all = "camelCase", deny_unknown_fields)]
pub enum ForcedFinding {
    /// A denied topic.
    Topic {
        /// Its name.
        name: String,
        /// The action.
        #[serde(default)]
        action: Option<Action>,
    },
    /// Harmful content.
    Filter {
        /// Its category.
        category: FilterType,
        /// How likely it is.
        confidence: Confidence,
        /// The action.
        #[serde(default)]
        action: Option<Action>,
    },
    /// A custom word, wherever the text has it.
    Word {
        /// The word.
        text: String,
        /// The action.
        #[serde(default)]
        action: Option<Action>,
    },
    /// Something personal, wherever the text has it.
    Pii {
        /// Its type.
        entity: EntityType,
        /// The text that it is.
        text: String,
        /// The action.
        #[serde(default)]
        action: Option<Action>,
    },
    /// A match of a regex, wherever the text has it.
    Regex {
        /// The regex's name.
        name: String,
        /// The text that it matches.
        text: String,
        /// The action.
        #[serde(default)]
        action: Option<Action>,
    },
    /// The scores of grounding, from 0 to 1, where it is evaluated.
    Grounding {
        /// How grounded the answer is.
        #[serde(default)]
        grounding: Option<f64>,
        /// How relevant the answer is.
        #[serde(default)]
        relevance: Option<f64>,
    },
    /// What each Automated Reasoning policy of the guardrail finds about a whole answer.
    Reasoning {
        /// The kind of finding.
        result: FindingKind,
    },
}

impl Plan {
    /// The plan that finds what `forced` asks for.
    pub(crate) fn forced(mut self, forced: &Forced) -> Self {
        self.certain.instead = forced.only;
        for finding in &forced.findings {
            self.force(finding);
        }
        self
    }

    fn force(&mut self, finding: &ForcedFinding) {
        match finding {
            ForcedFinding::Topic { name, action } => self.force_topic(name, *action),
            ForcedFinding::Filter {
                category,
                confidence,
                action,
            } => self.force_filter(*category, *confidence, *action),
            ForcedFinding::Word { text, action } => {
                let action = action.unwrap_or_default();
                self.force_literal(text, Literal::Word(action));
            }
            ForcedFinding::Pii {
                entity,
                text,
                action,
            } => {
                let own = self.entities.iter().find(|own| own.kind == *entity);
                let entity = Entity {
                    kind: *entity,
                    action: action.or(own.map(|own| own.action)).unwrap_or_default(),
                };
                self.force_literal(text, Literal::Pii(entity));
            }
            ForcedFinding::Regex { name, text, action } => self.force_regex(name, text, *action),
            ForcedFinding::Grounding {
                grounding,
                relevance,
            } => {
                self.certain.grounding = *grounding;
                self.certain.relevance = *relevance;
            }
            ForcedFinding::Reasoning { result } => self.certain.reasoning = Some(*result),
        }
    }

    fn force_topic(&mut self, name: &str, action: Option<Action>) {
        let known = self.topics.iter().position(|topic| topic.name == name);
        let index = known.unwrap_or(self.topics.len());
        if known.is_none() {
            self.topics.push(TopicRule::named(name));
        }
        if let (Some(topic), Some(action)) = (self.topics.get_mut(index), action) {
            topic.action = action;
        }
        self.certain.topics.push(index);
    }

    fn force_filter(&mut self, kind: FilterType, confidence: Confidence, action: Option<Action>) {
        let known = self.filters.iter().position(|filter| filter.kind == kind);
        let index = known.unwrap_or(self.filters.len());
        if known.is_none() {
            self.filters.push(Filter {
                kind,
                strength: Strength::High,
                action: Action::Block,
                text: true,
                image: false,
            });
        }
        if let (Some(filter), Some(action)) = (self.filters.get_mut(index), action) {
            filter.action = action;
        }
        self.certain.filters.push((index, confidence));
    }

    fn force_regex(&mut self, name: &str, text: &str, action: Option<Action>) {
        let Some(mut rule) = literal(name, text) else {
            return;
        };
        let known = self.regexes.iter().position(|regex| regex.name == name);
        let index = known.unwrap_or(self.regexes.len());
        if known.is_none() {
            self.regexes.push(rule.clone());
        }
        if let (Some(regex), Some(action)) = (self.regexes.get_mut(index), action) {
            regex.action = action;
        }
        rule.action = action.unwrap_or_default();
        self.certain.literals.push((rule, Literal::Regex(index)));
    }

    fn force_literal(&mut self, text: &str, found: Literal) {
        if let Some(rule) = literal("", text) {
            self.certain.literals.push((rule, found));
        }
    }
}

/// A search for exactly `text`; nothing where it is empty or cannot be searched for.
fn literal(name: &str, text: &str) -> Option<RegexRule> {
    let pattern = regex_syntax::escape(text);
    let hir = regex_syntax::parse(&pattern).ok()?;
    let regex = Regex::builder().build_from_hir(&hir).ok()?;
    (!text.is_empty()).then(|| RegexRule::new(name, &pattern, regex, &hir))
}
