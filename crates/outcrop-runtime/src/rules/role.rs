//! Who begins and who ends a conversation.

use bedrock_runtime_smithy::model::ConversationRole;

use super::{
    Conversation, family,
    refusal::{Checked, refuse},
};

/// Models that refuse a conversation that the assistant begins (measured in 2026). Claude (recorded),
/// Qwen, Kimi and GLM (measured) take it; of others nothing is known.
const USER_FIRST: &[&str] = &[
    "ai21.", "amazon.", "cohere.", "meta.", "mistral.", "writer.",
];

/// Models that refuse a conversation that the assistant ends (quoted for Llama 3).
const USER_LAST: &[&str] = &["meta."];

/// A conversation begins with a user (quoted). One without messages is refused for every model
/// (quoted for Claude Haiku 4.5).
pub(super) fn first(conversation: &Conversation<'_>) -> Checked {
    let begins = match conversation.messages.first() {
        None => false,
        Some(message) if message.role == ConversationRole::Assistant => {
            !family::is_any(conversation.model, USER_FIRST)
        }
        Some(_) => true,
    };
    if begins {
        return Ok(());
    }
    refuse(
        "A conversation must start with a user message. Try again with a conversation that starts \
         with a user message.",
    )
}

/// A conversation ends with a user (quoted).
pub(super) fn last(conversation: &Conversation<'_>) -> Checked {
    let ends_with_assistant = conversation
        .messages
        .last()
        .is_some_and(|message| message.role == ConversationRole::Assistant);
    if ends_with_assistant && family::is_any(conversation.model, USER_LAST) {
        return refuse(
            "The model that you are using requires the last turn in the conversation to be a user \
             message. Add a user message to the conversation and try again.",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{
        LLAMA, MISTRAL, NOVA_PRO, QWEN, Request, SONNET_4, assistant, text, user,
    };

    const FIRST: &str = "A conversation must start with a user message. Try again with a \
                         conversation that starts with a user message.";

    #[test]
    fn some_models_let_the_assistant_begin() {
        let request = |model| Request::new(model, [assistant([text("a")]), user([text("b")])]);
        request(SONNET_4).is_accepted();
        request(QWEN).is_accepted();
        request(NOVA_PRO).is_refused(FIRST);
        request(LLAMA).is_refused(FIRST);
    }

    #[test]
    fn somebody_begins() {
        for model in [SONNET_4, NOVA_PRO, QWEN] {
            Request::new(model, []).is_refused(FIRST);
        }
    }

    #[test]
    fn a_user_may_speak_twice() {
        for model in [SONNET_4, NOVA_PRO, LLAMA] {
            Request::new(model, [user([text("a")]), user([text("b")])]).is_accepted();
        }
    }

    #[test]
    fn some_models_let_the_assistant_end() {
        let request = |model| Request::new(model, [user([text("a")]), assistant([text("b")])]);
        request(SONNET_4).is_accepted();
        request(NOVA_PRO).is_accepted();
        request(MISTRAL).is_accepted();
        request(LLAMA).is_refused(
            "The model that you are using requires the last turn in the conversation to be a user \
             message. Add a user message to the conversation and try again.",
        );
    }
}
