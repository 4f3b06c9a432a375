//! System prompts.

use super::{
    Conversation, cache_point,
    refusal::{Checked, supported},
};

/// The model takes system prompts (quoted), and their cache points stand right.
///
/// An empty text is refused by its constraint; an empty list is no system prompt (recorded).
pub(super) fn check(conversation: &Conversation<'_>) -> Checked {
    if conversation.system.is_empty() {
        return Ok(());
    }
    supported(conversation.model.capabilities.check_system())?;
    cache_point::in_system(conversation.model, conversation.system)
}

#[cfg(test)]
mod tests {
    use bedrock_runtime_smithy::model::SystemContentBlock;
    use outcrop_catalogue::Unsupported;

    use crate::rules::testing::{Request, SONNET_4, TITAN};

    #[test]
    fn the_model_takes_system_prompts() {
        let prompt = || SystemContentBlock::Text("Be brief.".to_owned());
        Request::hi(SONNET_4).with_system([prompt()]).is_accepted();
        Request::hi(TITAN).with_system([]).is_accepted();
        Request::hi(TITAN)
            .with_system([prompt()])
            .is_refused(&Unsupported::System.to_string());
    }
}
