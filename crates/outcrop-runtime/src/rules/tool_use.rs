//! Tool calls in the conversation, and JSON that must be an object.

use std::fmt;

use aws_smithy_types::Document;
use bedrock_runtime_smithy::model::ToolUseBlock;

use super::{
    place::Place,
    refusal::{Checked, refuse},
};

/// The input of a tool call is a JSON object (quoted).
pub(super) fn input_is_an_object(place: Place, block: &ToolUseBlock) -> Checked {
    is_an_object(&block.input, format_args!("{place}.toolUse.input"))
}

/// A free-form value is a JSON object (quoted for tool inputs, tool results and input schemas).
pub(super) fn is_an_object(value: &Document, path: impl fmt::Display) -> Checked {
    if matches!(value, Document::Object(_)) {
        return Ok(());
    }
    refuse(format!(
        "The format of the value at {path} is invalid. Provide a json object for the field and try \
         again."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{
        Request, SONNET_4, assistant, call_with, object, result, text, user,
    };

    #[test]
    fn inputs_are_objects() {
        let request = |input| {
            let answer = assistant([text("b"), call_with("1", input)]);
            Request::new(SONNET_4, [user([text("a")]), answer, user([result("1")])]).with_a_tool()
        };
        request(object()).is_accepted();
        request(Document::Object([].into())).is_accepted();
        for input in [
            Document::Null,
            Document::Array(vec![object()]),
            Document::String("{}".into()),
        ] {
            request(input).is_refused(
                "The format of the value at messages.1.content.1.toolUse.input is invalid. Provide \
                 a json object for the field and try again.",
            );
        }
    }
}
