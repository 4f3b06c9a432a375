//! Where guardrails come from.

use std::sync::Arc;

use bedrock_runtime_smithy::model::{AppliedGuardrailDetails, GuardrailOrigin, GuardrailOwnership};
use outcrop_catalogue::Model;
use outcrop_engine::EngineFuture;
use outcrop_guardrails::Guardrail;
use outcrop_wire::Caller;

/// A version of a guardrail, compiled.
#[derive(Debug)]
pub struct Ready {
    /// Its name.
    pub name: String,
    /// Its id, without version.
    pub id: String,
    /// Its ARN, without version.
    pub arn: String,
    /// `DRAFT` or a number.
    pub version: String,
    /// What assesses.
    pub guardrail: Guardrail,
}

impl Ready {
    /// What an assessment tells of the guardrail that made it.
    pub(crate) fn details(
        &self,
        caller: &Caller,
        origins: &[GuardrailOrigin],
    ) -> AppliedGuardrailDetails {
        let own = self.arn.split(':').nth(4) == Some(&*caller.account);
        AppliedGuardrailDetails {
            guardrail_arn: Some(self.arn.clone()),
            guardrail_id: Some(self.id.clone()),
            guardrail_origin: Some(origins.to_vec()),
            guardrail_ownership: Some(if own {
                GuardrailOwnership::SelfValue
            } else {
                GuardrailOwnership::CrossAccount
            }),
            guardrail_version: Some(self.version.clone()),
        }
    }
}

/// How much of a part of a request is assessed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Selection {
    /// What the caller marked; in messages, everything where nothing is marked.
    #[default]
    Selective,
    /// Everything, whatever is marked.
    Comprehensive,
}

/// A guardrail that an account enforces on every inference of a model.
#[derive(Debug, Clone)]
pub struct Enforced {
    /// The guardrail.
    pub guardrail: Arc<Ready>,
    /// How much of system prompts is assessed.
    pub system: Selection,
    /// How much of messages is assessed.
    pub messages: Selection,
}

/// The guardrails that there are.
pub trait Guardrails: Send + Sync + 'static {
    /// The guardrail that an id or ARN and a version (`DRAFT` or a number) name; nothing where they name none. One that is
    /// not ready, or whose policies cannot be evaluated, is an error.
    fn find<'a>(
        &'a self,
        caller: &'a Caller,
        identifier: &'a str,
        version: &'a str,
    ) -> EngineFuture<'a, Option<Arc<Ready>>>;

    /// What the caller's account enforces on `model`.
    fn enforced<'a>(
        &'a self,
        caller: &'a Caller,
        model: &'a Model,
    ) -> EngineFuture<'a, Vec<Enforced>>;
}

/// No guardrail at all.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoGuardrails;

impl Guardrails for NoGuardrails {
    fn find<'a>(
        &'a self,
        _caller: &'a Caller,
        _identifier: &'a str,
        _version: &'a str,
    ) -> EngineFuture<'a, Option<Arc<Ready>>> {
        Box::pin(async { Ok(None) })
    }

    fn enforced<'a>(
        &'a self,
        _caller: &'a Caller,
        _model: &'a Model,
    ) -> EngineFuture<'a, Vec<Enforced>> {
        Box::pin(async { Ok(Vec::new()) })
    }
}
