//! `OpenAI`'s chat completions, which most newer families speak, with the variations of some.

mod error;
mod message;
mod request;
mod response;
mod stream;

use outcrop_catalogue::Model;

use crate::prompt::families::{COMPLETION, DEEPSEEK, MISTRAL as MISTRAL_PROMPT};
use crate::{Call, Dialect, DialectError, body, id};
use response::Responder;

/// A family that speaks chat completions, and what it does with a prompt.
pub(crate) struct OpenAiChat {
    variant: Variant,
    prompt: &'static dyn Dialect,
}

/// How a family's answers differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Variant {
    /// As `OpenAI` has it.
    OpenAi,
    /// The same, with the reasoning in front of the text, between tags (quoted in public from the service).
    GptOss,
    /// No object type, but the duration; the metrics of a stream come in a chunk of their own (recorded).
    Jamba,
    /// Choices only, and `stop_reason` instead of `finish_reason`.
    Mistral,
}

pub(crate) static OPENAI: OpenAiChat = OpenAiChat {
    variant: Variant::OpenAi,
    prompt: &COMPLETION,
};
pub(crate) static GPT_OSS: OpenAiChat = OpenAiChat {
    variant: Variant::GptOss,
    prompt: &COMPLETION,
};
pub(crate) static JAMBA: OpenAiChat = OpenAiChat {
    variant: Variant::Jamba,
    prompt: &COMPLETION,
};
pub(crate) static MISTRAL: OpenAiChat = OpenAiChat {
    variant: Variant::Mistral,
    prompt: &MISTRAL_PROMPT,
};
pub(crate) static R1: OpenAiChat = OpenAiChat {
    variant: Variant::OpenAi,
    prompt: &DEEPSEEK,
};

impl Dialect for OpenAiChat {
    fn request(&self, model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        let members = body::parse(body)?;
        if members.contains_key("prompt") && !members.contains_key("messages") {
            return self.prompt.request(model, body);
        }
        let parts = request::read(&members)?;
        let choices = parts.choices.unwrap_or(1);
        if self.variant == Variant::Jamba {
            error::check_jamba(&members, choices)?;
        }
        let responder = Responder::new(self.variant, model, id::request(model, body), choices);
        Ok(Call::Converse(Box::new(parts), Box::new(responder)))
    }
}
