//! What is to be known of a model server.

use std::{fmt, num::NonZeroUsize, time::Duration};

use crate::{DocumentReader, ModelMap};

/// A key that appears in no log.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey(pub String);

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(…)")
    }
}

/// A header that every request has. Its value may be a secret, and appears in no log.
#[derive(Clone, PartialEq, Eq)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Header({}: …)", self.name)
    }
}

/// What a server speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// `OpenAI`'s chat completions and embeddings.
    #[default]
    OpenAi,
    /// Anthropic's messages.
    Anthropic,
}

/// How PDFs reach a server that speaks chat completions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pdf {
    /// As their text, which every model reads.
    #[default]
    Text,
    /// As they are, in a content part of the type `file`.
    File,
}

/// Where reasoning begins in the text of a server that does not tell it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reasoning {
    /// With the tag `<think>`, if it is the first word.
    #[default]
    Tagged,
    /// At once: the model's chat template has written the tag before the answer begins.
    Opened,
}

/// What is asked for with `encoding_format` of embeddings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EncodingFormat {
    /// Numbers.
    #[default]
    Float,
    /// Their bytes, which are shorter.
    Base64,
    /// Nothing, for servers that refuse the member.
    Unsaid,
}

/// Where a model server is, and how it is treated. Messages to clients name these settings as the
/// configuration does ([`BackendSettings::setting`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackendSettings {
    /// The `NAME` of `[backends.NAME]`. The backend of the `backend_…` settings has none.
    pub name: Option<String>,
    /// What it speaks.
    pub kind: Kind,
    /// Address of the API, for instance `http://localhost:11434/v1`.
    pub url: String,
    /// Sent as a bearer token, or as the kind has it.
    pub api_key: Option<ApiKey>,
    /// Headers of every request, besides those that the API asks for.
    pub headers: Vec<Header>,
    /// Certificates in PEM that are trusted besides the platform's.
    pub tls_roots: Option<String>,
    /// The HTTP proxy that requests go through. The environment names none.
    pub proxy: Option<String>,
    /// Which of its models answers a conversation.
    pub models: ModelMap,
    /// Which of its models embeds.
    pub embedding_models: ModelMap,
    /// Which of its models draws.
    pub image_models: ModelMap,
    /// Which of its models orders documents.
    pub rerank_models: ModelMap,
    /// How it gets PDFs.
    pub pdf: Pdf,
    /// What makes texts of documents. Without it, those that have to be read are refused.
    pub reader: Option<DocumentReader>,
    /// Where reasoning begins in its text.
    pub reasoning: Reasoning,
    /// How it is asked to write vectors.
    pub encoding_format: EncodingFormat,
    /// Time until the first event of an answer: waiting for a turn and retries included.
    pub timeout: Duration,
    /// Time that an answer may be silent once it has begun.
    pub idle_timeout: Duration,
    /// Requests that the server gets at once.
    pub concurrency: NonZeroUsize,
    /// Requests that wait for their turn; further ones are throttled.
    pub queue: usize,
    /// Further tries of a request that got no answer at all.
    pub retries: u32,
    /// How often its health is asked for, if it is.
    pub health: Option<Duration>,
}

/// Name of the backend of the `backend_…` settings, in the log and in routes.
pub const DEFAULT_NAME: &str = "default";

impl BackendSettings {
    /// A server that nothing but its address is known of, and no model is asked for.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            name: None,
            kind: Kind::default(),
            url: url.into(),
            api_key: None,
            headers: Vec::new(),
            tls_roots: None,
            proxy: None,
            models: ModelMap::default(),
            embedding_models: ModelMap::default(),
            image_models: ModelMap::default(),
            rerank_models: ModelMap::default(),
            pdf: Pdf::default(),
            reader: None,
            reasoning: Reasoning::default(),
            encoding_format: EncodingFormat::default(),
            timeout: Duration::from_mins(5),
            idle_timeout: Duration::from_mins(2),
            concurrency: NonZeroUsize::MIN.saturating_add(63),
            queue: 256,
            retries: 2,
            health: None,
        }
    }

    /// The same server, with one of its models for everything.
    #[must_use]
    pub fn answering_with(&self, model: &str) -> Self {
        let map = ModelMap::of_every_model(model);
        Self {
            models: map.clone(),
            embedding_models: map.clone(),
            image_models: map.clone(),
            rerank_models: map,
            ..self.clone()
        }
    }

    /// What it is called in the log and in routes.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(DEFAULT_NAME)
    }

    /// How the configuration spells a setting, for messages: `` `backend_timeout` ``, or
    /// `` `timeout` of `[backends.NAME]` ``. A model's is `model`, `embedding_model`,
    /// `image_model` or `rerank_model`.
    #[must_use]
    pub fn setting(&self, member: &str) -> String {
        match &self.name {
            None if member == "url" => "`backend`".to_owned(),
            None => format!("`backend_{member}`"),
            Some(_) if member.ends_with("model") => "`model` of the `[[routes]]` entry".to_owned(),
            Some(name) => format!("`{member}` of `[backends.{name}]`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_appear_in_no_log() {
        let mut settings = BackendSettings::new("http://localhost/v1");
        settings.api_key = Some(ApiKey("canary".to_owned()));
        settings.headers = vec![Header {
            name: "x-team".to_owned(),
            value: "canary".to_owned(),
        }];
        assert!(!format!("{settings:?}").contains("canary"));
    }

    #[test]
    fn settings_are_spelled_as_the_configuration_has_them() {
        let mut settings = BackendSettings::new("http://localhost/v1");
        assert_eq!(settings.setting("url"), "`backend`");
        assert_eq!(settings.setting("model"), "`backend_model`");
        settings.name = Some("a".to_owned());
        assert_eq!(settings.setting("url"), "`url` of `[backends.a]`");
        assert_eq!(
            settings.setting("embedding_model"),
            "`model` of the `[[routes]]` entry"
        );
    }
}
