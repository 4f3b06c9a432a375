//! What has a model behind it and is not kept in the catalogue: the resources that callers make.

use std::pin::Pin;

use thiserror::Error;

/// What a look-up resolves to: nothing where there is no such resource.
pub type ResourceFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Option<ResolvedResource>, ResourceError>> + Send + 'a>>;

/// Who keeps such resources.
pub trait Resources: Send + Sync + 'static {
    /// The resource that an ARN names to a caller. The catalogue was asked first ([`Located::Resource`](crate::Located)).
    fn resolve<'a>(&'a self, asker: Asker<'a>, identifier: &'a str) -> ResourceFuture<'a>;
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker<'a> {
    /// Twelve digits.
    pub account: &'a str,
    /// For instance `us-east-1`.
    pub region: &'a str,
}

/// A resource that can be asked.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolvedResource {
    /// Its ARN.
    pub arn: String,
    /// What answers for it.
    pub answers: Answers,
}

/// What answers for a resource. Models are given as [`Catalogue::behind`](crate::Catalogue::behind) takes them.
#[derive(Debug, Clone, PartialEq)]
pub enum Answers {
    /// One model.
    Model(String),
    /// One of several, by the prompt.
    Routed(Box<Routes>),
}

/// Between which models a prompt router chooses.
#[derive(Debug, Clone, PartialEq)]
pub struct Routes {
    /// The model that is asked where it is worth its price.
    pub fallback: Route,
    /// The model that is asked otherwise.
    pub other: Route,
    /// How much worse than the fallback's an answer may be: percent, 0 to 100.
    pub response_quality_difference: f64,
}

/// A model that a prompt router can ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Its ARN, as the router names it.
    pub arn: String,
    /// The model.
    pub model: String,
}

/// Why a resource cannot be asked. The text is the message that the client reads.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ResourceError {
    /// It will be ready, but is not yet: `ModelNotReadyException`, 429, which SDKs retry.
    #[error("{0}")]
    NotReady(String),
    /// Its state does not allow it: `ValidationException`, 400.
    #[error("{0}")]
    Refused(String),
    /// Where resources are kept cannot be read: `InternalServerException`, 500.
    #[error("{0}")]
    Unavailable(String),
}

/// Keeps nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoResources;

impl Resources for NoResources {
    fn resolve<'a>(&'a self, _asker: Asker<'a>, _identifier: &'a str) -> ResourceFuture<'a> {
        Box::pin(std::future::ready(Ok(None)))
    }
}

/// Characters of a prompt that are worth one percent of quality.
const CHARACTERS_PER_PERCENT: f64 = 1000.0;

impl Routes {
    /// The model for a prompt of so many characters. The service predicts by a model of its own how much better the fallback
    /// would answer; here the prediction is one percent for each thousand characters, at most a hundred, so that the same
    /// prompt takes the same route.
    #[must_use]
    pub fn choose(&self, characters: usize) -> &Route {
        let characters = f64::from(u32::try_from(characters).unwrap_or(u32::MAX));
        let predicted = (characters / CHARACTERS_PER_PERCENT).min(100.0);
        if predicted > self.response_quality_difference {
            &self.fallback
        } else {
            &self.other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(response_quality_difference: f64, characters: usize) -> String {
        let route = |name: &str| Route {
            arn: name.to_owned(),
            model: String::new(),
        };
        let routes = Routes {
            fallback: route("fallback"),
            other: route("other"),
            response_quality_difference,
        };
        routes.choose(characters).arn.clone()
    }

    #[test]
    fn long_prompts_take_the_fallback() {
        for (difference, characters, route) in [
            (0.0, 0, "other"),
            (0.0, 1, "fallback"),
            (0.26, 260, "other"),
            (0.26, 261, "fallback"),
            (10.0, 10_000, "other"),
            (10.0, 10_001, "fallback"),
            (100.0, usize::MAX, "other"),
        ] {
            assert_eq!(
                chosen(difference, characters),
                route,
                "{difference} {characters}"
            );
        }
    }
}
