//! `PutUseCaseForModelAccess`: hands the form in.

use bedrock_smithy::{
    error::PutUseCaseForModelAccessError, input::PutUseCaseForModelAccessInput,
    output::PutUseCaseForModelAccessOutput,
};

use super::{ID, UseCaseForModelAccess};
use crate::{Control, context::Context};

pub(crate) async fn put_use_case_for_model_access(
    control: &Control,
    _input: PutUseCaseForModelAccessInput,
    context: &Context,
) -> Result<PutUseCaseForModelAccessOutput, PutUseCaseForModelAccessError> {
    control
        .put::<UseCaseForModelAccess>(&context.in_all_regions(), ID, ())
        .await?;
    Ok(PutUseCaseForModelAccessOutput {})
}
