//! Which Automated Reasoning policies guardrails apply, so that none is deleted that one needs.
//!
//! Each draft and each version has a record for every policy that it applies, and for every version of one. It belongs to that
//! policy or version, whose id is its parent.

use std::collections::BTreeSet;

use bedrock_smithy::input::CreateGuardrailInput;
use outcrop_store::{Key, ListQuery, Record, Scope, Write};

use super::{draft, version};
use crate::{
    Control,
    automated_reasoning_policy::{Policy, PolicyVersion},
    context::Context,
    error::ControlError,
    resource::{OwnArn, Resource, blank},
};

const KIND: &str = "automated-reasoning-policy-use";

/// What happens with the creation of a draft or a version: the policies that it applies are used from then on, and are
/// there still. `user` is the id of its record.
pub(super) async fn begun(
    control: &Control,
    context: &Context,
    user: &str,
    request: &CreateGuardrailInput,
) -> Result<Vec<Write>, ControlError> {
    let (scope, at) = (context.scope(), control.now());
    let mut writes = Vec::new();
    for policy in applied(request) {
        writes.push(if policy.contains(':') {
            kept::<PolicyVersion>(control, &scope, &policy).await?
        } else {
            kept::<Policy>(control, &scope, &policy).await?
        });
        let key = key(&scope, user, &policy);
        writes.push(Write::Create(Record {
            parent: Some(policy),
            ..blank(key, at)
        }));
    }
    Ok(writes)
}

/// What happens with the deletion of a draft or a version.
pub(super) async fn ended(
    control: &Control,
    scope: &Scope,
    user: &str,
    request: &CreateGuardrailInput,
) -> Result<Vec<Write>, ControlError> {
    let mut writes = Vec::new();
    for policy in applied(request) {
        let key = key(scope, user, &policy);
        if control.store.get(key.clone()).await?.is_some() {
            writes.push(Write::Delete {
                key,
                revision: None,
            });
        }
    }
    Ok(writes)
}

/// A guardrail that applies a policy, or a version of one, by its id: that of the guardrail, with its version if it is one.
pub(crate) async fn user_of(
    control: &Control,
    context: &Context,
    policy: &str,
) -> Result<Option<String>, ControlError> {
    let first = || ListQuery {
        scope: Some(context.scope()),
        parent: Some(policy.to_owned()),
        ..ListQuery::oldest(KIND, 1)
    };
    while let Some(record) = control.store.list(first()).await?.pop() {
        let (user, _) = record.key.id.split_once('/').unwrap_or_default();
        // Looking for a guardrail whose deletion is over takes it out of the store, with its uses.
        match present(control, context, user).await {
            Err(ControlError::NotFound(_)) => {}
            Ok(()) => return Ok(Some(user.to_owned())),
            Err(error) => return Err(error),
        }
        if control.store.get(record.key.clone()).await?.is_some() {
            return Ok(Some(user.to_owned()));
        }
    }
    Ok(None)
}

async fn present(control: &Control, context: &Context, user: &str) -> Result<(), ControlError> {
    let (guardrail, number) = user.split_once(':').unwrap_or((user, ""));
    let held = draft(control, context, guardrail).await?;
    if !number.is_empty() {
        version(control, context, &held, number).await?;
    }
    Ok(())
}

/// A write that fails if a policy is deleted meanwhile, and changes nothing.
async fn kept<R: Resource>(
    control: &Control,
    scope: &Scope,
    policy: &str,
) -> Result<Write, ControlError> {
    let held = control.at::<R>(scope, policy).await?;
    held.ok_or_else(|| ControlError::NotFound(R::not_found(policy)))?
        .touched()
}

/// The ids of the policies and versions that a configuration applies.
fn applied(request: &CreateGuardrailInput) -> BTreeSet<String> {
    let config = request.automated_reasoning_policy_config.as_ref();
    let arns = config.into_iter().flat_map(|config| &config.policies);
    arns.filter_map(|arn| OwnArn::parse(arn))
        .map(|arn| arn.id().to_owned())
        .collect()
}

fn key(scope: &Scope, user: &str, policy: &str) -> Key {
    Key {
        scope: scope.clone(),
        kind: KIND,
        id: format!("{user}/{policy}"),
    }
}
