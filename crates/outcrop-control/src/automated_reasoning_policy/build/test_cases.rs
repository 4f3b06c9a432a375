//! Tests that a build suggests.

use bedrock_smithy::model::{
    AutomatedReasoningCheckResult as CheckResult,
    AutomatedReasoningPolicyGeneratedTestCase as GeneratedTestCase,
};

use crate::automated_reasoning_policy::{
    definition::Definition,
    logic::{Expression, Theory, english},
};

/// The most characters of a question.
const QUERY: usize = 1024;

/// Two tests for each rule that is an implication between parts that can be said in words: what it concludes is valid, the opposite is not.
pub(crate) fn generated_test_cases(definition: &Definition) -> Vec<GeneratedTestCase> {
    let theory = Theory::of(definition);
    let of_fact = |expression: &Expression| {
        let (condition, consequence) = expression.implication()?;
        if !has_words(condition) || !has_words(consequence) {
            return None;
        }
        let opposite = consequence.clone().negated();
        let query = format!("What follows if {}?", english(condition));
        let case = |guard: &Expression, expected| GeneratedTestCase {
            expected_aggregated_findings_result: expected,
            guard_content: format!("Then {}.", english(guard)),
            query_content: query.clone(),
        };
        (query.len() <= QUERY).then(|| {
            [
                case(consequence, CheckResult::Valid),
                case(&opposite, CheckResult::Invalid),
            ]
        })
    };
    let facts = theory.facts.iter();
    facts
        .filter_map(|fact| of_fact(&fact.expression))
        .flatten()
        .collect()
}

/// Whether the expression is told in words that say all of it: variables and comparisons with a value, joined by *and*.
fn has_words(expression: &Expression) -> bool {
    match expression {
        Expression::Name(_) => true,
        Expression::Call(operator, operands) => match (operator.as_str(), operands.as_slice()) {
            ("and", _) => operands.iter().all(has_words),
            ("not", [Expression::Name(_)])
            | (
                "=" | "<" | "<=" | ">" | ">=",
                [
                    Expression::Name(_),
                    Expression::Name(_) | Expression::Number(_),
                ],
            ) => true,
            _ => false,
        },
        _ => false,
    }
}
