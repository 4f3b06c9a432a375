//! `CreateFoundationModelAgreement`: accepts the offer for a model.

use bedrock_smithy::{
    error::CreateFoundationModelAgreementError, input::CreateFoundationModelAgreementInput,
    output::CreateFoundationModelAgreementOutput,
};

use super::{FoundationModelAgreement, of, offer};
use crate::{Control, context::Context, error::ControlError, resource::New};

pub(crate) async fn create_foundation_model_agreement(
    control: &Control,
    input: CreateFoundationModelAgreementInput,
    context: &Context,
) -> Result<CreateFoundationModelAgreementOutput, CreateFoundationModelAgreementError> {
    let model = control.foundation_model(context, &input.model_id)?;
    // The texts are ours.
    if !offer::is_made(model) || input.offer_token != offer::token(model) {
        return Err(ControlError::Validation(format!(
            "The offer token isn't one of an offer for the model {}. Take it from ListFoundationModelAgreementOffers, and try again.",
            input.model_id
        ))
        .into());
    }
    let there_is = || {
        ControlError::Conflict(format!(
            "There is an agreement for the model {} already.",
            input.model_id
        ))
    };
    if of(control, context, model).await?.is_some() {
        return Err(there_is().into());
    }
    let new = New::<FoundationModelAgreement>::of(model.id.clone(), "", ());
    match control.create(&context.in_all_regions(), new).await {
        Ok(_) => Ok(CreateFoundationModelAgreementOutput {
            model_id: input.model_id,
        }),
        // Another request was first.
        Err(ControlError::Busy) => Err(there_is().into()),
        Err(error) => Err(error.into()),
    }
}
