//! The parts of a chunk that mean something here. Servers add members, and leave some out.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;

/// A text that is borrowed from the chunk, unless it has escapes.
#[derive(Debug, Deserialize)]
pub(super) struct Text<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

/// One `chat.completion.chunk`, or a whole `chat.completion`.
#[derive(Debug, Deserialize)]
pub(super) struct Chunk<'a> {
    #[serde(borrow)]
    pub(super) choices: Option<Vec<Choice<'a>>>,
    #[serde(default)]
    pub(super) usage: Option<Value>,
    /// Groq's place for the usage.
    #[serde(default)]
    pub(super) x_groq: Option<Value>,
    /// What went wrong: an object or a text.
    #[serde(default)]
    pub(super) error: Option<Value>,
    /// What llama.cpp adds to the chunk with the finish reason, where it is asked to.
    #[serde(default, rename = "__verbose")]
    pub(super) verbose: Option<Verbose>,
    /// `error` where the chunk itself is what went wrong.
    #[serde(borrow)]
    pub(super) object: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Verbose {
    /// The stop sequence that was met, or nothing.
    #[serde(default)]
    pub(super) stopping_word: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Choice<'a> {
    #[serde(default)]
    pub(super) index: Option<u32>,
    #[serde(borrow)]
    pub(super) delta: Option<Delta<'a>>,
    /// What a whole completion has in place of the delta.
    #[serde(borrow)]
    pub(super) message: Option<Delta<'a>>,
    #[serde(borrow)]
    pub(super) finish_reason: Option<Text<'a>>,
    /// vLLM's name of the stop sequence that was met.
    #[serde(default)]
    pub(super) stop_reason: Option<Value>,
    /// `SGLang`'s.
    #[serde(default)]
    pub(super) matched_stop: Option<Value>,
    /// Moonshot's place for the usage.
    #[serde(default)]
    pub(super) usage: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Delta<'a> {
    #[serde(borrow)]
    pub(super) content: Option<Content<'a>>,
    #[serde(borrow)]
    pub(super) refusal: Option<Text<'a>>,
    /// `DeepSeek`'s name, which most servers took over.
    #[serde(borrow)]
    pub(super) reasoning_content: Option<Text<'a>>,
    /// `OpenRouter`'s, Ollama's and newer vLLM's.
    #[serde(borrow)]
    pub(super) reasoning: Option<Text<'a>>,
    #[serde(default)]
    pub(super) tool_calls: Option<Vec<CallDelta>>,
    /// What the only call was before there were several.
    #[serde(default)]
    pub(super) function_call: Option<Function>,
}

/// A content, which some servers send in parts.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Content<'a> {
    Text(#[serde(borrow)] Text<'a>),
    Parts(Vec<Part<'a>>),
}

#[derive(Debug, Deserialize)]
pub(super) struct Part<'a> {
    #[serde(borrow)]
    pub(super) text: Option<Text<'a>>,
    /// Mistral's reasoning, itself in parts or a text.
    #[serde(borrow)]
    pub(super) thinking: Option<Content<'a>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct CallDelta {
    #[serde(default)]
    pub(super) index: Option<u64>,
    #[serde(default)]
    pub(super) id: Option<String>,
    #[serde(default)]
    pub(super) function: Option<Function>,
}

impl CallDelta {
    /// A call that has no id, as there is no other.
    pub(super) fn only(function: Function) -> Self {
        Self {
            index: Some(0),
            id: None,
            function: Some(function),
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Function {
    #[serde(default)]
    pub(super) name: Option<String>,
    /// A text of JSON; some servers send the JSON itself.
    #[serde(default)]
    pub(super) arguments: Option<Value>,
}
