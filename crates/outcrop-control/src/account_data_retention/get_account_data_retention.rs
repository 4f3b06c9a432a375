//! `GetAccountDataRetention`: the mode of the account in the region.

use bedrock_smithy::{
    error::GetAccountDataRetentionError, input::GetAccountDataRetentionInput,
    model::DataRetentionMode, output::GetAccountDataRetentionOutput,
};

use super::{AccountDataRetention, ID};
use crate::{Control, context::Context};

pub(crate) async fn get_account_data_retention(
    control: &Control,
    _input: GetAccountDataRetentionInput,
    context: &Context,
) -> Result<GetAccountDataRetentionOutput, GetAccountDataRetentionError> {
    let held = control
        .at::<AccountDataRetention>(&context.scope(), ID)
        .await?;
    let Some(held) = held else {
        // A region that nobody has configured remains at `inherit` (the user guide, "Data retention").
        return Ok(GetAccountDataRetentionOutput {
            mode: DataRetentionMode::Inherit,
            updated_at: None,
        });
    };
    Ok(GetAccountDataRetentionOutput {
        mode: held.request()?.mode,
        updated_at: Some(held.updated_at()),
    })
}
