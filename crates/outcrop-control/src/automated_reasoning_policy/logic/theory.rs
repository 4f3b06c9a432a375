//! What a policy's definition says, read.

use std::collections::{BTreeMap, BTreeSet};

use super::{Expression, model::Value, parse};
use crate::automated_reasoning_policy::definition::{Definition, Variable};

/// A rule that could be read.
#[derive(Debug, Clone)]
pub(crate) struct Fact {
    /// The rule's id.
    pub(crate) id: String,
    pub(crate) expression: Expression,
}

/// The rules, variables and types of a definition.
#[derive(Debug, Clone)]
pub(crate) struct Theory {
    /// The rules that could be read; the others say nothing.
    pub(crate) facts: Vec<Fact>,
    /// The values of each type.
    types: BTreeMap<String, Vec<String>>,
    sorts: BTreeMap<String, Sort>,
}

/// What values a variable has.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sort {
    Truth,
    Whole,
    Real,
    /// Of the type of this name.
    Named(String),
}

impl Theory {
    pub(crate) fn of(definition: &Definition) -> Self {
        let types = definition.types.iter().map(|kind| {
            let values = kind.values.iter().map(|value| value.value.clone());
            (kind.name.clone(), values.collect())
        });
        let facts = definition.rules.iter().filter_map(|rule| {
            let expression = parse(&rule.expression).ok()?;
            Some(Fact {
                id: rule.id.clone(),
                expression,
            })
        });
        let types: BTreeMap<String, Vec<String>> = types.collect();
        let sorts = definition.variables.iter();
        let sorts = sorts.map(|variable| (variable.name.clone(), sort(variable, &types)));
        Self {
            sorts: sorts.collect(),
            facts: facts.collect(),
            types,
        }
    }

    /// Whether a name is a type's value rather than a variable.
    pub(super) fn is_value(&self, name: &str) -> bool {
        !self.sorts.contains_key(name)
            && self
                .types
                .values()
                .any(|values| values.iter().any(|value| value == name))
    }

    /// The expression that a text is, if all its names are declared.
    pub(crate) fn read(&self, text: &str) -> Option<Expression> {
        let expression = parse(text).ok()?;
        let is_declared = |name: &&str| self.sorts.contains_key(*name) || self.is_value(name);
        let names = expression.names();
        (!names.is_empty() && names.iter().all(is_declared)).then_some(expression)
    }

    /// The variables of an expression. A name that nothing declares is one, whose values are the truth values.
    pub(crate) fn variables<'a>(&self, expression: &'a Expression) -> BTreeSet<&'a str> {
        let mut names = expression.names();
        names.retain(|name| !self.is_value(name));
        names
    }

    /// The values of a variable that matter where `expressions` have to hold.
    pub(super) fn domain(&self, variable: &str, numbers: &[f64]) -> Vec<Value> {
        let near = |step: f64| {
            let around = |number: &f64| [number - step, *number, number + step];
            let mut near: Vec<f64> = numbers.iter().flat_map(around).collect();
            near.push(0.0);
            near.sort_by(f64::total_cmp);
            near.dedup();
            near.into_iter().map(Value::Number).collect()
        };
        match self.sorts.get(variable) {
            None | Some(Sort::Truth) => vec![Value::Truth(true), Value::Truth(false)],
            Some(Sort::Whole) => near(1.0),
            Some(Sort::Real) => near(0.5),
            Some(Sort::Named(name)) => {
                let values = self.types.get(name).into_iter().flatten();
                values.cloned().map(Value::Named).collect()
            }
        }
    }

    /// The facts that share variables with `expressions`, directly or over others.
    pub(crate) fn related<'a>(&'a self, expressions: &[Expression]) -> Vec<&'a Fact> {
        let mut known: BTreeSet<String> = BTreeSet::new();
        for expression in expressions {
            known.extend(self.variables(expression).into_iter().map(str::to_owned));
        }
        let mut open: Vec<&Fact> = self.facts.iter().collect();
        let mut related = Vec::new();
        loop {
            let (near, far): (Vec<&Fact>, Vec<&Fact>) = open.into_iter().partition(|fact| {
                let variables = self.variables(&fact.expression);
                variables.iter().any(|name| known.contains(*name))
            });
            if near.is_empty() {
                break;
            }
            for fact in &near {
                let variables = self.variables(&fact.expression);
                known.extend(variables.into_iter().map(str::to_owned));
            }
            related.extend(near);
            open = far;
        }
        // In the order of the definition.
        let place = |fact: &&Fact| self.facts.iter().position(|other| other.id == fact.id);
        related.sort_by_key(place);
        related
    }
}

fn sort(variable: &Variable, types: &BTreeMap<String, Vec<String>>) -> Sort {
    if types.contains_key(&variable.kind) {
        return Sort::Named(variable.kind.clone());
    }
    match variable.kind.to_ascii_lowercase().as_str() {
        "int" | "integer" => Sort::Whole,
        "real" | "number" | "float" | "double" => Sort::Real,
        _ => Sort::Truth,
    }
}
