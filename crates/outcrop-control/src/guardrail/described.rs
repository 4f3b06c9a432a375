//! A draft or a version as it is at one time, which Get and List describe in shapes of their own.

use aws_smithy_types::DateTime;
use bedrock_smithy::{
    input::CreateGuardrailInput,
    model::{GuardrailStatus, GuardrailSummary},
};

use super::{
    DRAFT, Guardrail, policy,
    status::{of_draft, of_version},
    version::GuardrailVersion,
};
use crate::{Control, context::Context, error::ControlError, resource::Held};

/// What there is to tell.
pub(super) struct Described {
    pub(super) id: String,
    pub(super) arn: String,
    /// `DRAFT`, or a number.
    pub(super) version: String,
    pub(super) status: GuardrailStatus,
    /// Why it failed.
    pub(super) reason: Option<String>,
    /// A version's own; that of the draft is not its versions'.
    pub(super) description: Option<String>,
    pub(super) created_at: DateTime,
    pub(super) updated_at: DateTime,
    /// The configuration.
    pub(super) request: CreateGuardrailInput,
}

impl Described {
    pub(super) fn draft(control: &Control, held: &Held<Guardrail>) -> Result<Self, ControlError> {
        let (status, reason) = of_draft(control, held).unwrap_or((GuardrailStatus::Deleting, None));
        let request = held.request()?;
        Ok(Self {
            id: held.id().to_owned(),
            arn: held.arn(),
            version: DRAFT.to_owned(),
            status,
            reason,
            description: request.description.clone(),
            created_at: held.created_at(),
            updated_at: held.updated_at(),
            request,
        })
    }

    pub(super) fn version(
        control: &Control,
        held: &Held<GuardrailVersion>,
    ) -> Result<Self, ControlError> {
        Ok(Self {
            id: held.parent().unwrap_or_default().to_owned(),
            arn: held.arn(),
            version: held.number().to_owned(),
            status: of_version(control, held).unwrap_or(GuardrailStatus::Deleting),
            reason: None,
            description: held.request()?.description,
            created_at: held.created_at(),
            updated_at: held.updated_at(),
            request: held.snapshot()?,
        })
    }

    pub(super) fn summary(self, context: &Context) -> GuardrailSummary {
        let cross_region = self.request.cross_region_config;
        GuardrailSummary {
            arn: self.arn,
            created_at: self.created_at,
            cross_region_details: cross_region.map(|config| policy::cross_region(context, config)),
            description: self.description,
            id: self.id,
            name: self.request.name,
            status: self.status,
            updated_at: self.updated_at,
            version: self.version,
        }
    }
}
