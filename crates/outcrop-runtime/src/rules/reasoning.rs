//! Reasoning that is sent back.

use bedrock_runtime_smithy::model::ConversationRole;
use outcrop_catalogue::Model;

use super::{
    family,
    refusal::{Checked, refuse},
};

/// Models that take no reasoning in any message (quoted for Nova Pro; Nova 2 takes it).
const TAKE_NONE: &[&str] = &[
    "amazon.nova-lite-",
    "amazon.nova-micro-",
    "amazon.nova-pro-",
];

/// Reasoning stands in the assistant's messages, and only models that reason take it back (quoted).
pub(super) fn is_taken(model: &Model, role: ConversationRole) -> Checked {
    if role == ConversationRole::User || family::is_any(model, TAKE_NONE) {
        return refuse(
            "User messages cannot contain reasoning content. Please remove the reasoning content \
             and try again.",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{
        NOVA_2_LITE, NOVA_PRO, Request, SONNET_4, assistant, reasoning, text, user,
    };

    const REFUSAL: &str = "User messages cannot contain reasoning content. Please remove the \
                           reasoning content and try again.";

    #[test]
    fn reasoning_is_the_assistants() {
        let request = |model| {
            let answer = assistant([reasoning(), text("b")]);
            Request::new(model, [user([text("a")]), answer, user([text("c")])])
        };
        request(SONNET_4).is_accepted();
        request(NOVA_2_LITE).is_accepted();
        request(NOVA_PRO).is_refused(REFUSAL);
        Request::saying(SONNET_4, [text("a"), reasoning()]).is_refused(REFUSAL);
    }
}
