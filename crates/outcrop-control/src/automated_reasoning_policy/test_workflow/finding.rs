//! What a test finds, in the form that it is kept in.

use bedrock_smithy::model::AutomatedReasoningCheckResult as CheckResult;
use serde::{Deserialize, Serialize};

use super::{
    translate::{Translated, translate},
    verdict::{Verdict, verdict},
};
use crate::automated_reasoning_policy::{
    definition::Definition,
    logic::{Expression, Model, Theory, english},
    named,
};

/// A statement in logic and in English.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Statement {
    pub(super) logic: String,
    pub(super) natural_language: String,
}

/// What is found about an answer. Members that the result does not have are empty.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Finding {
    #[serde(with = "named")]
    pub(super) result: CheckResult,
    pub(super) premises: Vec<Statement>,
    pub(super) claims: Vec<Statement>,
    pub(super) untranslated_premises: Vec<String>,
    pub(super) untranslated_claims: Vec<String>,
    pub(super) confidence: f64,
    /// Values with which the claims are true, and such with which they are not.
    pub(super) claims_true: Vec<Statement>,
    pub(super) claims_false: Vec<Statement>,
    /// The ids of the rules that say so.
    pub(super) rules: Vec<String>,
}

/// What a definition says of an answer to a question. A translation that is less sure than the threshold is ambiguous.
pub(super) fn finding(
    definition: &Definition,
    answer: &str,
    question: Option<&str>,
    threshold: Option<f64>,
) -> Finding {
    let theory = Theory::of(definition);
    let premises = match question {
        Some(question) => translate(definition, &theory, question),
        None => Translated {
            confidence: 1.0,
            ..Translated::default()
        },
    };
    let claims = translate(definition, &theory, answer);
    let confidence = claims.confidence.min(premises.confidence);
    let expressions = |of: &Translated| -> Vec<Expression> {
        of.statements
            .iter()
            .map(|(expression, _)| expression.clone())
            .collect()
    };
    let (assumed, claimed) = (expressions(&premises), expressions(&claims));
    let mut finding = Finding {
        result: CheckResult::NoTranslation,
        premises: told(premises.statements),
        claims: told(claims.statements),
        untranslated_premises: premises.untranslated,
        untranslated_claims: claims.untranslated,
        confidence,
        claims_true: Vec::new(),
        claims_false: Vec::new(),
        rules: Vec::new(),
    };
    if claimed.is_empty() {
        return finding;
    }
    if threshold.is_some_and(|threshold| confidence < threshold) {
        finding.result = CheckResult::TranslationAmbiguous;
        return finding;
    }
    finding.decide(verdict(&theory, &assumed, &claimed));
    finding
}

impl Finding {
    fn decide(&mut self, verdict: Verdict) {
        self.result = match verdict {
            Verdict::Valid(model, rules) => {
                self.claims_true = values(&model);
                self.rules = rules;
                CheckResult::Valid
            }
            Verdict::Invalid(rules) => {
                self.rules = rules;
                CheckResult::Invalid
            }
            Verdict::Satisfiable(on, off) => {
                self.claims_true = values(&on);
                self.claims_false = values(&off);
                CheckResult::Satisfiable
            }
            Verdict::Impossible(rules) => {
                self.rules = rules;
                CheckResult::Impossible
            }
            Verdict::TooComplex => CheckResult::TooComplex,
        };
    }
}

fn told(statements: Vec<(Expression, String)>) -> Vec<Statement> {
    let statement = |(expression, text): (Expression, String)| Statement {
        logic: expression.to_string(),
        natural_language: text,
    };
    statements.into_iter().map(statement).collect()
}

fn values(model: &Model) -> Vec<Statement> {
    let statement = |expression: &Expression| Statement {
        logic: expression.to_string(),
        natural_language: english(expression),
    };
    model.statements().iter().map(statement).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::automated_reasoning_policy::{
        build::generated_test_cases, definition::Variable, extract::rule, logic::parse,
        tests::definition,
    };

    fn found(answer: &str, question: Option<&str>, threshold: Option<f64>) -> Finding {
        let definition: Definition = serde_json::from_value(definition()).unwrap();
        finding(&definition, answer, question, threshold)
    }

    #[test]
    fn answers_are_decided() {
        let full = Some("I am full-time, and my tenure is 24 months. Can I go?");
        let part = Some("My tenure is 24 months.");
        let table = [
            ("You are eligible for leave.", full, CheckResult::Valid),
            (
                "You are not eligible for leave.",
                full,
                CheckResult::Invalid,
            ),
            (
                "You are eligible for leave.",
                part,
                CheckResult::Satisfiable,
            ),
            ("The sky is blue.", full, CheckResult::NoTranslation),
            (
                "You are eligible for leave.",
                Some("The tenure is 3 months. The tenure is 4 months."),
                CheckResult::Impossible,
            ),
            (
                "(and isFullTime (= tenureMonths 13) (not eligibleForLeave))",
                None,
                CheckResult::Invalid,
            ),
        ];
        for (answer, question, expected) in table {
            let found = found(answer, question, None);
            assert_eq!(
                found.result, expected,
                "{answer} to {question:?}: {found:?}"
            );
        }
    }

    #[test]
    fn findings_say_why() {
        let full = Some("I am full-time, and my tenure is 24 months.");
        let valid = found("You are eligible for leave.", full, None);
        assert_eq!(valid.rules, ["A1B2C3D4E5F6"]);
        let logic: Vec<_> = valid
            .premises
            .iter()
            .map(|one| one.logic.as_str())
            .collect();
        assert_eq!(logic, ["isFullTime", "(= tenureMonths 24)"]);
        assert_eq!(valid.claims.len(), 1);
        let open = found("You are eligible for leave.", None, None);
        let logic = |statements: &[Statement]| -> Vec<String> {
            statements.iter().map(|one| one.logic.clone()).collect()
        };
        assert!(logic(&open.claims_true).contains(&"eligibleForLeave".to_owned()));
        assert!(logic(&open.claims_false).contains(&"(not eligibleForLeave)".to_owned()));
    }

    #[test]
    fn generated_tests_pass() {
        let mut definition: Definition = serde_json::from_value(definition()).unwrap();
        for text in [
            "(=> isContractor (not eligibleForLeave))",
            "(=> (= leaveType SICK) (<= tenureMonths 600))",
            "(=> (not isFullTime) (distinct leaveType PARENTAL))",
        ] {
            definition.rules.push(rule(&parse(text).unwrap()));
        }
        let variable = |name: &str, kind: &str| Variable {
            name: name.to_owned(),
            kind: kind.to_owned(),
            description: String::new(),
        };
        definition.variables.push(variable("isContractor", "BOOL"));
        definition
            .variables
            .push(variable("leaveType", "LeaveType"));
        let tests = generated_test_cases(&definition);
        assert_eq!(tests.len(), 6, "distinct is left out");
        for test in tests {
            let found = finding(
                &definition,
                &test.guard_content,
                Some(&test.query_content),
                None,
            );
            let expected = test.expected_aggregated_findings_result;
            assert_eq!(found.result, expected, "{test:?}: {found:?}");
        }
    }

    #[test]
    fn unsure_translations_are_ambiguous() {
        let half = "You are eligible.";
        assert_eq!(
            found(half, None, Some(0.5)).result,
            CheckResult::Satisfiable
        );
        assert_eq!(
            found(half, None, Some(0.9)).result,
            CheckResult::TranslationAmbiguous
        );
    }
}
