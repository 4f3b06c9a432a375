//! Reads expressions.

use super::Expression;

/// How deep expressions may be. A rule has at most 2048 characters.
const DEPTH: usize = 64;

/// Reads an expression of SMT-LIB. The error says what is wrong with it.
pub(crate) fn parse(text: &str) -> Result<Expression, &'static str> {
    let tokens = tokens(text);
    let mut tokens = tokens.iter().map(String::as_str);
    let expression = read(&mut tokens, 0)?;
    match tokens.next() {
        None => Ok(expression),
        Some(_) => Err("something follows the end of the expression"),
    }
}

/// Parentheses, and what stands between them and white space. Names in bars are names, white space and all.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = vec![String::new()];
    let (mut in_bars, mut in_comment) = (false, false);
    for letter in text.chars() {
        match letter {
            '\n' if in_comment => in_comment = false,
            _ if in_comment => {}
            '|' => in_bars = !in_bars,
            ';' if !in_bars => {
                in_comment = true;
                tokens.push(String::new());
            }
            '(' | ')' if !in_bars => tokens.extend([letter.to_string(), String::new()]),
            _ if letter.is_whitespace() && !in_bars => tokens.push(String::new()),
            _ => {
                if let Some(token) = tokens.last_mut() {
                    token.push(letter);
                }
            }
        }
    }
    tokens.retain(|token| !token.is_empty());
    tokens
}

fn read<'a>(
    tokens: &mut impl Iterator<Item = &'a str>,
    depth: usize,
) -> Result<Expression, &'static str> {
    if depth > DEPTH {
        return Err("it is too deep");
    }
    match tokens.next() {
        None => Err("it ends too early"),
        Some(")") => Err("it has a closing parenthesis without an opening one"),
        Some("(") => call(tokens, depth),
        Some(token) => Ok(atom(token)),
    }
}

fn call<'a>(
    tokens: &mut impl Iterator<Item = &'a str>,
    depth: usize,
) -> Result<Expression, &'static str> {
    let operator = match tokens.next() {
        None => return Err("it ends too early"),
        Some("(" | ")") => return Err("it has parentheses without an operator"),
        Some(operator) => operator.to_owned(),
    };
    let mut operands = Vec::new();
    loop {
        // A closing parenthesis is the end here, and an error everywhere else.
        let operand = match tokens.next() {
            None => return Err("it ends too early"),
            Some(")") => return finished(operator, operands),
            Some("(") if depth < DEPTH => call(tokens, depth + 1)?,
            Some("(") => return Err("it is too deep"),
            Some(token) => atom(token),
        };
        operands.push(operand);
    }
}

fn finished(operator: String, operands: Vec<Expression>) -> Result<Expression, &'static str> {
    let known = match operator.as_str() {
        "and" | "or" | "+" | "*" => true,
        "not" => operands.len() == 1,
        "=>" | "=" | "distinct" | "<" | "<=" | ">" | ">=" => operands.len() >= 2,
        "ite" => operands.len() == 3,
        "-" => !operands.is_empty(),
        "/" => operands.len() == 2,
        _ => return Err("it has an operator that is not known here"),
    };
    match (known, operator.as_str(), operands.as_slice()) {
        (false, ..) => Err("an operator has too few or too many operands"),
        (true, "-", [Expression::Number(number)]) => Ok(Expression::Number(-number)),
        _ => Ok(Expression::Call(operator, operands)),
    }
}

fn atom(token: &str) -> Expression {
    match token {
        "true" => return Expression::Truth(true),
        "false" => return Expression::Truth(false),
        _ => {}
    }
    let is_number = token.starts_with(|first: char| first.is_ascii_digit() || first == '-');
    match token.parse::<f64>() {
        Ok(number) if is_number && number.is_finite() => Expression::Number(number),
        _ => Expression::name(token),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_read_as_they_are_written() {
        for text in [
            "(=> (and isFullTime (> tenureMonths 12)) eligible)",
            "(= kind PARENTAL)",
            "(>= balance (- 0.5))",
            "(= |type of leave| |sabbatical, unpaid|)",
            "(> días 12)",
            "true",
        ] {
            assert_eq!(parse(text).unwrap().to_string(), text);
        }
        let spread = "(and ; both\n  |a|\n b)";
        assert_eq!(parse(spread).unwrap().to_string(), "(and a b)");
    }

    #[test]
    fn others_are_refused() {
        let deep = "(not ".repeat(1000) + "a" + &")".repeat(1000);
        for text in [
            "",
            "(",
            ")",
            "()",
            "(and a",
            "a b",
            "(not a b)",
            "(P x)",
            &deep,
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
