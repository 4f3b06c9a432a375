//! `GetUseCaseForModelAccess`: the form, as it was handed in.

use bedrock_smithy::{
    error::GetUseCaseForModelAccessError, input::GetUseCaseForModelAccessInput,
    output::GetUseCaseForModelAccessOutput,
};

use super::{ID, UseCaseForModelAccess};
use crate::{Control, context::Context};

pub(crate) async fn get_use_case_for_model_access(
    control: &Control,
    _input: GetUseCaseForModelAccessInput,
    context: &Context,
) -> Result<GetUseCaseForModelAccessOutput, GetUseCaseForModelAccessError> {
    let held = control
        .find::<UseCaseForModelAccess>(&context.in_all_regions(), ID)
        .await?;
    Ok(GetUseCaseForModelAccessOutput {
        form_data: held.request()?.form_data,
    })
}
