//! Expressions in English, as the rules of policies have them for their readers.

use super::Expression;

/// For instance `if isFullTime is true and tenureMonths is greater than 12, then eligible is true`.
pub(crate) fn english(expression: &Expression) -> String {
    match expression {
        Expression::Truth(truth) => truth.to_string(),
        Expression::Number(_) => expression.to_string(),
        Expression::Name(name) => format!("{name} is true"),
        Expression::Call(operator, operands) => call(operator, operands),
    }
}

fn call(operator: &str, operands: &[Expression]) -> String {
    match (operator, operands) {
        ("=>", [condition, consequence]) => {
            format!("if {}, then {}", english(condition), english(consequence))
        }
        ("and" | "or", _) => {
            let parts: Vec<String> = operands.iter().map(english).collect();
            parts.join(&format!(" {operator} "))
        }
        ("not", [Expression::Name(name)]) => format!("{name} is false"),
        ("not", [Expression::Call(operator, operands)]) if opposite(operator).is_some() => {
            call(opposite(operator).unwrap_or_default(), operands)
        }
        ("not", [operand]) => format!("it is not the case that {}", english(operand)),
        ("=", [left, right]) => format!("{} is equal to {}", bare(left), bare(right)),
        ("distinct", [left, right]) => format!("{} is not equal to {}", bare(left), bare(right)),
        ("<", [left, right]) => format!("{} is less than {}", bare(left), bare(right)),
        ("<=", [left, right]) => format!("{} is at most {}", bare(left), bare(right)),
        (">", [left, right]) => format!("{} is greater than {}", bare(left), bare(right)),
        (">=", [left, right]) => format!("{} is at least {}", bare(left), bare(right)),
        _ => Expression::call(operator, operands.to_vec()).to_string(),
    }
}

/// An operand, a name without its bars.
fn bare(operand: &Expression) -> String {
    match operand {
        Expression::Name(name) => name.clone(),
        other => other.to_string(),
    }
}

/// The comparison that holds where this one does not.
fn opposite(operator: &str) -> Option<&'static str> {
    match operator {
        "<" => Some(">="),
        "<=" => Some(">"),
        ">" => Some("<="),
        ">=" => Some("<"),
        "=" => Some("distinct"),
        "distinct" => Some("="),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::automated_reasoning_policy::logic::parse;

    #[test]
    fn rules_are_told_in_words() {
        let rule = parse("(=> (and isFullTime (> tenureMonths 12)) (not eligible))").unwrap();
        assert_eq!(
            english(&rule),
            "if isFullTime is true and tenureMonths is greater than 12, then eligible is false"
        );
        let rule = parse("(=> |full time| (= |type of leave| |sick leave|))").unwrap();
        assert_eq!(
            english(&rule),
            "if full time is true, then type of leave is equal to sick leave"
        );
    }
}
