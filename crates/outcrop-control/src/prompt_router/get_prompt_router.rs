//! `GetPromptRouter`: one router, by its ARN.

use bedrock_smithy::{
    error::GetPromptRouterError, input::GetPromptRouterInput, output::GetPromptRouterOutput,
};

use super::{described, find, shaped};
use crate::{Control, context::Context};

pub(crate) async fn get_prompt_router(
    control: &Control,
    input: GetPromptRouterInput,
    context: &Context,
) -> Result<GetPromptRouterOutput, GetPromptRouterError> {
    let router = find(control, context, &input.prompt_router_arn).await?;
    Ok(shaped!(GetPromptRouterOutput, described(context, &router)?))
}
