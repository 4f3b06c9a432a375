//! Expressions of SMT-LIB.

use std::{collections::BTreeSet, fmt};

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expression {
    /// `true` or `false`.
    Truth(bool),
    /// For instance `12` or `0.5`.
    Number(f64),
    /// A variable, or a value of a type.
    Name(String),
    /// An operator with its operands: `(and a b)`.
    Call(String, Vec<Expression>),
}

impl Expression {
    /// `(not this)`, or what it negates.
    pub(crate) fn negated(self) -> Self {
        match self {
            Self::Truth(truth) => Self::Truth(!truth),
            Self::Call(operator, mut operands) if operator == "not" && operands.len() == 1 => {
                operands.pop().unwrap_or(Self::Truth(false))
            }
            other => Self::call("not", vec![other]),
        }
    }

    /// `(and …)` of all, which is the only one where there is one.
    pub(crate) fn all(mut parts: Vec<Self>) -> Self {
        match parts.len() {
            0 => Self::Truth(true),
            1 => parts.pop().unwrap_or(Self::Truth(true)),
            _ => Self::call("and", parts),
        }
    }

    pub(crate) fn call(operator: &str, operands: Vec<Self>) -> Self {
        Self::Call(operator.to_owned(), operands)
    }

    pub(crate) fn name(name: &str) -> Self {
        Self::Name(name.to_owned())
    }

    /// Condition and consequence, if it is an implication.
    pub(crate) fn implication(&self) -> Option<(&Self, &Self)> {
        match self {
            Self::Call(operator, operands) if operator == "=>" => match operands.as_slice() {
                [condition, consequence] => Some((condition, consequence)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The names in it.
    pub(crate) fn names(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        self.visit(&mut |expression| {
            if let Self::Name(name) = expression {
                names.insert(name.as_str());
            }
        });
        names
    }

    /// Shows every part of it to `visitor`, the whole first.
    pub(crate) fn visit<'a>(&'a self, visitor: &mut impl FnMut(&'a Self)) {
        visitor(self);
        if let Self::Call(_, operands) = self {
            for operand in operands {
                operand.visit(visitor);
            }
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truth(truth) => write!(formatter, "{truth}"),
            Self::Number(number) if *number < 0.0 => write!(formatter, "(- {})", -number),
            Self::Number(number) => write!(formatter, "{number}"),
            Self::Name(name) if name.contains(char::is_whitespace) => {
                write!(formatter, "|{name}|")
            }
            Self::Name(name) => formatter.write_str(name),
            Self::Call(operator, operands) => {
                write!(formatter, "({operator}")?;
                for operand in operands {
                    write!(formatter, " {operand}")?;
                }
                formatter.write_str(")")
            }
        }
    }
}
