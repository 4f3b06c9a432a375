//! Guardrails as inferences use them: looked up in the store, compiled, and kept.

mod compiled;
mod named;
mod policy;
mod reasoning;
mod unenforced;

use std::sync::Arc;

use bedrock_smithy::model::{GuardrailStatus, ModelEnforcement, SelectiveGuardingMode};
use outcrop_catalogue::Model;
use outcrop_engine::{EngineError, EngineFuture};
use outcrop_guardrails::{Guardrail, Policy};
use outcrop_runtime::{Enforced, Guardrails, Ready, Selection};
use outcrop_store::Scope;
use outcrop_wire::Caller;

use self::{compiled::Compiled, unenforced::Unenforced};
use crate::{Control, StateUnavailable, StoredGuardrail};

/// The guardrails of the control plane, ready to assess.
///
/// A version is compiled when it is first used. As many as [`Compiled`] has room for are kept.
pub struct ControlGuardrails {
    control: Arc<Control>,
    compiled: Compiled,
    unenforced: Unenforced,
}

impl ControlGuardrails {
    /// Those of `control`.
    #[must_use]
    pub fn new(control: Arc<Control>) -> Self {
        Self {
            control,
            compiled: Compiled::default(),
            unenforced: Unenforced::default(),
        }
    }

    async fn look_up(
        &self,
        scope: &Scope,
        identifier: &str,
        version: &str,
    ) -> Result<Option<Arc<Ready>>, EngineError> {
        let stored = self.control.guardrail(scope, identifier, version).await;
        match stored.map_err(unavailable)? {
            Some(stored) => self.ready(scope, &stored).await.map(Some),
            None => Ok(None),
        }
    }

    async fn ready(
        &self,
        scope: &Scope,
        stored: &StoredGuardrail,
    ) -> Result<Arc<Ready>, EngineError> {
        usable(stored)?;
        let reasoning = reasoning::of(&self.control, scope, stored).await?;
        let digest = reasoning::digest(reasoning.as_ref());
        self.compiled.get_or_compile(stored, digest, || {
            let policy = Policy {
                automated_reasoning: reasoning,
                ..policy::of(&stored.request)?
            };
            let guardrail = Guardrail::compile(&policy)
                .map_err(|error| EngineError::Validation(error.to_string()))?;
            Ok(Ready {
                name: stored.request.name.clone(),
                id: stored.id.clone(),
                arn: stored.arn.clone(),
                version: stored.version.clone(),
                guardrail,
            })
        })
    }

    async fn look_up_enforced(
        &self,
        scope: &Scope,
        model: &Model,
    ) -> Result<Vec<Enforced>, EngineError> {
        let count = self.control.enforcements.count();
        if self.unenforced.knows(scope, count) {
            return Ok(Vec::new());
        }
        let enforced = self.control.enforced_guardrail(scope).await;
        let Some(enforced) = enforced.map_err(unavailable)? else {
            self.unenforced.learn(scope, count);
            return Ok(Vec::new());
        };
        if !enforces_on(enforced.model_enforcement.as_ref(), &model.id) {
            return Ok(Vec::new());
        }
        let (id, version) = (&enforced.guardrail_id, &enforced.guardrail_version);
        let found = self.look_up(scope, id, version).await?;
        // Without its guardrail, an inference must not pass as if it had one. The text is ours.
        let guardrail = found.ok_or_else(|| {
            EngineError::Validation(format!(
                "The guardrail {id} version {version}, which is enforced in this account, does not exist. Delete the enforced guardrail configuration, and try again."
            ))
        })?;
        let guarding = enforced.selective_content_guarding.as_ref();
        Ok(vec![Enforced {
            guardrail,
            system: selection(guarding.and_then(|own| own.system)),
            messages: selection(guarding.and_then(|own| own.messages)),
        }])
    }
}

impl Guardrails for ControlGuardrails {
    fn find<'a>(
        &'a self,
        caller: &'a Caller,
        identifier: &'a str,
        version: &'a str,
    ) -> EngineFuture<'a, Option<Arc<Ready>>> {
        Box::pin(async move { self.look_up(&scope(caller), identifier, version).await })
    }

    fn enforced<'a>(
        &'a self,
        caller: &'a Caller,
        model: &'a Model,
    ) -> EngineFuture<'a, Vec<Enforced>> {
        Box::pin(async move { self.look_up_enforced(&scope(caller), model).await })
    }
}

fn scope(caller: &Caller) -> Scope {
    Scope {
        account: Arc::clone(&caller.account),
        region: Arc::clone(&caller.region),
    }
}

/// A draft can be used while it changes or a version is made of it. The text is ours.
fn usable(stored: &StoredGuardrail) -> Result<(), EngineError> {
    use GuardrailStatus::{Creating, Deleting, Failed, Ready, Updating, Versioning};
    match stored.status {
        Ready | Updating | Versioning => Ok(()),
        Creating | Deleting | Failed => Err(EngineError::Validation(format!(
            "The guardrail {} version {} is {}. Use one that is READY, and try again.",
            stored.id,
            stored.version,
            stored.status.as_str()
        ))),
    }
}

/// Everything is guarded where the configuration does not say otherwise: what is enforced must not be evaded by marking.
fn selection(mode: Option<SelectiveGuardingMode>) -> Selection {
    match mode {
        Some(SelectiveGuardingMode::Selective) => Selection::Selective,
        Some(SelectiveGuardingMode::Comprehensive) | None => Selection::Comprehensive,
    }
}

/// Whether a guardrail is enforced on a model: those that are excluded come first.
fn enforces_on(enforcement: Option<&ModelEnforcement>, model_id: &str) -> bool {
    let Some(enforcement) = enforcement else {
        return true;
    };
    let names = |name: &String| name == "ALL" || name == model_id;
    !enforcement.excluded_models.iter().any(names) && enforcement.included_models.iter().any(names)
}

fn unavailable(error: StateUnavailable) -> EngineError {
    EngineError::ServiceUnavailable(error.to_string())
}

#[cfg(test)]
mod tests;
