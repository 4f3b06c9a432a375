//! What a request for a model can be refused with, in the service's words, and what is wrong with a catalogue file.
//!
//! "Recorded" marks a text seen in recorded traffic of the service, "quoted" one that users quote in public issue threads.

use thiserror::Error;

use crate::capability::{ContentKind, ToolChoice};

/// The exception shape that an error is sent as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exception {
    /// `ValidationException`, 400.
    Validation,
    /// `AccessDeniedException`, 403.
    AccessDenied,
    /// `ResourceNotFoundException`, 404.
    ResourceNotFound,
}

impl Exception {
    /// The HTTP status of the exception.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::Validation => 400,
            Self::AccessDenied => 403,
            Self::ResourceNotFound => 404,
        }
    }

    /// The name of the exception's shape.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Validation => "ValidationException",
            Self::AccessDenied => "AccessDeniedException",
            Self::ResourceNotFound => "ResourceNotFoundException",
        }
    }
}

/// Why an identifier names no model that can answer. The text is the message that the service sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ResolveError {
    /// No such model or profile, or not from the caller's region (recorded).
    #[error("The provided model identifier is invalid.")]
    Unknown,
    /// The model is at its end of life (recorded).
    #[error(
        "This model version has reached the end of its life. Please refer to the AWS documentation for more details."
    )]
    EndOfLife,
}

impl ResolveError {
    /// The exception that the error is sent as.
    #[must_use]
    pub fn exception(self) -> Exception {
        match self {
            Self::Unknown => Exception::Validation,
            Self::EndOfLife => Exception::ResourceNotFound,
        }
    }
}

/// What a model cannot do. The text is the message that the service sends.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unsupported {
    /// The model is only served through an inference profile or provisioned throughput (recorded; the apostrophe is U+2019).
    #[error(
        "Invocation of model ID {model_id} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an \
         inference profile that contains this model."
    )]
    OnDemand {
        /// The id of the model.
        model_id: String,
    },
    /// The model takes no Converse request (quoted).
    #[error(
        "This action doesn't support the model that you provided. Try again with a supported text or chat model."
    )]
    Converse,
    /// The model has no streaming answers (quoted with its content length, which includes the full stop).
    #[error("The model is unsupported for streaming.")]
    Streaming,
    /// `CountTokens` does not know the model, or was given an inference profile (recorded).
    #[error("The provided model doesn't support counting tokens.")]
    CountTokens,
    /// The model answers at once only (quoted from `StartAsyncInvoke`).
    #[error("The provided request is not valid")]
    Asynchronous,
    /// The model calls no tools (quoted).
    #[error("This model doesn't support tool use.")]
    Tools,
    /// The model calls no tools while it streams (quoted).
    #[error("This model doesn't support tool use in streaming mode.")]
    StreamingTools,
    /// The model cannot be told which tool to call (quoted).
    #[error("This model doesn't support the toolConfig.toolChoice.{choice} field. Remove toolConfig.toolChoice.{choice} and try again.", choice = .0.as_str())]
    ToolChoice(ToolChoice),
    /// The model takes no system prompt (quoted).
    #[error(
        "This model doesn't support system messages. Try again without a system message or use a model that supports system messages."
    )]
    System,
    /// The model takes no documents (quoted for GLM, Kimi and Grok; not worded like other kinds of content).
    #[error("This model doesn't support documents.")]
    Documents,
    /// The model takes no content block of this kind, which is no document (recorded).
    #[error("This model doesn't support the {kind} content block that you provided. Update the content block and try again.", kind = .0.as_str())]
    Content(ContentKind),
    /// The model does not take a field of a content block, such as `s3Uri` or `status` (quoted).
    #[error("This model doesn't support the {0} field. Remove {0} and try again.")]
    Field(&'static str),
    /// More tokens are asked for than the model gives (quoted).
    #[error(
        "The maximum tokens you requested exceeds the model limit of {0}. Try again with a maximum tokens value that is lower than {0}."
    )]
    MaxTokens(u32),
    /// The model has no prompt cache (quoted, as a 403).
    #[error(
        "You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information."
    )]
    PromptCaching,
}

impl Unsupported {
    /// The exception that the error is sent as.
    #[must_use]
    pub fn exception(&self) -> Exception {
        match self {
            Self::PromptCaching => Exception::AccessDenied,
            _ => Exception::Validation,
        }
    }
}

/// What is wrong with a catalogue file, and where.
#[derive(Debug, Error)]
pub enum CatalogueError {
    /// The file is not TOML, or has a table that the format does not know.
    #[error("the catalogue file is not of the right form: {0}")]
    Form(toml::de::Error),
    /// A field of an entry is unknown or has a value of the wrong kind.
    #[error("{entry}: {reason}")]
    Field {
        /// The entry, such as `model "acme.chat-v1:0"`.
        entry: String,
        /// What is wrong, with the name of the field.
        reason: String,
    },
    /// An entry lacks a field.
    #[error("{entry}: the field `{field}` is missing; add it, or name a similar model with `like`")]
    Missing {
        /// The entry.
        entry: String,
        /// The name of the field.
        field: &'static str,
    },
    /// A field of an entry names something that does not exist.
    #[error("{entry}: `{field}` names {value:?}, which is not {expected}")]
    Reference {
        /// The entry.
        entry: String,
        /// The name of the field.
        field: &'static str,
        /// Its value.
        value: String,
        /// What it should have named.
        expected: &'static str,
    },
    /// Two entries of one file have the same id.
    #[error("model {0:?}: there are two entries with this id; merge them into one")]
    Duplicate(String),
}
