//! What the runtime reads of guardrails.

use aws_smithy_types::DateTime;
use bedrock_smithy::{input::CreateGuardrailInput, model::GuardrailStatus};
use outcrop_store::Scope;

use super::{DRAFT, described::Described, draft, version};
use crate::{Control, StateUnavailable, context::Context, error::ControlError};

/// A guardrail's draft or one of its versions, with all that its evaluation needs.
///
/// `arn`, `version` and `updated_at` together name one configuration: what is made from it, such as compiled patterns, can
/// be kept under them.
#[derive(Debug, Clone)]
pub struct StoredGuardrail {
    /// The guardrail's id: twelve lower-case letters and digits.
    pub id: String,
    /// The guardrail's ARN, which does not name the version.
    pub arn: String,
    /// `DRAFT`, or the number of the version.
    pub version: String,
    /// Its status now; a configuration whose status is not `READY` is there all the same.
    pub status: GuardrailStatus,
    /// When its configuration last changed.
    pub updated_at: DateTime,
    /// The request that its configuration comes from, with every policy as it was given: of a creation, or of the last
    /// update, whose members are the same. `description`, `tags` and `client_request_token` say nothing of the version.
    pub request: CreateGuardrailInput,
}

impl Control {
    /// The guardrail that an id or ARN names, in the version `DRAFT` or of a number. `None` where the account has no such
    /// guardrail in the region, or the guardrail no such version.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn guardrail(
        &self,
        scope: &Scope,
        identifier: &str,
        version_number: &str,
    ) -> Result<Option<StoredGuardrail>, StateUnavailable> {
        let context = Context::of(scope);
        let found = self.described(&context, identifier, version_number).await;
        let seen = match found {
            Ok(seen) => seen,
            Err(ControlError::NotFound(_)) => return Ok(None),
            Err(_) => return Err(StateUnavailable),
        };
        Ok(Some(StoredGuardrail {
            id: seen.id,
            arn: seen.arn,
            version: seen.version,
            status: seen.status,
            updated_at: seen.updated_at,
            request: seen.request,
        }))
    }

    async fn described(
        &self,
        context: &Context,
        identifier: &str,
        number: &str,
    ) -> Result<Described, ControlError> {
        let draft = draft(self, context, identifier).await?;
        if number == DRAFT {
            return Described::draft(self, &draft);
        }
        let held = version(self, context, &draft, number).await?;
        Described::version(self, &held)
    }
}
