//! The parts of a chunk that mean something here. Servers add members, and leave some out.
//!
//! There are many chunks in an answer, so what is in few of them is kept as it came, or behind a pointer.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, SeqAccess, Visitor, value::SeqAccessDeserializer},
};
use serde_json::{Value, value::RawValue};

/// A text that is borrowed from the chunk, unless it has escapes.
#[derive(Debug, Deserialize)]
pub(super) struct Text<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

/// One `chat.completion.chunk`, or a whole `chat.completion`.
#[derive(Debug, Deserialize)]
pub(super) struct Chunk<'a> {
    #[serde(borrow)]
    pub(super) choices: Option<Vec<Choice<'a>>>,
    #[serde(borrow)]
    pub(super) usage: Option<&'a RawValue>,
    /// Groq's place for the usage.
    #[serde(borrow)]
    pub(super) x_groq: Option<&'a RawValue>,
    /// What went wrong: an object or a text.
    pub(super) error: Option<IgnoredAny>,
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
    pub(super) message: Option<Box<Delta<'a>>>,
    #[serde(borrow)]
    pub(super) finish_reason: Option<Text<'a>>,
    /// vLLM's name of the stop sequence that was met.
    #[serde(borrow)]
    pub(super) stop_reason: Option<&'a RawValue>,
    /// `SGLang`'s.
    #[serde(borrow)]
    pub(super) matched_stop: Option<&'a RawValue>,
    /// Moonshot's place for the usage.
    #[serde(borrow)]
    pub(super) usage: Option<&'a RawValue>,
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
    pub(super) function_call: Option<Box<Function>>,
}

/// A content, which some servers send in parts.
#[derive(Debug)]
pub(super) enum Content<'a> {
    Text(Text<'a>),
    Parts(Vec<Part<'a>>),
}

/// By hand, because it is in every chunk: an untagged enum would keep a copy of the content to try each kind with.
impl<'de: 'a, 'a> Deserialize<'de> for Content<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ContentVisitor(PhantomData))
    }
}

struct ContentVisitor<'a>(PhantomData<Content<'a>>);

impl<'de: 'a, 'a> Visitor<'de> for ContentVisitor<'a> {
    type Value = Content<'a>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text or an array of parts")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Content::Text(Text(Cow::Borrowed(text))))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Content::Text(Text(Cow::Owned(text.to_owned()))))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, parts: A) -> Result<Self::Value, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(parts)).map(Content::Parts)
    }
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
