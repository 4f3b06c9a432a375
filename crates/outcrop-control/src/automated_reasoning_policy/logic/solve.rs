//! The search for values.

use super::{Expression, Model, evaluate::value, model::Value, theory::Theory};

/// Parts of expressions that are looked at before the search gives up: some ten milliseconds.
const BUDGET: usize = 1_000_000;

/// What a search ends with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Answer {
    /// These values satisfy all expressions.
    Satisfied(Model),
    /// No values do.
    Unsatisfiable,
    /// There are too many to try.
    TooComplex,
}

/// Looks for values of all variables in `expressions` with which all of them hold. The same expressions always get the same
/// answer.
pub(crate) fn satisfy(theory: &Theory, expressions: &[Expression]) -> Answer {
    let mut search = Search {
        theory,
        expressions,
        variables: variables(theory, expressions),
        model: Model::default(),
        steps: BUDGET / size(expressions),
    };
    match search.descend(0) {
        Some(true) => Answer::Satisfied(search.model),
        Some(false) => Answer::Unsatisfiable,
        None => Answer::TooComplex,
    }
}

struct Search<'a> {
    theory: &'a Theory,
    expressions: &'a [Expression],
    variables: Vec<(&'a str, Vec<Value>)>,
    model: Model,
    /// Values that may still be tried.
    steps: usize,
}

/// How many parts the expressions have; at least one.
fn size(expressions: &[Expression]) -> usize {
    let mut parts = 1;
    for expression in expressions {
        expression.visit(&mut |_| parts += 1);
    }
    parts
}

impl Search<'_> {
    /// Whether the variables from `place` on have values with which everything holds; `None` if that would take too long.
    fn descend(&mut self, place: usize) -> Option<bool> {
        if self.is_contradicted() {
            return Some(false);
        }
        let Some((name, domain)) = self.variables.get(place).cloned() else {
            return Some(self.holds());
        };
        for candidate in domain {
            self.steps = self.steps.checked_sub(1)?;
            self.model.0.insert(name.to_owned(), candidate);
            if self.descend(place + 1)? {
                return Some(true);
            }
        }
        self.model.0.remove(name);
        Some(false)
    }

    fn is_contradicted(&self) -> bool {
        let mut values = self
            .expressions
            .iter()
            .map(|expression| value(expression, &self.model, self.theory));
        values.any(|value| value == Some(Value::Truth(false)))
    }

    fn holds(&self) -> bool {
        let mut values = self
            .expressions
            .iter()
            .map(|expression| value(expression, &self.model, self.theory));
        values.all(|value| value == Some(Value::Truth(true)))
    }
}

/// The variables with what they can be, those of the last expressions first: these are what is asked about, and the sooner they
/// are settled, the sooner a contradiction shows.
fn variables<'a>(theory: &Theory, expressions: &'a [Expression]) -> Vec<(&'a str, Vec<Value>)> {
    let mut numbers = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    for expression in expressions.iter().rev() {
        expression.visit(&mut |part| {
            if let Expression::Number(number) = part {
                numbers.push(*number);
            }
        });
        for name in theory.variables(expression) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let with_domain = |name| {
        (
            name,
            theory.domain(name, &numbers_near(name, expressions, &numbers)),
        )
    };
    names.into_iter().map(with_domain).collect()
}

/// The numbers in expressions that name the variable, which are the ones that it is compared with. All of them where it is
/// compared with other variables, directly or in sums.
fn numbers_near(variable: &str, expressions: &[Expression], all: &[f64]) -> Vec<f64> {
    let mut near = Vec::new();
    let mut alone = true;
    for expression in expressions {
        expression.visit(&mut |part| {
            let Expression::Call(operator, operands) = part else {
                return;
            };
            let compares = matches!(
                operator.as_str(),
                "=" | "distinct" | "<" | "<=" | ">" | ">="
            );
            if !compares || !part.names().contains(variable) {
                return;
            }
            for operand in operands {
                match operand {
                    Expression::Number(number) => near.push(*number),
                    Expression::Name(name) if name == variable => {}
                    _ => alone = false,
                }
            }
        });
    }
    if alone { near } else { all.to_vec() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::automated_reasoning_policy::{
        definition::{Definition, Type, TypeValue, Variable},
        logic::parse,
    };

    fn theory() -> Theory {
        let variable = |name: &str, kind: &str| Variable {
            name: name.to_owned(),
            kind: kind.to_owned(),
            description: String::new(),
        };
        let value = |name: &str| TypeValue {
            value: name.to_owned(),
            description: None,
        };
        Theory::of(&Definition {
            types: vec![Type {
                name: "Color".to_owned(),
                description: None,
                values: vec![value("RED"), value("GREEN")],
            }],
            variables: vec![
                variable("n", "INT"),
                variable("m", "int"),
                variable("x", "REAL"),
                variable("c", "Color"),
            ],
            ..Definition::empty()
        })
    }

    fn satisfied(texts: &[&str]) -> Option<bool> {
        let expressions: Vec<_> = texts.iter().map(|text| parse(text).unwrap()).collect();
        match satisfy(&theory(), &expressions) {
            Answer::Satisfied(_) => Some(true),
            Answer::Unsatisfiable => Some(false),
            Answer::TooComplex => None,
        }
    }

    #[test]
    fn what_can_be_is_found_and_what_cannot_is_not() {
        let table = [
            (vec!["(=> a b)", "a", "b"], true),
            (vec!["(=> a b)", "a", "(not b)"], false),
            (vec!["(> n 12)", "(< n 14)"], true),
            (vec!["(> n 12)", "(< n 13)"], false),
            (vec!["(> x 12)", "(< x 13)"], true),
            (vec!["(= c RED)", "(= c GREEN)"], false),
            (vec!["(distinct c RED)", "(not (= c GREEN))"], false),
            (vec!["(or (= c RED) a)", "(not a)"], true),
            (vec!["(= (+ n m) 5)", "(= n 2)"], true),
            (vec!["(ite a (> n 3) (< n 3))", "(= n 3)"], false),
            (vec!["(=> a b c)", "a", "b", "(not c)"], false),
            (vec!["(+ n 1)"], false),
        ];
        for (texts, expected) in table {
            assert_eq!(satisfied(&texts), Some(expected), "{texts:?}");
        }
    }

    #[test]
    fn endless_searches_end() {
        let odd: Vec<String> = (0..40)
            .map(|n| format!("(or a{n} (not a{n}) (not b{n}))"))
            .collect();
        let mut texts: Vec<&str> = odd.iter().map(String::as_str).collect();
        texts.insert(0, "(= n (+ n 1))");
        assert_eq!(satisfied(&texts), None);
    }

    #[test]
    fn models_are_told_in_statements() {
        let expressions = [parse("(and (= n 13) a (not b) (= c GREEN))").unwrap()];
        let Answer::Satisfied(model) = satisfy(&theory(), &expressions) else {
            panic!("has a model");
        };
        let told: Vec<String> = model.statements().iter().map(ToString::to_string).collect();
        assert_eq!(told, ["a", "(not b)", "(= c GREEN)", "(= n 13)"]);
    }
}
