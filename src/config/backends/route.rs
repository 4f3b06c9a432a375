//! `[[routes]]`: which models lead where.

use std::time::Duration;

use outcrop_backends::route::{Overrides, Pattern, Route, Target, Use};
use serde::{Deserialize, Deserializer, de};

use super::{Placed, Text};

/// A route. Its target is one backend, a list, or the canned engine.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteTable {
    /// Patterns of the models that it is for.
    #[serde(deserialize_with = "patterns")]
    pub models: Vec<Pattern>,
    /// What it is for.
    #[serde(rename = "use", default, deserialize_with = "uses")]
    pub uses: Vec<Use>,
    /// The backend that answers.
    pub backend: Option<String>,
    /// Its model.
    pub model: Option<String>,
    /// Those that answer, in order.
    #[serde(default)]
    pub to: Vec<TargetTable>,
    /// Whether the canned engine answers.
    #[serde(default)]
    pub canned: bool,
}

/// An entry of `to`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetTable {
    /// The backend.
    pub backend: Option<String>,
    /// Its model.
    pub model: Option<String>,
    /// Whether it is the canned engine.
    #[serde(default)]
    pub canned: bool,
    /// Time until its answer begins.
    pub timeout: Option<Text<Duration>>,
    /// Tokens at most.
    pub max_tokens: Option<i32>,
    /// The temperature.
    pub temperature: Option<f32>,
}

impl Placed<RouteTable> {
    /// The route that is meant. The error says what is missing.
    pub fn route(&self) -> Result<Route, String> {
        let RouteTable {
            models,
            uses,
            backend,
            model,
            to,
            canned,
        } = &self.table;
        let alone = TargetTable {
            backend: backend.clone(),
            model: model.clone(),
            canned: *canned,
            timeout: None,
            max_tokens: None,
            temperature: None,
        };
        let given = backend.is_some() || model.is_some() || *canned;
        let targets = match (to.as_slice(), given) {
            ([], false) => Vec::new(),
            ([], true) => vec![alone.target()?],
            (to, false) => to
                .iter()
                .map(TargetTable::target)
                .collect::<Result<_, _>>()?,
            (_, true) => {
                return Err(
                    "`to` lists every target; remove `backend`, `model` and `canned` beside it"
                        .to_owned(),
                );
            }
        };
        Ok(Route {
            place: self.place.clone(),
            models: models.clone(),
            uses: uses.clone(),
            targets,
        })
    }
}

impl TargetTable {
    fn target(&self) -> Result<Target, String> {
        match (&self.backend, &self.model, self.canned) {
            (None, None, true) => Ok(Target::Canned),
            (Some(backend), Some(model), false) => Ok(Target::Backend {
                backend: backend.clone(),
                model: model.clone(),
                overrides: Overrides {
                    timeout: self.timeout.map(|timeout| timeout.0),
                    max_tokens: self.max_tokens,
                    temperature: self.temperature,
                },
            }),
            (_, _, true) => Err(
                "`canned` is a target of its own; remove `backend` and `model` beside it"
                    .to_owned(),
            ),
            (Some(backend), None, false) => Err(format!(
                "`model` is missing: name the model of the backend {backend} that answers"
            )),
            (None, Some(_), false) => {
                Err("`backend` is missing: name the one that has the model".to_owned())
            }
            (None, None, false) => {
                Err("a target needs `backend` and `model`, or `canned = true`".to_owned())
            }
        }
    }
}

fn patterns<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Pattern>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    let patterns = texts.iter().map(|text| text.parse());
    patterns
        .collect::<Result<_, _>>()
        .map_err(de::Error::custom)
}

fn uses<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Use>, D::Error> {
    let words = Vec::<String>::deserialize(deserializer)?;
    let uses = words.iter().map(|word| {
        let found = Use::ALL.into_iter().find(|asked| asked.as_str() == word);
        found.ok_or_else(|| {
            de::Error::custom(format!(
                "{word:?} is no use: expected chat, embeddings, images, rerank or videos"
            ))
        })
    });
    uses.collect()
}
