//! `GetFoundationModelAvailability`: whether a model can be used. Every model of the catalogue can, in every region and by
//! everyone; what may be missing is the agreement on it.

use bedrock_smithy::{
    error::GetFoundationModelAvailabilityError,
    input::GetFoundationModelAvailabilityInput,
    model::{
        AgreementAvailability, AuthorizationStatus, EntitlementAvailability, RegionAvailability,
    },
    output::GetFoundationModelAvailabilityOutput,
};

use crate::{Control, context::Context, foundation_model_agreement};

pub(crate) async fn get_foundation_model_availability(
    control: &Control,
    input: GetFoundationModelAvailabilityInput,
    context: &Context,
) -> Result<GetFoundationModelAvailabilityOutput, GetFoundationModelAvailabilityError> {
    let model = control.foundation_model(context, &input.model_id)?;
    let status = foundation_model_agreement::status(control, context, model).await?;
    Ok(GetFoundationModelAvailabilityOutput {
        agreement_availability: AgreementAvailability {
            error_message: None,
            status,
        },
        authorization_status: AuthorizationStatus::Authorized,
        entitlement_availability: EntitlementAvailability::Available,
        model_id: input.model_id,
        region_availability: RegionAvailability::Available,
    })
}
