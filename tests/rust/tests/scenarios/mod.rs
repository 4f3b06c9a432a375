//! What a program does with the SDK.

mod async_invokes;
mod control;
mod converse;
mod errors;
mod families;
mod native;
mod tools;

pub(crate) use async_invokes::asynchronous_invocations_are_typed;
pub(crate) use control::{
    guardrails_come_have_versions_and_go, models_are_listed_with_filters,
    profiles_are_listed_to_the_end,
};
pub(crate) use converse::{
    a_conversation_goes_on, a_stream_folds_to_the_whole_answer, a_text_is_answered,
    an_arn_names_a_model, tokens_are_counted,
};
pub(crate) use errors::{an_error_within_a_stream_is_typed, errors_are_typed};
pub(crate) use families::{
    every_family_answers_in_its_own_words, every_family_streams_or_says_that_it_does_not,
};
pub(crate) use native::{a_native_body_is_answered, a_native_stream_is_answered};
pub(crate) use tools::{a_tool_loop_ends, tools_are_called_in_parallel};

use aws_sdk_bedrockruntime::types::{ContentBlock, ConversationRole, ConverseOutput, Message};

/// A model that can do everything that the scenarios ask for.
pub(crate) const MODEL: &str = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

/// A message of blocks.
pub(crate) fn message(
    role: ConversationRole,
    blocks: impl IntoIterator<Item = ContentBlock>,
) -> Message {
    Message::builder()
        .role(role)
        .set_content(Some(blocks.into_iter().collect()))
        .build()
        .unwrap()
}

/// A user's message of one text.
pub(crate) fn user(text: &str) -> Message {
    message(ConversationRole::User, [ContentBlock::Text(text.into())])
}

/// The message of an answer.
pub(crate) fn answered(output: Option<&ConverseOutput>) -> Message {
    output.unwrap().as_message().unwrap().clone()
}

/// All text of a message.
pub(crate) fn text_of(message: &Message) -> String {
    message
        .content
        .iter()
        .filter_map(|block| block.as_text().ok().map(String::as_str))
        .collect()
}
