//! What is to be known of routes.

use std::time::Duration;

use super::Pattern;
use crate::BackendSettings;

/// What a model is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Use {
    /// Conversations, in whichever format they come.
    Chat,
    /// Vectors.
    Embeddings,
    /// Images.
    Images,
    /// Documents in order of relevance.
    Rerank,
    /// Videos.
    Videos,
}

impl Use {
    /// Every use.
    pub const ALL: [Self; 5] = [
        Self::Chat,
        Self::Embeddings,
        Self::Images,
        Self::Rerank,
        Self::Videos,
    ];

    /// As the configuration has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Embeddings => "embeddings",
            Self::Images => "images",
            Self::Rerank => "rerank",
            Self::Videos => "videos",
        }
    }
}

/// What one target does differently with a request.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Overrides {
    /// Time until the first event of its answer, where that is less than its backend has.
    pub timeout: Option<Duration>,
    /// Tokens that an answer has at most, where the request does not ask for fewer.
    pub max_tokens: Option<i32>,
    /// The temperature, whatever the request asks for.
    pub temperature: Option<f32>,
}

/// Who answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// The engine that answers without a model.
    Canned,
    /// One model of a backend.
    Backend {
        /// The backend's name.
        backend: String,
        /// The model, as the backend calls it.
        model: String,
        /// What is different for it.
        overrides: Overrides,
    },
}

/// Leads models to targets.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Where it is configured, for messages.
    pub place: String,
    /// The models: any of these fits the id as it was sent, or the model's own.
    pub models: Vec<Pattern>,
    /// What for; nothing stands for everything.
    pub uses: Vec<Use>,
    /// Who answers: the first, or when it fails in a way that another may not, the next.
    pub targets: Vec<Target>,
}

impl Route {
    /// Whether the route is for this use of a model, whose id can be said in these ways.
    #[must_use]
    pub fn fits(&self, asked: Use, ids: &[&str]) -> bool {
        let for_use = self.uses.is_empty() || self.uses.contains(&asked);
        for_use && (self.models.iter()).any(|pattern| ids.iter().any(|id| pattern.fits(id)))
    }
}

/// Backends, and the routes that lead to them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RouterSettings {
    /// The servers. Which of their models answers is said by routes alone.
    pub backends: Vec<BackendSettings>,
    /// The routes; the first that fits a request counts.
    pub routes: Vec<Route>,
}
