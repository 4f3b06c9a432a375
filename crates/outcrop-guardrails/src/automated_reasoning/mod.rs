//! Automated reasoning: what the test cases of a policy expect of an answer is what is found about it.
//!
//! An answer meets the test case whose content shares the most words with it, if it shares at least
//! [`THRESHOLD`] of them; where the test case has a question, the query has to meet it as well.

mod finding;

use std::collections::HashSet;

use bedrock_runtime_smithy::model::GuardrailAutomatedReasoningFinding as Finding;

use crate::policy::{AutomatedReasoning, FindingKind, ReasoningPolicy, TestCase};
use crate::text::stems;

/// The share of words from which on two texts are taken for the same.
const THRESHOLD: f64 = 0.8;

/// What the policies find about `answer` to `query`: one finding for each policy.
pub(crate) fn findings(
    reasoning: &AutomatedReasoning,
    answer: &str,
    query: Option<&str>,
) -> Vec<Finding> {
    let least = reasoning.confidence_threshold.unwrap_or(0.0).max(THRESHOLD);
    let policies = reasoning.policies.iter();
    policies
        .map(|policy| match nearest(policy, answer, query, least) {
            Some((case, confidence)) => finding::of(policy, case, confidence),
            None => finding::of(policy, &TestCase::default(), 0.0),
        })
        .collect()
}

/// What somebody wants to be found about `answer`, for each policy.
pub(crate) fn forced(
    reasoning: &AutomatedReasoning,
    answer: &str,
    kind: FindingKind,
) -> Vec<Finding> {
    let case = TestCase {
        guard_content: answer.to_owned(),
        query_content: None,
        expected: kind,
    };
    let policies = reasoning.policies.iter();
    policies
        .map(|policy| finding::of(policy, &case, 1.0))
        .collect()
}

fn nearest<'a>(
    policy: &'a ReasoningPolicy,
    answer: &str,
    query: Option<&str>,
    least: f64,
) -> Option<(&'a TestCase, f64)> {
    let cases = policy.test_cases.iter().map(|case| {
        let asked = match (&case.query_content, query) {
            (Some(expected), Some(query)) => similarity(expected, query),
            (Some(_), None) | (None, _) => 1.0,
        };
        (case, similarity(&case.guard_content, answer).min(asked))
    });
    // The first of equals: `max_by` would take the last.
    cases
        .filter(|(_, similarity)| *similarity >= least)
        .reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// The share of words that two texts have in common, from 0 to 1.
fn similarity(left: &str, right: &str) -> f64 {
    let set = |text: &str| stems(text).into_iter().collect::<HashSet<_>>();
    let (left, right) = (set(left), set(right));
    let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let all = left.union(&right).count();
    if all == 0 {
        return 0.0;
    }
    count(left.intersection(&right).count()) / count(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(finding: &Finding) -> FindingKind {
        match finding {
            Finding::Valid(_) => FindingKind::Valid,
            Finding::Invalid(_) => FindingKind::Invalid,
            Finding::Satisfiable(_) => FindingKind::Satisfiable,
            Finding::Impossible(_) => FindingKind::Impossible,
            Finding::TranslationAmbiguous(_) => FindingKind::TranslationAmbiguous,
            Finding::TooComplex(_) => FindingKind::TooComplex,
            Finding::NoTranslations(_) => FindingKind::NoTranslation,
        }
    }

    fn case(guard: &str, query: Option<&str>, expected: FindingKind) -> TestCase {
        TestCase {
            guard_content: guard.into(),
            query_content: query.map(Into::into),
            expected,
        }
    }

    #[test]
    fn an_answer_gets_what_its_test_case_expects() {
        let reasoning = AutomatedReasoning {
            policies: vec![ReasoningPolicy {
                arn: "arn:aws:bedrock:us-east-1:123456789012:automated-reasoning-policy/abcdefghijkl:1"
                    .into(),
                rules: vec!["RULE00000001".to_lowercase()],
                test_cases: vec![
                    case("Employees get 20 days of leave.", None, FindingKind::Valid),
                    case("Employees get 90 days of leave.", None, FindingKind::Invalid),
                    case("Yes.", Some("Can I carry leave over?"), FindingKind::Satisfiable),
                ],
            }],
            confidence_threshold: None,
        };
        let table = [
            ("Employees get 20 days of leave!", None, FindingKind::Valid),
            ("Employees get 90 days of leave", None, FindingKind::Invalid),
            (
                "Yes.",
                Some("Can I carry my leave over?"),
                FindingKind::Satisfiable,
            ),
            ("Yes.", Some("Is it raining?"), FindingKind::NoTranslation),
            ("The sky is blue.", None, FindingKind::NoTranslation),
        ];
        for (answer, query, expected) in table {
            let found = findings(&reasoning, answer, query);
            assert_eq!(
                found.iter().map(kind).collect::<Vec<_>>(),
                [expected],
                "{answer}"
            );
        }
    }
}
