//! Text blocks.

use outcrop_catalogue::Model;

use super::{
    family,
    place::Place,
    refusal::{Checked, refuse},
};

/// A text block of a message is not blank (quoted).
///
/// White space alone is blank to the models of Amazon, Meta, Cohere, AI21, `DeepSeek` and others
/// (measured), but goes through to Claude (recorded next to other blocks), which has its own opinion.
/// The texts within tool results may be blank (measured).
pub(super) fn is_not_blank(model: &Model, place: Place, text: &str) -> Checked {
    let blank = if family::is_claude(model) {
        text.is_empty()
    } else {
        is_white(text)
    };
    if blank {
        return refuse(format!(
            "The text field in the ContentBlock object at {place} is blank. Add text to the text \
             field, and try again."
        ));
    }
    Ok(())
}

/// Whether there is nothing but white space.
pub(super) fn is_white(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use bedrock_runtime_smithy::model::ToolResultContentBlock;

    use crate::rules::testing::{
        LLAMA, NOVA_PRO, Request, SONNET_4, assistant, exchange, result_with, text, user,
    };

    #[test]
    fn texts_are_not_blank() {
        let cases = [
            (SONNET_4, "a", true),
            (SONNET_4, " a ", true),
            (SONNET_4, "\n", true),
            (SONNET_4, "", false),
            (NOVA_PRO, " a ", true),
            (NOVA_PRO, " \n\t", false),
            (NOVA_PRO, "", false),
            (LLAMA, " ", false),
        ];
        for (model, second, accepted) in cases {
            let messages = [
                user([text("a")]),
                assistant([text("b")]),
                user([text("c"), text(second)]),
            ];
            let request = Request::new(model, messages);
            if accepted {
                request.is_accepted();
            } else {
                request.is_refused(
                    "The text field in the ContentBlock object at messages.2.content.1 is blank. \
                     Add text to the text field, and try again.",
                );
            }
        }
    }

    #[test]
    fn texts_of_tool_results_may_be_blank() {
        let result = result_with("1", [ToolResultContentBlock::Text(String::new())]);
        Request::new(NOVA_PRO, exchange(result))
            .with_a_tool()
            .is_accepted();
    }
}
