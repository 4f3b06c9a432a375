//! What the runtime reads of the enforced guardrail configuration.

use bedrock_smithy::model::{ModelEnforcement, SelectiveContentGuarding};
use outcrop_store::Scope;

use super::of;
use crate::{Control, StateUnavailable, context::Context, error::ControlError};

/// The guardrail that an account's inferences in a region go through. [`Control::guardrail`] reads it.
#[derive(Debug, Clone)]
pub struct EnforcedGuardrail {
    /// The guardrail's id.
    pub guardrail_id: String,
    /// The number of its version.
    pub guardrail_version: String,
    /// The models that it is enforced on: all without it. `ALL` stands for every model in `included_models`, and
    /// `excluded_models` comes first.
    pub model_enforcement: Option<ModelEnforcement>,
    /// Whether everything is guarded (`COMPREHENSIVE`) or what is marked (`SELECTIVE`).
    pub selective_content_guarding: Option<SelectiveContentGuarding>,
}

impl Control {
    /// The guardrail that is enforced in an account and region, if one is.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn enforced_guardrail(
        &self,
        scope: &Scope,
    ) -> Result<Option<EnforcedGuardrail>, StateUnavailable> {
        Ok(self.enforced(scope).await?)
    }

    async fn enforced(&self, scope: &Scope) -> Result<Option<EnforcedGuardrail>, ControlError> {
        let Some(held) = of(self, &Context::of(scope)).await? else {
            return Ok(None);
        };
        let config = held.request()?.guardrail_inference_config;
        Ok(Some(EnforcedGuardrail {
            guardrail_id: held.state.guardrail_id,
            guardrail_version: held.state.guardrail_version,
            model_enforcement: config.model_enforcement,
            selective_content_guarding: config.selective_content_guarding,
        }))
    }
}
