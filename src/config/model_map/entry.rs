//! The tables of a model map.

use std::{collections::BTreeMap, time::Duration};

use outcrop_backends::route::{Overrides, Target};
use serde::Deserialize;

/// A model of `[invoke]` or `[embed]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Entry {
    /// A model of the default backend.
    Tag(String),
    /// A model of a backend.
    Routed {
        /// The backend.
        backend: String,
        /// The model.
        tag: String,
    },
}

/// `[aliases."ID"]`: targets in order.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Alias {
    /// `chat` or `embed`.
    #[serde(default)]
    pub(super) kind: AliasKind,
    pub(super) targets: Vec<AliasTarget>,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum AliasKind {
    #[default]
    Chat,
    Embed,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct AliasTarget {
    pub(super) backend: String,
    tag: String,
    timeout_ms: Option<u64>,
    max_tokens: Option<i32>,
    temperature: Option<f32>,
}

impl AliasTarget {
    pub(super) fn target(&self) -> Target {
        Target::Backend {
            backend: self.backend.clone(),
            model: self.tag.clone(),
            overrides: Overrides {
                timeout: self.timeout_ms.map(Duration::from_millis),
                max_tokens: self.max_tokens,
                temperature: self.temperature,
            },
        }
    }
}

/// `[credentials.NAME]`: a key that servers share.
#[derive(Deserialize)]
pub(super) struct Credential {
    api_key: Option<String>,
    api_key_env: Option<String>,
}

/// `[backends.NAME]`.
#[derive(Deserialize)]
pub(super) struct Server {
    pub(super) endpoint: String,
    credential: Option<String>,
    api_key: Option<String>,
    api_key_env: Option<String>,
}

// Keys appear in no log.
impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credential(…)")
    }
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Server({})", self.endpoint)
    }
}

impl Server {
    /// Its key, be it its own or a shared one.
    pub(super) fn key(
        &self,
        credentials: &BTreeMap<String, Credential>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<String>, String> {
        let own = (&self.api_key, &self.api_key_env);
        let (text, name) = match &self.credential {
            None => own,
            Some(_) if own != (&None, &None) => {
                return Err(
                    "`credential` is the key; remove `api_key` and `api_key_env`".to_owned(),
                );
            }
            Some(name) => {
                let shared = credentials.get(name).ok_or_else(|| {
                    format!(
                        "`credential` is {name}, which has no `[credentials.{name}]` table; add it"
                    )
                })?;
                (&shared.api_key, &shared.api_key_env)
            }
        };
        match (text, name) {
            (Some(_), Some(_)) => {
                Err("only one of `api_key` and `api_key_env` can be the key".to_owned())
            }
            (text, None) => Ok(text.clone()),
            (None, Some(name)) => variable(name).map(Some).ok_or_else(|| {
                format!(
                    "`api_key_env` names the environment variable {name}, which is not set; set it"
                )
            }),
        }
    }
}
