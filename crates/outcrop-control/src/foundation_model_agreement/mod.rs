//! Agreements on the use of models that are sold in AWS Marketplace. An agreement is its account's, in all regions.
//!
//! Invocations do not ask for one: the service itself agrees in its caller's name when a model is first invoked (the user
//! guide, "Request access to models").

mod create_foundation_model_agreement;
mod delete_foundation_model_agreement;
mod list_foundation_model_agreement_offers;
mod offer;

use bedrock_smithy::{input::CreateFoundationModelAgreementInput, model::AgreementStatus};
use outcrop_catalogue::Model;

pub(crate) use create_foundation_model_agreement::create_foundation_model_agreement;
pub(crate) use delete_foundation_model_agreement::delete_foundation_model_agreement;
pub(crate) use list_foundation_model_agreement_offers::list_foundation_model_agreement_offers;

use crate::{
    Control,
    context::Context,
    error::ControlError,
    resource::{Held, Resource, original, reached},
};

original!(CreateFoundationModelAgreementInput, POST "/create-foundation-model-agreement");

/// The kind of resource; its id is that of the model.
pub(crate) struct FoundationModelAgreement;

impl Resource for FoundationModelAgreement {
    const KIND: &'static str = "foundation-model-agreement";
    type Request = CreateFoundationModelAgreementInput;
    type State = ();

    /// The text is ours.
    fn not_found(model: &str) -> String {
        format!("There is no agreement for the model {model}.")
    }
}

/// The caller's agreement on a model.
async fn of(
    control: &Control,
    context: &Context,
    model: &Model,
) -> Result<Option<Held<FoundationModelAgreement>>, ControlError> {
    let everywhere = context.in_all_regions();
    control.at(&everywhere.scope(), &model.id).await
}

/// Whether the caller has an agreement on a model, or needs none.
pub(crate) async fn status(
    control: &Control,
    context: &Context,
    model: &Model,
) -> Result<AgreementStatus, ControlError> {
    if !offer::is_made(model) {
        return Ok(AgreementStatus::Available);
    }
    let held = of(control, context, model).await?;
    Ok(held.map_or(AgreementStatus::NotAvailable, |held| {
        let first = [AgreementStatus::Pending];
        let since = held.created_nanos();
        reached(
            &first,
            AgreementStatus::Available,
            since,
            control.now(),
            control.pace,
        )
    }))
}

#[cfg(test)]
mod tests;
