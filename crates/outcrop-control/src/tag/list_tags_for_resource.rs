//! `ListTagsForResource`: all tags of a resource.

use bedrock_smithy::{
    error::ListTagsForResourceError, input::ListTagsForResourceInput, model::Tag,
    output::ListTagsForResourceOutput,
};

use super::record;
use crate::{Control, context::Context};

pub(crate) async fn list_tags_for_resource(
    control: &Control,
    input: ListTagsForResourceInput,
    context: &Context,
) -> Result<ListTagsForResourceOutput, ListTagsForResourceError> {
    let record = record(control, context, &input.resource_arn).await?;
    let tags = record
        .tags
        .into_iter()
        .map(|(key, value)| Tag { key, value });
    Ok(ListTagsForResourceOutput {
        tags: Some(tags.collect()),
    })
}
