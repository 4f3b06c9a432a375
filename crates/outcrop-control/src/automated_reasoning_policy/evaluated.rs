//! A policy as guardrails evaluate it: by its test cases.

use outcrop_guardrails::policy::{FindingKind, ReasoningPolicy, TestCase as EvaluatedCase};
use outcrop_store::Scope;
use serde::{
    Deserialize,
    de::{IntoDeserializer, value::StrDeserializer},
};

use super::{Policy, children, policy_arn::PolicyArn, test_case::TestCase};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    resource::{Held, Resource},
};

/// What guardrails need of the policy or version that an ARN names. Test cases are the policy's, whatever the version.
pub(crate) async fn evaluated(
    control: &Control,
    scope: &Scope,
    arn: &str,
) -> Result<ReasoningPolicy, ControlError> {
    let context = Context::of(scope);
    let named = PolicyArn::read(&context, arn)?;
    let version = control
        .reasoning_policy_version(&context, arn, named)
        .await?;
    let definition = if let Some(version) = version {
        version.state.definition
    } else {
        let draft: Option<Held<Policy>> = control.look_up(&context, named.id).await?;
        let draft = draft.ok_or_else(|| ControlError::NotFound(Policy::not_found(arn)))?;
        draft.state.definition
    };
    let records = children::all(control, &context, TestCase::KIND, named.id).await?;
    let cases = records.into_iter().map(|record| {
        let request = Held::<TestCase>::read(record)?.request()?;
        let expected = request.expected_aggregated_findings_result.as_str();
        Ok(EvaluatedCase {
            guard_content: request.guard_content,
            query_content: request.query_content,
            expected: kind(expected)?,
        })
    });
    Ok(ReasoningPolicy {
        arn: arn.to_owned(),
        rules: definition.rules.into_iter().map(|rule| rule.id).collect(),
        test_cases: cases.collect::<Result<_, ControlError>>()?,
    })
}

/// The kind of this name: both enums are the official model's.
fn kind(name: &str) -> Result<FindingKind, ControlError> {
    let name: StrDeserializer<'_, serde::de::value::Error> = name.into_deserializer();
    FindingKind::deserialize(name).map_err(|error| {
        tracing::error!(%error, "the result that a test case expects is unknown");
        ControlError::Store
    })
}
