//! Findings, in the shapes of the model.

use bedrock_runtime_smithy::model::{
    GuardrailAutomatedReasoningFinding as Finding,
    GuardrailAutomatedReasoningImpossibleFinding as Impossible,
    GuardrailAutomatedReasoningInvalidFinding as Invalid,
    GuardrailAutomatedReasoningNoTranslationsFinding as NoTranslations,
    GuardrailAutomatedReasoningRule as Rule,
    GuardrailAutomatedReasoningSatisfiableFinding as Satisfiable,
    GuardrailAutomatedReasoningScenario as Scenario,
    GuardrailAutomatedReasoningStatement as Statement,
    GuardrailAutomatedReasoningTooComplexFinding as TooComplex,
    GuardrailAutomatedReasoningTranslation as Translation,
    GuardrailAutomatedReasoningTranslationAmbiguousFinding as Ambiguous,
    GuardrailAutomatedReasoningTranslationOption as TranslationOption,
    GuardrailAutomatedReasoningValidFinding as Valid,
};

use crate::policy::{FindingKind, ReasoningPolicy, TestCase};

/// The most characters of a statement.
const STATEMENT: usize = 1000;

/// What `policy` finds about a content that meets `case`.
pub(super) fn of(policy: &ReasoningPolicy, case: &TestCase, confidence: f64) -> Finding {
    let translation = Some(translation(case, confidence));
    match case.expected {
        FindingKind::Valid => Finding::Valid(Valid {
            claims_true_scenario: Some(scenario(case)),
            logic_warning: None,
            supporting_rules: Some(rules(policy)),
            translation,
        }),
        FindingKind::Invalid => Finding::Invalid(Invalid {
            contradicting_rules: Some(rules(policy)),
            logic_warning: None,
            translation,
        }),
        FindingKind::Satisfiable => Finding::Satisfiable(Satisfiable {
            claims_false_scenario: Some(Scenario {
                statements: Some(Vec::new()),
            }),
            claims_true_scenario: Some(scenario(case)),
            logic_warning: None,
            translation,
        }),
        FindingKind::Impossible => Finding::Impossible(Impossible {
            contradicting_rules: Some(rules(policy)),
            logic_warning: None,
            translation,
        }),
        FindingKind::TranslationAmbiguous => Finding::TranslationAmbiguous(Ambiguous {
            difference_scenarios: Some(vec![scenario(case)]),
            options: Some(vec![TranslationOption {
                translations: Some(translation.into_iter().collect()),
            }]),
        }),
        FindingKind::TooComplex => Finding::TooComplex(TooComplex {}),
        FindingKind::NoTranslation => Finding::NoTranslations(NoTranslations {}),
    }
}

fn translation(case: &TestCase, confidence: f64) -> Translation {
    Translation {
        claims: Some(vec![statement(&case.guard_content)]),
        confidence: Some(confidence),
        premises: Some(
            case.query_content
                .as_deref()
                .map(statement)
                .into_iter()
                .collect(),
        ),
        untranslated_claims: None,
        untranslated_premises: None,
    }
}

fn scenario(case: &TestCase) -> Scenario {
    Scenario {
        statements: Some(vec![statement(&case.guard_content)]),
    }
}

fn statement(text: &str) -> Statement {
    Statement {
        logic: None,
        natural_language: Some(text.chars().take(STATEMENT).collect()),
    }
}

fn rules(policy: &ReasoningPolicy) -> Vec<Rule> {
    let rules = policy.rules.iter().map(|identifier| Rule {
        identifier: Some(identifier.clone()),
        policy_version_arn: Some(policy.arn.clone()),
    });
    rules.collect()
}
