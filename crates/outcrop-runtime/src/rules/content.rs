//! Messages have content.

use bedrock_runtime_smithy::model::Message;

use super::refusal::{Checked, refuse};

/// A message has a content block (quoted).
pub(super) fn is_not_empty(index: usize, message: &Message) -> Checked {
    if message.content.is_empty() {
        return refuse(format!(
            "The content field in the Message object at messages.{index} is empty. Add a \
             ContentBlock object to the content field and try again."
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Request, SONNET_4, assistant, text, user};

    #[test]
    fn a_message_has_content() {
        let messages = |third: &[_]| [user([text("a")]), assistant([text("b")]), user(third)];
        Request::new(SONNET_4, messages(&[text("c")])).is_accepted();
        Request::new(SONNET_4, messages(&[])).is_refused(
            "The content field in the Message object at messages.2 is empty. Add a ContentBlock \
             object to the content field and try again.",
        );
    }
}
