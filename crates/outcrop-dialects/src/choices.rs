//! Several answers to one request, where a family gives as many as its body asks for.
//!
//! An engine is asked for each. What they cost together is told (recorded for Cohere: two generations of ten tokens
//! are twenty output tokens).

use bedrock_runtime_smithy::model::TokenUsage;
use outcrop_engine::Answer;
use serde_json::Value;

/// How many choices a body asks for with the value of this member; the schema has checked its range.
pub(crate) fn asked(member: Option<&Value>) -> Option<u32> {
    let asked = member?.as_u64()?;
    Some(u32::try_from(asked).unwrap_or(u32::MAX).max(1))
}

/// The usage of several answers to one request: its input counts once.
#[must_use]
pub fn usage_of_choices(answers: &[Answer]) -> TokenUsage {
    let Some((first, further)) = answers.split_first() else {
        return TokenUsage::builder().build();
    };
    let tokens = further
        .iter()
        .filter_map(|answer| answer.usage.output_tokens);
    with_further(&first.usage, tokens.fold(0, i32::saturating_add))
}

/// The usage of one choice with the output tokens of the others.
#[must_use]
pub fn with_further(one: &TokenUsage, tokens: i32) -> TokenUsage {
    let mut all = one.clone();
    let more = |count: Option<i32>| count.map(|count| count.saturating_add(tokens));
    all.output_tokens = more(one.output_tokens);
    all.total_tokens = more(one.total_tokens);
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
        let all = with_further(&one, 7);
        assert_eq!(all.input_tokens, Some(40));
        assert_eq!((all.output_tokens, all.total_tokens), (Some(17), Some(57)));
        let body = json!({"n": 2});
        assert_eq!(asked(body.get("n")), Some(2));
        assert_eq!(asked(body.get("numResults")), None);
    }
}
