//! Answers that the request begins.

use bedrock_runtime_smithy::model::{ContentBlock, ConversationRole, Message};

use crate::rules::{
    Conversation,
    family::Version,
    refusal::{Checked, model_refuses},
};

/// The first generation whose answers cannot be begun (quoted for Opus 4.6 and Sonnet 4.6).
const WITHOUT_PREFILL: Version = Version(4, 6);

/// Rules of a conversation that ends with the assistant.
pub(super) fn check(conversation: &Conversation<'_>, version: Option<Version>) -> Checked {
    match conversation.messages.last() {
        Some(last) if last.role == ConversationRole::Assistant => {
            is_taken(version)?;
            does_not_end_in_white_space(last)
        }
        _ => Ok(()),
    }
}

/// The model goes on with an answer that was begun (quoted).
fn is_taken(version: Option<Version>) -> Checked {
    if version >= Some(WITHOUT_PREFILL) {
        return model_refuses(
            "This model does not support assistant message prefill. The conversation must end with \
             a user message.",
        );
    }
    Ok(())
}

/// What was begun does not end in white space (quoted).
fn does_not_end_in_white_space(message: &Message) -> Checked {
    if let Some(ContentBlock::Text(text)) = message.content.last()
        && text.ends_with(char::is_whitespace)
    {
        return model_refuses(
            "messages: final assistant content cannot end with trailing whitespace",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Request, SONNET_4_5, SONNET_4_6, assistant, call, text, user};

    #[test]
    fn older_models_go_on_with_an_answer() {
        let request = |model| Request::new(model, [user([text("a")]), assistant([text("{")])]);
        request(SONNET_4_5).is_accepted();
        request(SONNET_4_6).is_refused_by_the_model(
            "This model does not support assistant message prefill. The conversation must end with \
             a user message.",
        );
        Request::hi(SONNET_4_6).is_accepted();
    }

    #[test]
    fn what_was_begun_does_not_end_in_white_space() {
        let request = |begun: &[_]| Request::new(SONNET_4_5, [user([text("a")]), assistant(begun)]);
        request(&[text("So: "), text("a")]).is_accepted();
        request(&[text("So: "), call("1")])
            .with_a_tool()
            .is_accepted();
        for end in ["So: ", "So\n"] {
            request(&[text(end)]).is_refused_by_the_model(
                "messages: final assistant content cannot end with trailing whitespace",
            );
        }
    }
}
