//! `PutAccountDataRetention`: sets the mode of the account in the region.

use bedrock_smithy::{
    error::PutAccountDataRetentionError, input::PutAccountDataRetentionInput,
    output::PutAccountDataRetentionOutput,
};

use super::{AccountDataRetention, ID};
use crate::{Control, context::Context};

pub(crate) async fn put_account_data_retention(
    control: &Control,
    input: PutAccountDataRetentionInput,
    context: &Context,
) -> Result<PutAccountDataRetentionOutput, PutAccountDataRetentionError> {
    let updated_at = control.put::<AccountDataRetention>(context, ID, ()).await?;
    Ok(PutAccountDataRetentionOutput {
        mode: input.mode,
        updated_at: Some(updated_at),
    })
}
