//! Situations that the rules of a policy allow.

use bedrock_smithy::model::{
    AutomatedReasoningCheckResult as CheckResult, AutomatedReasoningPolicyScenario as Scenario,
};

use crate::automated_reasoning_policy::{
    definition::Definition,
    logic::{Answer, Expression, Fact, Theory, english, satisfy},
};

/// The most characters of an expression.
const EXPRESSION: usize = 1024;

/// Rules that a scenario names.
const RULES: usize = 100;

/// One scenario for each rule whose condition can hold: values with which it does, and with it the rules that it meets. Scenarios
/// that are the same are told once.
pub(crate) fn scenarios(definition: &Definition) -> Vec<Scenario> {
    let theory = Theory::of(definition);
    let mut scenarios: Vec<Scenario> = Vec::new();
    for fact in &theory.facts {
        let Some(scenario) = scenario(&theory, fact) else {
            continue;
        };
        let differs = |other: &Scenario| other.expression != scenario.expression;
        if scenarios.iter().all(differs) {
            scenarios.push(scenario);
        }
    }
    scenarios
}

fn scenario(theory: &Theory, fact: &Fact) -> Option<Scenario> {
    let condition = fact
        .expression
        .implication()
        .map_or(&fact.expression, |(condition, _)| condition);
    let condition = vec![condition.clone()];
    let related = theory.related(&condition);
    let mut all: Vec<Expression> = related.iter().map(|fact| fact.expression.clone()).collect();
    all.extend(condition);
    let Answer::Satisfied(model) = satisfy(theory, &all) else {
        return None;
    };
    let whole = Expression::all(model.statements());
    let (expression, alternate) = (whole.to_string(), english(&whole));
    let fits = expression.len() <= EXPRESSION && alternate.len() <= EXPRESSION;
    fits.then(|| Scenario {
        alternate_expression: alternate,
        expected_result: CheckResult::Satisfiable,
        expression,
        rule_ids: related
            .iter()
            .take(RULES)
            .map(|fact| fact.id.clone())
            .collect(),
    })
}
