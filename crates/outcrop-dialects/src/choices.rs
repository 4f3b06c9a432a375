//! Several answers to one request, where a family gives as many as its body asks for.
//!
//! An engine gives one: the others say the same. What they cost together is told (recorded for Cohere:
//! two generations of ten tokens are twenty output tokens).

use bedrock_runtime_smithy::model::TokenUsage;
use serde_json::Value;

/// How many choices a body asks for with the value of this member; the schema has checked its range.
pub(crate) fn asked(member: Option<&Value>) -> u32 {
    let asked = member.and_then(Value::as_u64);
    asked.map_or(1, |asked| u32::try_from(asked).unwrap_or(u32::MAX).max(1))
}

/// The usage of so many choices, of which one has this usage.
pub(crate) fn usage(one: &TokenUsage, choices: u32) -> TokenUsage {
    let further = i32::try_from(choices.saturating_sub(1)).unwrap_or(i32::MAX);
    let output = one.output_tokens.unwrap_or_default();
    let more = output.saturating_mul(further);
    let mut all = one.clone();
    all.output_tokens = one.output_tokens.map(|tokens| tokens.saturating_add(more));
    all.total_tokens = one.total_tokens.map(|tokens| tokens.saturating_add(more));
    all
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_choice_has_its_tokens() {
        let one = TokenUsage::builder()
            .input_tokens(Some(40))
            .output_tokens(Some(10))
            .total_tokens(Some(50))
            .build();
        let body = json!({"n": 2});
        let all = usage(&one, asked(body.get("n")));
        assert_eq!(all.input_tokens, Some(40));
        assert_eq!((all.output_tokens, all.total_tokens), (Some(20), Some(60)));
        assert_eq!(usage(&one, asked(body.get("numResults"))), one);
    }
}
