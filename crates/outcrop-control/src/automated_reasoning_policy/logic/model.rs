//! Values of variables.

use std::{cmp::Ordering, collections::BTreeMap};

use super::Expression;

/// A value of a variable.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Truth(bool),
    Number(f64),
    /// A value of a type, by its name.
    Named(String),
}

impl Value {
    /// The order of numbers; of others whether they are the same.
    pub(super) fn compared(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(left), Self::Number(right)) => left.partial_cmp(right),
            _ => (self == other).then_some(Ordering::Equal),
        }
    }

    fn expression(&self) -> Expression {
        match self {
            Self::Truth(truth) => Expression::Truth(*truth),
            Self::Number(number) => Expression::Number(*number),
            Self::Named(name) => Expression::name(name),
        }
    }
}

/// Which variables have which values.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Model(pub(super) BTreeMap<String, Value>);

impl Model {
    /// One statement for each variable: `isFullTime`, `(not isFullTime)`, `(= tenureMonths 13)`.
    pub(crate) fn statements(&self) -> Vec<Expression> {
        let statement = |(name, value): (&String, &Value)| match value {
            Value::Truth(true) => Expression::name(name),
            Value::Truth(false) => Expression::name(name).negated(),
            other => Expression::call("=", vec![Expression::name(name), other.expression()]),
        };
        self.0.iter().map(statement).collect()
    }
}
