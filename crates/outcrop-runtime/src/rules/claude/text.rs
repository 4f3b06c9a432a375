//! Text blocks.

use bedrock_runtime_smithy::model::{ContentBlock, Message};

use crate::rules::{
    Conversation,
    refusal::{Checked, model_refuses},
    text::is_white,
};

/// A message says something (quoted). White space next to other blocks is taken (recorded).
pub(super) fn check(conversation: &Conversation<'_>) -> Checked {
    for message in conversation.messages {
        if has_an_empty_text(message) {
            return model_refuses("messages: text content blocks must be non-empty");
        }
        if is_only_white_space(message) {
            return model_refuses("messages: text content blocks must contain non-whitespace text");
        }
    }
    Ok(())
}

fn has_an_empty_text(message: &Message) -> bool {
    message
        .content
        .iter()
        .any(|block| matches!(block, ContentBlock::Text(text) if text.is_empty()))
}

fn is_only_white_space(message: &Message) -> bool {
    let mut texts = 0;
    let white = message.content.iter().all(|block| match block {
        ContentBlock::Text(text) => {
            texts += 1;
            is_white(text)
        }
        ContentBlock::CachePoint(_) => true,
        _ => false,
    });
    white && texts > 0
}

#[cfg(test)]
mod tests {
    use bedrock_runtime_smithy::model::ContentBlock;
    use outcrop_engine::EngineError;

    use crate::rules::{
        check_model,
        testing::{Request, SONNET_4, image, text},
    };

    #[test]
    fn messages_say_something() {
        Request::saying(SONNET_4, [text("\n"), text("a")]).is_accepted();
        Request::saying(SONNET_4, [text("\n"), ContentBlock::Image(image())]).is_accepted();
        Request::saying(SONNET_4, [ContentBlock::Image(image())]).is_accepted();
        Request::saying(SONNET_4, [text(" "), text("\n")]).is_refused_by_the_model(
            "messages: text content blocks must contain non-whitespace text",
        );
    }

    /// In a native body: Converse has its own rule.
    #[test]
    fn texts_are_not_empty() {
        let request = Request::saying(SONNET_4, [text(""), text("a")]);
        let refusal = "messages: text content blocks must be non-empty".to_owned();
        let refused = Err(EngineError::ModelValidation(refusal));
        assert_eq!(check_model(&request.conversation()), refused);
    }
}
