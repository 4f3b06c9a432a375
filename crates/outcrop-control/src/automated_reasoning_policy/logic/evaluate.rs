//! What an expression is worth where only some variables have values.

use std::cmp::Ordering;

use super::{Expression, Model, model::Value, theory::Theory};

/// The value of an expression; `None` if it depends on variables without one, or makes no sense, such as `(+ true 1)`.
pub(super) fn value(expression: &Expression, model: &Model, theory: &Theory) -> Option<Value> {
    match expression {
        Expression::Truth(truth) => Some(Value::Truth(*truth)),
        Expression::Number(number) => Some(Value::Number(*number)),
        Expression::Name(name) => match model.0.get(name) {
            Some(value) => Some(value.clone()),
            None => theory.is_value(name).then(|| Value::Named(name.clone())),
        },
        Expression::Call(operator, operands) => {
            let value = |operand: &Expression| value(operand, model, theory);
            match operator.as_str() {
                "and" => junction(operands, false, value),
                "or" => junction(operands, true, value),
                "not" => truth(&value(operands.first()?)?).map(|truth| Value::Truth(!truth)),
                "=>" => implication(operands, value),
                "ite" => choice(operands, value),
                "=" | "distinct" | "<" | "<=" | ">" | ">=" => comparison(operator, operands, value),
                _ => arithmetic(operator, operands, value),
            }
        }
    }
}

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Truth(truth) => Some(*truth),
        _ => None,
    }
}

/// `and` and `or`: one operand that is `decisive` decides, whatever the others are.
fn junction(
    operands: &[Expression],
    decisive: bool,
    value: impl Fn(&Expression) -> Option<Value>,
) -> Option<Value> {
    let mut complete = true;
    for operand in operands {
        match value(operand).as_ref().and_then(truth) {
            Some(truth) if truth == decisive => return Some(Value::Truth(decisive)),
            Some(_) => {}
            None => complete = false,
        }
    }
    complete.then_some(Value::Truth(!decisive))
}

/// `(=> a b c)` is `(=> a (=> b c))`: not all conditions hold, or the consequence does.
fn implication(
    operands: &[Expression],
    value: impl Fn(&Expression) -> Option<Value>,
) -> Option<Value> {
    let (consequence, conditions) = operands.split_last()?;
    let conditions = junction(conditions, false, &value).as_ref().and_then(truth);
    match (conditions, value(consequence).as_ref().and_then(truth)) {
        (Some(false), _) | (_, Some(true)) => Some(Value::Truth(true)),
        (Some(true), Some(false)) => Some(Value::Truth(false)),
        _ => None,
    }
}

fn choice(operands: &[Expression], value: impl Fn(&Expression) -> Option<Value>) -> Option<Value> {
    let [condition, then, otherwise] = operands else {
        return None;
    };
    if truth(&value(condition)?)? {
        value(then)
    } else {
        value(otherwise)
    }
}

fn comparison(
    operator: &str,
    operands: &[Expression],
    value: impl Fn(&Expression) -> Option<Value>,
) -> Option<Value> {
    let values: Vec<Value> = operands.iter().map(value).collect::<Option<_>>()?;
    let holds = |left: &Value, right: &Value| {
        let order = left.compared(right);
        match operator {
            "=" => order == Some(Ordering::Equal),
            "distinct" => order != Some(Ordering::Equal),
            "<" => order == Some(Ordering::Less),
            "<=" => matches!(order, Some(Ordering::Less | Ordering::Equal)),
            ">" => order == Some(Ordering::Greater),
            _ => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
        }
    };
    let mut pairs = values.iter().zip(values.iter().skip(1));
    let all = match operator {
        // All differ from each other, not only from their neighbours.
        "distinct" => values.iter().enumerate().all(|(place, left)| {
            let mut others = values.iter().skip(place + 1);
            others.all(|right| holds(left, right))
        }),
        _ => pairs.all(|(left, right)| holds(left, right)),
    };
    Some(Value::Truth(all))
}

fn arithmetic(
    operator: &str,
    operands: &[Expression],
    value: impl Fn(&Expression) -> Option<Value>,
) -> Option<Value> {
    let number = |operand| match value(operand)? {
        Value::Number(number) => Some(number),
        _ => None,
    };
    let numbers: Vec<f64> = operands.iter().map(number).collect::<Option<_>>()?;
    let (first, rest) = numbers.split_first()?;
    let result = match operator {
        "+" => numbers.iter().sum(),
        "*" => numbers.iter().product(),
        "-" if rest.is_empty() => -first,
        "-" => first - rest.iter().sum::<f64>(),
        "/" => first / rest.first()?,
        _ => return None,
    };
    Some(Value::Number(result)).filter(|_| result.is_finite())
}
