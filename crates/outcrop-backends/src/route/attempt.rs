//! Trying the targets of a route, one after the other.

use std::{collections::VecDeque, sync::Arc, time::Instant};

use bedrock_runtime_smithy::model::InferenceConfiguration;
use outcrop_engine::{ConverseRequest, Engine, EngineError, EngineFuture, answered_by};

use super::{
    backend::{Backend, Served},
    settings::Overrides,
};
use crate::health::Trial;

/// Where a route leads.
pub(super) enum Candidate {
    Canned(Arc<dyn Engine>),
    Served {
        backend: Arc<Backend>,
        served: Served,
        overrides: Overrides,
    },
}

/// A request that can be made a target's own.
pub(super) trait Shaped: Clone + Send {
    /// Applies what is different for a target.
    fn shape(&mut self, overrides: &Overrides);
}

impl Shaped for ConverseRequest {
    fn shape(&mut self, overrides: &Overrides) {
        if overrides.max_tokens.is_none() && overrides.temperature.is_none() {
            return;
        }
        // The native body says what the request asked for, which no longer holds.
        self.native_body = None;
        let nothing = || InferenceConfiguration {
            max_tokens: None,
            stop_sequences: None,
            temperature: None,
            top_p: None,
        };
        let config = self.inference_config.get_or_insert_with(nothing);
        if let Some(most) = overrides.max_tokens {
            config.max_tokens = Some(config.max_tokens.map_or(most, |asked| asked.min(most)));
        }
        config.temperature = overrides.temperature.or(config.temperature);
    }
}

/// Asks the healthy candidates in order, then the others. Goes on only before an answer has begun, and
/// only after a failure that another server may not have; the last failure is the error.
pub(super) async fn attempt<R, T, F>(
    candidates: &[Candidate],
    request: R,
    ask: F,
) -> Result<T, EngineError>
where
    R: Shaped,
    F: for<'e> Fn(&'e dyn Engine, R) -> EngineFuture<'e, T>,
{
    let mut request = Some(request);
    let mut left: VecDeque<_> = candidates
        .iter()
        .map(|candidate| (candidate, true))
        .collect();
    let mut failure = None;
    while let Some((candidate, may_be_put_off)) = left.pop_front() {
        let Ok(trial) = candidate.admit(may_be_put_off && !left.is_empty()) else {
            left.push_back((candidate, false));
            continue;
        };
        let is_last = left.is_empty();
        let asked = if is_last {
            request.take()
        } else {
            request.clone()
        };
        let Some(asked) = asked else { break };
        match candidate.ask(trial, asked, &ask).await {
            Err(error) if !is_last && another_may_answer(&error) => failure = Some(error),
            settled => return settled,
        }
    }
    Err(failure.unwrap_or_else(|| EngineError::Internal("A route has no target.".to_owned())))
}

/// A candidate that others are asked before.
struct PutOff;

impl Candidate {
    /// Whether it is asked now.
    fn admit(&self, may_be_put_off: bool) -> Result<Option<Trial<'_>>, PutOff> {
        let Self::Served {
            backend, served, ..
        } = self
        else {
            return Ok(None);
        };
        if !may_be_put_off {
            return Ok(Some(served.circuit.insist()));
        }
        if !backend.pulse.is_up() {
            return Err(PutOff);
        }
        served.circuit.admit(Instant::now()).map(Some).ok_or(PutOff)
    }

    async fn ask<R, T, F>(
        &self,
        trial: Option<Trial<'_>>,
        mut request: R,
        ask: &F,
    ) -> Result<T, EngineError>
    where
        R: Shaped,
        F: for<'e> Fn(&'e dyn Engine, R) -> EngineFuture<'e, T>,
    {
        let (backend, served, overrides) = match self {
            Self::Canned(engine) => {
                answered_by("canned", None);
                return ask(engine.as_ref(), request).await;
            }
            Self::Served {
                backend,
                served,
                overrides,
            } => (backend, served, overrides),
        };
        answered_by(backend.name.to_string(), Some(&served.model));
        request.shape(overrides);
        let answer = ask(served.engine.as_ref(), request);
        let settled = match overrides.timeout {
            Some(limit) => tokio::time::timeout(limit, answer)
                .await
                .unwrap_or_else(|_| {
                    Err(EngineError::ModelTimeout(format!(
                        "The backend {} did not answer within {limit:?}. Try again, or raise the target's `timeout`.",
                        backend.name
                    )))
                }),
            None => answer.await,
        };
        tell(backend, served, trial, settled.as_ref().err());
        settled
    }
}

/// Notes how a try went.
fn tell(backend: &Backend, served: &Served, trial: Option<Trial<'_>>, error: Option<&EngineError>) {
    let (name, model) = (&backend.name, &served.model);
    if let Some(error) = error {
        tracing::warn!(backend = %name, %model, error = kind(error), "a target did not answer");
    }
    let Some(trial) = trial else { return };
    if error.is_some_and(speaks_against_the_server) {
        if let Some(pause) = trial.failed(Instant::now()) {
            tracing::warn!(backend = %name, %model, ?pause, "others are asked before this target");
        }
    } else if trial.succeeded() {
        tracing::info!(backend = %name, %model, "the target answers again");
    }
}

/// The service's word for an error. What it says besides may be the model's, and is in no log.
fn kind(error: &EngineError) -> &'static str {
    match error {
        EngineError::Validation(_) | EngineError::ModelValidation(_) => "validation",
        EngineError::AccessDenied(_) => "access denied",
        EngineError::ResourceNotFound(_) => "not found",
        EngineError::Throttling { .. } => "throttled",
        EngineError::ModelNotReady(_) => "not ready",
        EngineError::ModelTimeout(_) => "timeout",
        EngineError::ModelError { .. } | EngineError::ModelStream { .. } => "model error",
        EngineError::ServiceUnavailable(_) => "unavailable",
        EngineError::Internal(_) => "internal",
    }
}

/// Whether another server may answer what one failed at. A request that is refused, a key that is
/// wrong and a model that is not there are mistakes, which others shall not hide.
fn another_may_answer(error: &EngineError) -> bool {
    matches!(
        error,
        EngineError::Throttling { .. } | EngineError::ModelNotReady(_)
    ) || speaks_against_the_server(error)
}

/// Whether a failure is the server's own.
fn speaks_against_the_server(error: &EngineError) -> bool {
    match error {
        EngineError::ServiceUnavailable(_) | EngineError::ModelTimeout(_) => true,
        EngineError::ModelError {
            original_status_code,
            ..
        } => original_status_code.is_none_or(|status| status >= 500),
        _ => false,
    }
}
