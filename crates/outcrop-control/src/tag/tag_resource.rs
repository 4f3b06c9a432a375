//! `TagResource`: adds tags, or gives those that are there other values.

use bedrock_smithy::{error::TagResourceError, input::TagResourceInput, output::TagResourceOutput};

use super::change;
use crate::{Control, context::Context, resource::tags};

pub(crate) async fn tag_resource(
    control: &Control,
    input: TagResourceInput,
    context: &Context,
) -> Result<TagResourceOutput, TagResourceError> {
    let arn = &input.resource_arn;
    let added = tags::new(&input.tags, arn)?;
    change(control, context, arn, |record| {
        record.tags.extend(added.clone());
        tags::within_limit(&record.tags, arn)
    })
    .await?;
    Ok(TagResourceOutput {})
}
