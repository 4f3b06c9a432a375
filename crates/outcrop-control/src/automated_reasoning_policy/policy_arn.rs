//! What the ARNs of policies and their versions name.

use crate::{
    Control,
    context::Context,
    error::ControlError,
    resource::{Held, OwnArn, Resource},
};

use super::{Policy, PolicyVersion};

/// A policy of the caller's, or a version of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PolicyArn<'a> {
    /// The policy's id.
    pub(crate) id: &'a str,
    /// What comes after the policy's id; `None` for the draft.
    pub(crate) version: Option<&'a str>,
}

impl<'a> PolicyArn<'a> {
    /// `NotFound` if it names another account's or region's.
    pub(crate) fn read(context: &Context, arn: &'a str) -> Result<Self, ControlError> {
        let parsed = OwnArn::parse(arn)
            .filter(|parsed| parsed.kind == Policy::KIND && parsed.is_of(&context.scope()))
            .ok_or_else(|| ControlError::NotFound(Policy::not_found(arn)))?;
        Ok(match parsed.rest.split_once(':') {
            Some((id, version)) => Self {
                id,
                version: Some(version),
            },
            None => Self {
                id: parsed.rest,
                version: None,
            },
        })
    }

    /// `NotFound` as above, `Validation` if it names a version.
    fn draft(context: &Context, arn: &'a str) -> Result<Self, ControlError> {
        let read = Self::read(context, arn)?;
        match read.version {
            None => Ok(read),
            Some(_) => Err(ControlError::Validation(format!(
                "The ARN {arn} is that of a policy version. Use the ARN without the version, and try again."
            ))),
        }
    }
}

impl Control {
    /// The policy whose draft an ARN names.
    pub(crate) async fn reasoning_policy(
        &self,
        context: &Context,
        arn: &str,
    ) -> Result<Held<Policy>, ControlError> {
        let id = PolicyArn::draft(context, arn)?.id;
        let found = self.look_up(context, id).await?;
        found.ok_or_else(|| ControlError::NotFound(Policy::not_found(arn)))
    }

    /// The policy version that an ARN names, which has one.
    pub(crate) async fn reasoning_policy_version(
        &self,
        context: &Context,
        arn: &str,
        PolicyArn { id, version }: PolicyArn<'_>,
    ) -> Result<Option<Held<PolicyVersion>>, ControlError> {
        let Some(version) = version else {
            return Ok(None);
        };
        let found = self.look_up(context, &format!("{id}:{version}")).await?;
        match found {
            Some(held) => Ok(Some(held)),
            None => Err(ControlError::NotFound(Policy::not_found(arn))),
        }
    }
}
