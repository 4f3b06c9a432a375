//! What can be said of a definition by looking at it.

use std::collections::BTreeSet;

use bedrock_smithy::model::{
    AutomatedReasoningPolicyDefinitionQualityReport as QualityReport,
    AutomatedReasoningPolicyDefinitionTypeValuePair as TypeValuePair,
    AutomatedReasoningPolicyDisjointRuleSet as RuleSet,
};

use crate::automated_reasoning_policy::{
    definition::{Definition, Type},
    logic::{Answer, Fact, Theory, satisfy},
};

/// Pairs of rules that are looked at for conflicts.
const PAIRS: usize = 2000;

/// The quality report of a definition. Rules conflict if the conditions of both can hold together, but not with the rules.
pub(crate) fn quality_report(definition: &Definition) -> QualityReport {
    let theory = Theory::of(definition);
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for fact in &theory.facts {
        named.extend(fact.expression.names());
    }
    let unused = |kind: &&Type| {
        let is_of_it = |name: &str| name == kind.name;
        !definition
            .variables
            .iter()
            .any(|variable| is_of_it(&variable.kind))
    };
    let values = definition.types.iter().flat_map(|kind| {
        let pair = |value: &str| TypeValuePair {
            type_name: kind.name.clone(),
            value_name: value.to_owned(),
        };
        let values = kind.values.iter().map(|value| value.value.as_str());
        let unused = values.filter(|value| !named.contains(value));
        unused.map(pair).collect::<Vec<_>>()
    });
    let variables = definition.variables.iter().map(|variable| &variable.name);
    QualityReport {
        conflicting_rules: conflicting(&theory),
        disjoint_rule_sets: disjoint(&theory),
        rule_count: count(definition.rules.len()),
        type_count: count(definition.types.len()),
        unused_type_values: values.collect(),
        unused_types: definition
            .types
            .iter()
            .filter(unused)
            .map(|kind| kind.name.clone())
            .collect(),
        unused_variables: variables
            .filter(|name| !named.contains(name.as_str()))
            .cloned()
            .collect(),
        variable_count: count(definition.variables.len()),
    }
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn conflicting(theory: &Theory) -> Vec<String> {
    let mut conflicting = Vec::new();
    let pairs = theory.facts.iter().enumerate().flat_map(|(place, left)| {
        let others = theory.facts.iter().skip(place + 1);
        others.map(move |right| (left, right))
    });
    for (left, right) in pairs.filter(|(left, right)| meet(left, right)).take(PAIRS) {
        if conflict(theory, left, right) {
            for id in [&left.id, &right.id] {
                if !conflicting.contains(id) {
                    conflicting.push(id.clone());
                }
            }
        }
    }
    conflicting
}

/// Whether what two rules conclude is about the same.
fn meet(left: &Fact, right: &Fact) -> bool {
    let concluded = |fact: &Fact| -> BTreeSet<String> {
        let conclusion = fact
            .expression
            .implication()
            .map_or(&fact.expression, |(_, then)| then);
        conclusion.names().into_iter().map(str::to_owned).collect()
    };
    !concluded(left).is_disjoint(&concluded(right))
}

fn conflict(theory: &Theory, left: &Fact, right: &Fact) -> bool {
    let conditions = [left, right].into_iter().filter_map(|fact| {
        let (condition, _) = fact.expression.implication()?;
        Some(condition.clone())
    });
    let conditions: Vec<_> = conditions.collect();
    let mut all = vec![left.expression.clone(), right.expression.clone()];
    all.extend(conditions.iter().cloned());
    matches!(satisfy(theory, &conditions), Answer::Satisfied(_))
        && satisfy(theory, &all) == Answer::Unsatisfiable
}

/// Groups of rules that share no variables; one group is no separation, and not told.
fn disjoint(theory: &Theory) -> Vec<RuleSet> {
    let mut sets: Vec<(BTreeSet<String>, Vec<String>)> = Vec::new();
    for fact in &theory.facts {
        let variables = theory.variables(&fact.expression);
        let mut merged: BTreeSet<String> = variables.into_iter().map(str::to_owned).collect();
        let (near, far): (Vec<_>, Vec<_>) = sets
            .into_iter()
            .partition(|(names, _)| !names.is_disjoint(&merged));
        let mut rules = Vec::new();
        for (names, of_set) in near {
            merged.extend(names);
            rules.extend(of_set);
        }
        rules.push(fact.id.clone());
        sets = far;
        sets.push((merged, rules));
    }
    if sets.len() < 2 {
        return Vec::new();
    }
    let set = |(variables, rules): (BTreeSet<String>, Vec<String>)| RuleSet {
        rules,
        variables: variables.into_iter().collect(),
    };
    sets.into_iter().map(set).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::automated_reasoning_policy::{
        definition::{TypeValue, Variable},
        extract::rule,
        logic::parse,
    };

    #[test]
    fn reports_tell_what_is_wrong() {
        let rules = [
            "(=> a b)",
            "(=> (and a c) (not b))",
            "(=> x y)",
            "(=> y (= kind ONE))",
        ];
        let rules: Vec<_> = rules
            .iter()
            .map(|text| rule(&parse(text).unwrap()))
            .collect();
        let value = |name: &str| TypeValue {
            value: name.to_owned(),
            description: None,
        };
        let variable = |name: &str, kind: &str| Variable {
            name: name.to_owned(),
            kind: kind.to_owned(),
            description: name.to_owned(),
        };
        let kind = |name: &str, values| Type {
            name: name.to_owned(),
            description: None,
            values,
        };
        let definition = Definition {
            rules: rules.clone(),
            types: vec![
                kind("Kind", vec![value("ONE"), value("TWO")]),
                kind("None", vec![]),
            ],
            variables: vec![variable("kind", "Kind"), variable("unused", "BOOL")],
            ..Definition::empty()
        };
        let report = quality_report(&definition);
        assert_eq!(
            report.conflicting_rules,
            [rules[0].id.clone(), rules[1].id.clone()]
        );
        assert_eq!(report.unused_types, ["None"]);
        assert_eq!(report.unused_variables, ["unused"]);
        let values: Vec<_> = report
            .unused_type_values
            .iter()
            .map(|pair| &pair.value_name)
            .collect();
        assert_eq!(values, ["TWO"]);
        let sets: Vec<_> = report
            .disjoint_rule_sets
            .iter()
            .map(|set| set.rules.len())
            .collect();
        assert_eq!(sets, [2, 2]);
        assert_eq!(
            (report.rule_count, report.type_count, report.variable_count),
            (4, 2, 2)
        );
    }
}
