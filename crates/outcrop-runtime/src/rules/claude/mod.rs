//! What Claude models refuse, in Anthropic's words.
//!
//! Through Converse each text comes with a prefix, which the handlers add.

mod beta;
mod cache_control;
mod image;
mod prefill;
mod sampling;
mod text;
mod thinking;
mod tools;
mod translation;

use super::{Conversation, family, refusal::Checked};

/// Rules of what a Converse request becomes in Anthropic's format.
pub(super) fn check_translation(conversation: &Conversation<'_>) -> Checked {
    if !family::is_claude(conversation.model) {
        return Ok(());
    }
    translation::check(conversation)?;
    image::are_what_they_say(conversation, "bytes")
}

/// Rules of the model itself, in this order.
pub(super) fn check_model(conversation: &Conversation<'_>) -> Checked {
    if !family::is_claude(conversation.model) {
        return Ok(());
    }
    beta::flags_are_known(conversation)?;
    let version = family::claude(conversation.model);
    thinking::check(conversation, version)?;
    sampling::check(conversation, version)?;
    tools::names_are_distinct(conversation)?;
    tools::choice_is_a_tool(conversation)?;
    image::are_what_they_say(conversation, "base64")?;
    cache_control::check(conversation)?;
    text::check(conversation)?;
    prefill::check(conversation, version)
}
