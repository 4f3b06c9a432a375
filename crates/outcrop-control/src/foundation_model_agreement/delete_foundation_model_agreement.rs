//! `DeleteFoundationModelAgreement`: ends the agreement on a model.

use bedrock_smithy::{
    error::DeleteFoundationModelAgreementError, input::DeleteFoundationModelAgreementInput,
    output::DeleteFoundationModelAgreementOutput,
};

use super::{FoundationModelAgreement, of};
use crate::{Control, context::Context, error::ControlError, resource::Resource};

pub(crate) async fn delete_foundation_model_agreement(
    control: &Control,
    input: DeleteFoundationModelAgreementInput,
    context: &Context,
) -> Result<DeleteFoundationModelAgreementOutput, DeleteFoundationModelAgreementError> {
    let model = control.foundation_model(context, &input.model_id)?;
    let Some(held) = of(control, context, model).await? else {
        let message = FoundationModelAgreement::not_found(&input.model_id);
        return Err(ControlError::NotFound(message).into());
    };
    control.remove(&held).await?;
    Ok(DeleteFoundationModelAgreementOutput {})
}
