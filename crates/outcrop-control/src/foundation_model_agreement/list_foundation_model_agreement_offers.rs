//! `ListFoundationModelAgreementOffers`: the offer for a model. All are public, so either type asks for it.

use bedrock_smithy::{
    error::ListFoundationModelAgreementOffersError, input::ListFoundationModelAgreementOffersInput,
    output::ListFoundationModelAgreementOffersOutput,
};

use super::offer;
use crate::{Control, context::Context};

pub(crate) async fn list_foundation_model_agreement_offers(
    control: &Control,
    input: ListFoundationModelAgreementOffersInput,
    context: &Context,
) -> Result<ListFoundationModelAgreementOffersOutput, ListFoundationModelAgreementOffersError> {
    let model = control.foundation_model(context, &input.model_id)?;
    let offers = offer::is_made(model).then(|| offer::of(model));
    Ok(ListFoundationModelAgreementOffersOutput {
        model_id: input.model_id,
        offers: offers.into_iter().collect(),
    })
}
