//! Results of tests, in the shapes of the official model.

use bedrock_smithy::model::{
    AutomatedReasoningCheckFinding as CheckFinding,
    AutomatedReasoningCheckImpossibleFinding as Impossible,
    AutomatedReasoningCheckInputTextReference as TextReference,
    AutomatedReasoningCheckInvalidFinding as Invalid,
    AutomatedReasoningCheckNoTranslationsFinding as NoTranslations,
    AutomatedReasoningCheckResult as CheckResult, AutomatedReasoningCheckRule as Rule,
    AutomatedReasoningCheckSatisfiableFinding as Satisfiable,
    AutomatedReasoningCheckScenario as Scenario,
    AutomatedReasoningCheckTooComplexFinding as TooComplex,
    AutomatedReasoningCheckTranslation as Translation,
    AutomatedReasoningCheckTranslationAmbiguousFinding as Ambiguous,
    AutomatedReasoningCheckTranslationOption as TranslationOption,
    AutomatedReasoningCheckValidFinding as Valid, AutomatedReasoningLogicStatement as Logic,
    AutomatedReasoningPolicyTestCase as TestCaseShape,
    AutomatedReasoningPolicyTestResult as TestResultShape,
    AutomatedReasoningPolicyTestRunResult as RunResult,
    AutomatedReasoningPolicyTestRunStatus as RunStatus,
};

use super::{
    CaseState, TestResult,
    finding::{Finding, Statement},
    status,
};
use crate::{Control, automated_reasoning_policy::time::time, clock::nanos, resource::Held};

/// The most characters of a statement.
const STATEMENT: usize = 1000;

/// A test as it is now. What it finds is told when it has run.
pub(super) fn told(
    control: &Control,
    policy_arn: &str,
    held: &Held<TestResult>,
) -> TestResultShape {
    let state = &held.state;
    let status = status(control, held);
    let has_run = status == RunStatus::Completed;
    let passes = if state.finding.result == state.case.expected {
        RunResult::Passed
    } else {
        RunResult::Failed
    };
    let steps = match status {
        RunStatus::Scheduled => 0,
        RunStatus::InProgress => 1,
        _ => 2,
    };
    let changed_at = state
        .started_at
        .saturating_add(nanos(control.pace).saturating_mul(steps));
    TestResultShape {
        aggregated_test_findings_result: has_run.then_some(state.finding.result),
        policy_arn: policy_arn.to_owned(),
        test_case: case(&state.case),
        test_findings: has_run.then(|| vec![finding(&state.finding, policy_arn)]),
        test_run_result: has_run.then_some(passes),
        test_run_status: status,
        updated_at: time(changed_at),
    }
}

fn case(case: &CaseState) -> TestCaseShape {
    TestCaseShape {
        confidence_threshold: case.confidence_threshold,
        created_at: time(case.created_at),
        expected_aggregated_findings_result: Some(case.expected),
        guard_content: case.guard_content.clone(),
        query_content: case.query_content.clone(),
        test_case_id: case.id.clone(),
        updated_at: time(case.updated_at),
    }
}

fn finding(found: &Finding, policy_arn: &str) -> CheckFinding {
    let translation = Some(translation(found));
    let rules = |ids: &[String]| {
        let rule = |id: &String| Rule {
            id: Some(id.clone()),
            policy_version_arn: Some(policy_arn.to_owned()),
        };
        Some(ids.iter().map(rule).collect::<Vec<_>>())
    };
    match found.result {
        CheckResult::Valid => CheckFinding::Valid(Valid {
            claims_true_scenario: Some(scenario(&found.claims_true)),
            logic_warning: None,
            supporting_rules: rules(&found.rules),
            translation,
        }),
        CheckResult::Invalid => CheckFinding::Invalid(Invalid {
            contradicting_rules: rules(&found.rules),
            logic_warning: None,
            translation,
        }),
        CheckResult::Satisfiable => CheckFinding::Satisfiable(Satisfiable {
            claims_false_scenario: Some(scenario(&found.claims_false)),
            claims_true_scenario: Some(scenario(&found.claims_true)),
            logic_warning: None,
            translation,
        }),
        CheckResult::Impossible => CheckFinding::Impossible(Impossible {
            contradicting_rules: rules(&found.rules),
            logic_warning: None,
            translation,
        }),
        CheckResult::TranslationAmbiguous => CheckFinding::TranslationAmbiguous(Ambiguous {
            difference_scenarios: Some(vec![scenario(&found.claims)]),
            options: Some(vec![TranslationOption {
                translations: Some(translation.into_iter().collect()),
            }]),
        }),
        CheckResult::TooComplex => CheckFinding::TooComplex(TooComplex {}),
        CheckResult::NoTranslation => CheckFinding::NoTranslations(NoTranslations {}),
    }
}

fn translation(found: &Finding) -> Translation {
    let references = |texts: &[String]| {
        let reference = |text: &String| TextReference {
            text: Some(text.chars().take(STATEMENT).collect()),
        };
        Some(texts.iter().map(reference).collect::<Vec<_>>())
    };
    Translation {
        claims: statements(&found.claims),
        confidence: found.confidence,
        premises: Some(statements(&found.premises)),
        untranslated_claims: references(&found.untranslated_claims),
        untranslated_premises: references(&found.untranslated_premises),
    }
}

fn scenario(of: &[Statement]) -> Scenario {
    Scenario {
        statements: Some(statements(of)),
    }
}

fn statements(of: &[Statement]) -> Vec<Logic> {
    let cut = |text: &str| text.chars().take(STATEMENT).collect::<String>();
    let statement = |one: &Statement| Logic {
        logic: cut(&one.logic),
        natural_language: Some(cut(&one.natural_language)),
    };
    of.iter().map(statement).collect()
}
