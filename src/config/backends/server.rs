//! `[backends.NAME]`: a server.

use std::{collections::BTreeMap, num::NonZeroUsize, path::PathBuf, time::Duration};

use outcrop_backends::{EncodingFormat, Kind, Pdf, Reasoning};
use serde::{Deserialize, Deserializer, de};

use super::Text;
use crate::config::{Address, Count, Secret};

/// A server. What is not given is as the `backend_…` settings have it by default.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackendTable {
    /// Address of its API.
    pub url: Text<Address>,
    /// What it speaks.
    #[serde(default, deserialize_with = "kind")]
    pub kind: Kind,
    /// How it gets PDFs.
    #[serde(default, deserialize_with = "pdf")]
    pub pdf: Pdf,
    /// Where reasoning begins in its text.
    #[serde(default, deserialize_with = "reasoning")]
    pub reasoning: Reasoning,
    /// How it is asked to write vectors.
    #[serde(default, deserialize_with = "encoding_format")]
    pub encoding_format: EncodingFormat,
    /// The key that it asks for.
    pub api_key: Option<Text<Secret>>,
    /// The environment variable that has the key.
    pub api_key_env: Option<String>,
    /// The file that has the key.
    pub api_key_file: Option<PathBuf>,
    /// Headers of every request.
    #[serde(default)]
    pub headers: BTreeMap<String, Text<Secret>>,
    /// File with certificates to trust besides the platform's, in PEM.
    pub tls_roots: Option<PathBuf>,
    /// HTTP proxy that its requests go through.
    pub proxy: Option<Text<Address>>,
    /// Time until an answer begins.
    pub timeout: Option<Text<Duration>>,
    /// Time that an answer may be silent.
    pub idle_timeout: Option<Text<Duration>>,
    /// Requests at once.
    pub concurrency: Option<Text<NonZeroUsize>>,
    /// Requests that may wait.
    pub queue: Option<Text<Count>>,
    /// Further tries.
    pub retries: Option<Text<Count>>,
    /// How often its health is asked for.
    pub health: Option<Text<Duration>>,
}

/// Where a key is.
#[derive(Debug, Clone)]
pub enum Key {
    /// It is known.
    Text(Secret),
    /// In this file.
    File(PathBuf),
}

impl BackendTable {
    /// Where its key is. The error says what is wrong with how it is given.
    pub(in crate::config) fn key(
        &self,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Key>, String> {
        match (&self.api_key, &self.api_key_env, &self.api_key_file) {
            (None, None, None) => Ok(None),
            (Some(key), None, None) => Ok(Some(Key::Text(key.0.clone()))),
            (None, Some(name), None) => match variable(name) {
                Some(key) if !key.is_empty() => Ok(Some(Key::Text(Secret(key)))),
                _ => Err(format!(
                    "`api_key_env` names the environment variable {name}, which is not set; set it, or remove the line"
                )),
            },
            (None, None, Some(path)) => Ok(Some(Key::File(path.clone()))),
            _ => Err(
                "only one of `api_key`, `api_key_env` and `api_key_file` can be the key".to_owned(),
            ),
        }
    }
}

/// Reads one of a few words.
macro_rules! words {
    ($( $read:ident($what:literal) -> $type:ident { $( $word:literal => $variant:ident ),+ } )+) => { $(
        fn $read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
            match String::deserialize(deserializer)?.as_str() {
                $( $word => Ok($type::$variant), )+
                other => Err(de::Error::custom(format!(
                    "{other:?} is no {}: expected {}", $what, [$($word),+].join(" or ")
                ))),
            }
        }
    )+ };
}

words! {
    kind("kind of backend") -> Kind { "openai" => OpenAi, "anthropic" => Anthropic }
    pdf("way to send PDFs") -> Pdf { "text" => Text, "file" => File }
    reasoning("place where reasoning begins") -> Reasoning { "tagged" => Tagged, "opened" => Opened }
    encoding_format("encoding of vectors") -> EncodingFormat {
        "float" => Float, "base64" => Base64, "unsaid" => Unsaid
    }
}
