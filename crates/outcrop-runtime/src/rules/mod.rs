//! The rules of a conversation: what Bedrock refuses between reading a request and calling a model,
//! and what models refuse.
//!
//! A rule is one small function in a file named after its subject. It says where it is known from:
//! "recorded" is traffic of the service, "quoted" is a text that users of the service quote in public
//! issue threads, "measured" is a published table of requests that were tried on the service, and
//! "documented" is its documentation. A rule without such evidence is not here.
//!
//! A request that breaks several rules gets the first of them, in this order. The service's own
//! order is not known; this one goes from the request as a whole to its parts, and ends with what
//! only the model can know.
//!
//! 1. [`system`]: system prompts and their cache points.
//! 2. [`tool_config`]: tools, schemas, the tool choice, their cache points.
//! 3. [`inference`]: the token limit, then parameters that the model does not take.
//! 4. [`role`]: the conversation starts with a user.
//! 5. Message by message, block by block: [`content`], [`text`], [`tool_use`], [`tool_result`],
//!    [`document`], [`media`], [`reasoning`]; at the end of each message [`cache_point`].
//! 6. At the end of each turn: [`tool_turn`] (results answer the calls before them, tool blocks
//!    stand alone), [`document`] (documents come with a text).
//! 7. [`role`]: the conversation ends with a user.
//! 8. What comes of a Converse request in the model's own format: [`nova`], [`claude`].
//! 9. The model's own rules, which native requests meet too: [`claude`].
//!
//! A conversation that breaks none is walked once, and for some families a few times more. A walk
//! looks at block headers and the first letters of texts, and allocates nothing but lists of the
//! tool ids of a turn.

mod cache_point;
mod claude;
mod content;
mod document;
mod family;
mod inference;
mod media;
mod nova;
mod place;
mod reasoning;
mod refusal;
mod role;
mod system;
mod text;
mod tool_config;
mod tool_result;
mod tool_turn;
mod tool_use;
mod turn;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use bedrock_runtime_smithy::model::{
    ContentBlock, ConversationRole, InferenceConfiguration, Message, SystemContentBlock,
    ToolConfiguration,
};
use outcrop_catalogue::{Model, Operation};
use outcrop_engine::{ConverseRequest, EngineError};
use serde_json::Value;

use self::{document::Documents, place::Place, refusal::Checked, turn::turns};

/// A request to be checked. Its members have passed their own constraints.
#[derive(Clone, Copy)]
pub(crate) struct Conversation<'a> {
    /// What the request's model id resolved to. That it takes Converse requests, and that it
    /// streams, was checked when it was resolved.
    pub(crate) model: &'a Model,
    /// Whether the answer is to be a stream.
    pub(crate) streaming: bool,
    /// The messages, in order.
    pub(crate) messages: &'a [Message],
    /// The system prompts.
    pub(crate) system: &'a [SystemContentBlock],
    /// Token limit, sampling and stop sequences.
    pub(crate) inference_config: Option<&'a InferenceConfiguration>,
    /// The tools.
    pub(crate) tool_config: Option<&'a ToolConfiguration>,
    /// The model's own parameters.
    pub(crate) additional_model_request_fields: Option<&'a Value>,
}

impl<'a> Conversation<'a> {
    /// The conversation of a request that came by an operation.
    pub(crate) fn of(request: &'a ConverseRequest, operation: Operation) -> Self {
        Self {
            model: &request.model,
            streaming: operation.streams(),
            messages: &request.messages,
            system: &request.system,
            inference_config: request.inference_config.as_ref(),
            tool_config: request.tool_config.as_ref(),
            additional_model_request_fields: request.additional_model_request_fields.as_ref(),
        }
    }
}

/// Checks a request of Converse, `ConverseStream`, or `CountTokens` in its Converse form.
///
/// [`EngineError::Validation`] and [`EngineError::AccessDenied`] are Bedrock's own refusals,
/// [`EngineError::ModelValidation`] is the model's.
pub(crate) fn check(conversation: &Conversation<'_>) -> Result<(), EngineError> {
    system::check(conversation)?;
    tool_config::check(conversation)?;
    inference::check(conversation)?;
    role::first(conversation)?;
    check_messages(conversation)?;
    role::last(conversation)?;
    nova::check(conversation)?;
    claude::check_translation(conversation)?;
    check_model(conversation)
}

/// Checks what the model itself refuses, in whatever format it was asked.
///
/// Requests in a native body meet these rules only: Bedrock passes such a body on as it is.
pub(crate) fn check_model(conversation: &Conversation<'_>) -> Result<(), EngineError> {
    claude::check_model(conversation)
}

fn check_messages(conversation: &Conversation<'_>) -> Checked {
    let mut documents = Documents::default();
    let mut previous = None;
    for turn in turns(conversation.messages) {
        for (index, message) in turn.messages() {
            content::is_not_empty(index, message)?;
            for (block, content) in message.content.iter().enumerate() {
                let place = Place {
                    message: index,
                    block,
                };
                check_block(conversation, message.role, place, content, &mut documents)?;
            }
            cache_point::in_message(conversation.model, message)?;
        }
        tool_turn::check(conversation.model, previous.as_ref(), &turn)?;
        document::come_with_text(&turn)?;
        previous = Some(turn);
    }
    Ok(())
}

fn check_block<'a>(
    conversation: &Conversation<'a>,
    role: ConversationRole,
    place: Place,
    content: &'a ContentBlock,
    documents: &mut Documents<'a>,
) -> Checked {
    let model = conversation.model;
    match content {
        ContentBlock::Text(text) => text::is_not_blank(model, place, text),
        ContentBlock::ToolUse(block) => {
            tool_config::is_present(conversation)?;
            tool_use::input_is_an_object(place, block)
        }
        ContentBlock::ToolResult(block) => {
            tool_config::is_present(conversation)?;
            tool_result::check(model, place, block, documents)
        }
        ContentBlock::Document(block) => documents.check(model, block),
        ContentBlock::Image(block) => media::image(model, block),
        ContentBlock::Video(block) => media::video(model, block, &place.member("video.format")),
        ContentBlock::Audio(block) => media::audio(model, block),
        ContentBlock::ReasoningContent(_) => reasoning::is_taken(model, role),
        _ => Ok(()),
    }
}
