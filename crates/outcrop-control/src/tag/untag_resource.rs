//! `UntagResource`: takes tags away; those that are not there are no error.

use bedrock_smithy::{
    error::UntagResourceError, input::UntagResourceInput, output::UntagResourceOutput,
};

use super::change;
use crate::{Control, context::Context};

pub(crate) async fn untag_resource(
    control: &Control,
    input: UntagResourceInput,
    context: &Context,
) -> Result<UntagResourceOutput, UntagResourceError> {
    change(control, context, &input.resource_arn, |record| {
        record.tags.retain(|key, _| !input.tag_keys.contains(key));
        Ok(())
    })
    .await?;
    Ok(UntagResourceOutput {})
}
