//! What a model can be asked for.

use serde::Deserialize;

use crate::error::Unsupported;
use crate::vocabulary::Api;

/// Whether a model calls tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ToolSupport {
    /// It calls none.
    #[default]
    None,
    /// It calls tools, but not while it streams.
    NonStreaming,
    /// It calls tools in every operation.
    All,
}

/// The member of the `ToolChoice` union that a request uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ToolChoice {
    /// The model decides.
    Auto,
    /// Some tool must be called.
    Any,
    /// A certain tool must be called.
    Tool,
}

impl ToolChoice {
    /// The name of the union's member.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Any => "any",
            Self::Tool => "tool",
        }
    }
}

/// Whether a model shows its reasoning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reasoning {
    /// Never.
    #[default]
    None,
    /// When a request asks for it.
    Optional,
    /// In every answer.
    Always,
}

/// A kind of content block that not every model takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentKind {
    /// `image`.
    Image,
    /// `document`.
    Document,
    /// `video`.
    Video,
    /// `audio`.
    Audio,
}

impl ContentKind {
    /// The name of the content block's member.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Document => "document",
            Self::Video => "video",
            Self::Audio => "audio",
        }
    }
}

/// What a model can be asked for. The checks name the first thing that it cannot do, as the service does.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, read one by one"
)]
pub struct Capabilities {
    /// The kind of answer.
    pub api: Api,
    /// Takes Converse requests.
    pub converse: bool,
    /// Takes a system prompt.
    pub system: bool,
    /// Calls tools.
    pub tools: ToolSupport,
    /// The tool choices that it takes.
    pub tool_choice: Vec<ToolChoice>,
    /// Takes the `status` of a tool result.
    pub tool_result_status: bool,
    /// Takes documents.
    pub documents: bool,
    /// Takes images.
    pub images: bool,
    /// Takes videos.
    pub videos: bool,
    /// Takes audio.
    pub audio: bool,
    /// Takes content from S3 (`s3Location`).
    pub s3_locations: bool,
    /// Takes cache points.
    pub prompt_caching: bool,
    /// Shows its reasoning.
    pub reasoning: Reasoning,
    /// Known to `CountTokens`.
    pub count_tokens: bool,
    /// Takes asynchronous invocations.
    pub async_invoke: bool,
    /// The most tokens of an answer, where a limit is known.
    pub max_output_tokens: Option<u32>,
    /// The most tokens of an answer when the request does not say, where known.
    pub default_output_tokens: Option<u32>,
    /// The most tokens of a request, where known.
    pub context_window: Option<u32>,
    /// The lengths of the vectors that it makes, its default first.
    pub embedding_dimensions: Vec<u32>,
}

impl Capabilities {
    /// Those of a model of which nothing else is known.
    pub(crate) fn of(api: Api) -> Self {
        Self {
            api,
            converse: false,
            system: false,
            tools: ToolSupport::None,
            tool_choice: Vec::new(),
            tool_result_status: true,
            documents: false,
            images: false,
            videos: false,
            audio: false,
            s3_locations: false,
            prompt_caching: false,
            reasoning: Reasoning::None,
            count_tokens: false,
            async_invoke: false,
            max_output_tokens: None,
            default_output_tokens: None,
            context_window: None,
            embedding_dimensions: Vec::new(),
        }
    }

    /// May a request carry a `system` prompt?
    pub fn check_system(&self) -> Result<(), Unsupported> {
        require(self.system, || Unsupported::System)
    }

    /// May a request carry a `toolConfig`? `streaming` says whether its answer is a stream.
    pub fn check_tools(&self, streaming: bool) -> Result<(), Unsupported> {
        match (self.tools, streaming) {
            (ToolSupport::All, _) | (ToolSupport::NonStreaming, false) => Ok(()),
            (_, true) => Err(Unsupported::StreamingTools),
            (ToolSupport::None, false) => Err(Unsupported::Tools),
        }
    }

    /// May a request choose its tool this way?
    pub fn check_tool_choice(&self, choice: ToolChoice) -> Result<(), Unsupported> {
        require(self.tool_choice.contains(&choice), || {
            Unsupported::ToolChoice(choice)
        })
    }

    /// May a tool result carry a `status`?
    pub fn check_tool_result_status(&self) -> Result<(), Unsupported> {
        require(self.tool_result_status, || Unsupported::Field("status"))
    }

    /// May a message carry a content block of this kind?
    pub fn check_content(&self, kind: ContentKind) -> Result<(), Unsupported> {
        let taken = match kind {
            ContentKind::Image => self.images,
            ContentKind::Document => self.documents,
            ContentKind::Video => self.videos,
            ContentKind::Audio => self.audio,
        };
        require(taken, || match kind {
            ContentKind::Document => Unsupported::Documents,
            _ => Unsupported::Content(kind),
        })
    }

    /// May a content block come from S3?
    pub fn check_s3_location(&self) -> Result<(), Unsupported> {
        require(self.s3_locations, || Unsupported::Field("s3Uri"))
    }

    /// May a request carry a cache point?
    pub fn check_prompt_caching(&self) -> Result<(), Unsupported> {
        require(self.prompt_caching, || Unsupported::PromptCaching)
    }

    /// May a request ask for this many tokens? The limit itself may be asked for.
    pub fn check_max_tokens(&self, tokens: u32) -> Result<(), Unsupported> {
        match self.max_output_tokens {
            Some(limit) if tokens > limit => Err(Unsupported::MaxTokens(limit)),
            _ => Ok(()),
        }
    }
}

fn require(held: bool, refusal: impl FnOnce() -> Unsupported) -> Result<(), Unsupported> {
    if held { Ok(()) } else { Err(refusal()) }
}

#[cfg(test)]
mod tests;
