//! Looking elements of definitions up, and giving them other names.

use crate::automated_reasoning_policy::{
    definition::{Definition, Rule, Type, Variable},
    logic::{Expression, english, parse},
};

/// The types that every definition has.
const BUILT_IN: &[&str] = &["bool", "int", "real", "number", "enum"];

impl Definition {
    pub(super) fn type_mut(&mut self, name: &str) -> Result<&mut Type, String> {
        let found = self.types.iter_mut().find(|kind| kind.name == name);
        found.ok_or_else(|| format!("There is no type {name}."))
    }

    pub(super) fn variable_mut(&mut self, name: &str) -> Result<&mut Variable, String> {
        let mut variables = self.variables.iter_mut();
        let found = variables.find(|variable| variable.name == name);
        found.ok_or_else(|| format!("There is no variable {name}."))
    }

    pub(super) fn rule_mut(&mut self, id: &str) -> Result<&mut Rule, String> {
        let found = self.rules.iter_mut().find(|rule| rule.id == id);
        found.ok_or_else(|| format!("There is no rule {id}."))
    }

    /// Variables, types and the values of types share their names.
    pub(super) fn is_free(&self, name: &str) -> Result<(), String> {
        let of_type =
            |kind: &Type| kind.name == name || kind.values.iter().any(|value| value.value == name);
        let taken = self.types.iter().any(of_type)
            || self.variables.iter().any(|variable| variable.name == name);
        if taken {
            return Err(format!("The name {name} is already in use."));
        }
        Ok(())
    }

    pub(super) fn has_type(&self, name: &str) -> Result<(), String> {
        let built_in = BUILT_IN.contains(&name.to_ascii_lowercase().as_str());
        if built_in || self.types.iter().any(|kind| kind.name == name) {
            return Ok(());
        }
        Err(format!("There is no type {name}."))
    }

    /// Rules that name a variable or a type's value.
    pub(super) fn rules_with(&self, name: &str) -> Vec<String> {
        let names = |rule: &&Rule| {
            parse(&rule.expression).is_ok_and(|expression| expression.names().contains(name))
        };
        let rules = self.rules.iter().filter(names);
        rules.map(|rule| rule.id.clone()).collect()
    }

    /// An expression whose names are all declared.
    pub(super) fn expression(&self, text: &str) -> Result<Expression, String> {
        let expression = parse(text)
            .map_err(|reason| format!("The expression {text} can't be read: {reason}."))?;
        let unknown = expression
            .names()
            .into_iter()
            .find(|name| self.is_free(name).is_ok());
        match unknown {
            None => Ok(expression),
            Some(name) => Err(format!(
                "The expression names {name}, which isn't declared."
            )),
        }
    }

    /// A rule's expression with another name in the place of `old`.
    pub(super) fn expression_with(&self, id: &str, old: &str, new: &str) -> Option<String> {
        let rule = self.rules.iter().find(|rule| rule.id == id)?;
        let expression = parse(&rule.expression).ok()?;
        Some(with(&expression, old, new).to_string())
    }

    /// Replaces a name in all rules.
    pub(super) fn renamed(&mut self, old: &str, new: &str) {
        for rule in &mut self.rules {
            let Ok(expression) = parse(&rule.expression) else {
                continue;
            };
            if expression.names().contains(old) {
                rule.set(&with(&expression, old, new));
            }
        }
    }
}

impl Rule {
    /// Another expression under the same id.
    pub(super) fn set(&mut self, expression: &Expression) {
        self.expression = expression.to_string();
        self.alternate_expression = Some(english(expression));
    }
}

fn with(expression: &Expression, old: &str, new: &str) -> Expression {
    match expression {
        Expression::Name(name) if name == old => Expression::name(new),
        Expression::Call(operator, operands) => {
            let operands = operands.iter().map(|operand| with(operand, old, new));
            Expression::Call(operator.clone(), operands.collect())
        }
        other => other.clone(),
    }
}
