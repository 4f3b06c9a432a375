//! Automated reasoning.

use serde::{Deserialize, Serialize};

/// The automated reasoning policies of a guardrail. Their findings are told and never block (the service runs
/// them in detect mode only).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AutomatedReasoning {
    /// The policies.
    pub policies: Vec<ReasoningPolicy>,
    /// The least confidence of a finding, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence_threshold: Option<f64>,
}

/// One policy. The logic itself is not evaluated: what its test cases expect is what it finds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ReasoningPolicy {
    /// The ARN of its version; findings tell it.
    pub arn: String,
    /// Identifiers of its rules, named as supporting or contradicting.
    pub rules: Vec<String>,
    /// The test cases.
    pub test_cases: Vec<TestCase>,
}

/// What a policy finds about a content.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TestCase {
    /// The answer that is checked.
    pub guard_content: String,
    /// The question that it answers, where that matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query_content: Option<String>,
    /// What is found (`expectedAggregatedFindingsResult`).
    pub expected: FindingKind,
}

/// The kinds of findings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FindingKind {
    /// The claims follow from the rules.
    Valid,
    /// The claims contradict the rules.
    Invalid,
    /// The claims can be true or false.
    Satisfiable,
    /// Premises or rules contradict each other.
    Impossible,
    /// There is more than one reading.
    TranslationAmbiguous,
    /// There is too much to reason about.
    TooComplex,
    /// There is nothing to reason about.
    #[default]
    NoTranslation,
}
