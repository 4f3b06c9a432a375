//! The model that a job customizes.

use outcrop_catalogue::Model;

use crate::{
    Control,
    context::Context,
    custom_model::{self, foundation_model_arn},
    error::ControlError,
};

/// A model that is to be customized.
pub(super) struct Base<'a> {
    /// The foundation model that it is, or was made from.
    pub(super) foundation: &'a Model,
    /// Its ARN.
    pub(super) arn: String,
}

/// The foundation or custom model that a job names by its id, ARN or name.
pub(super) async fn base<'a>(
    control: &'a Control,
    context: &Context,
    identifier: &str,
) -> Result<Base<'a>, ControlError> {
    let unknown = match control.foundation_model(context, identifier) {
        Ok(foundation) => {
            let arn = foundation_model_arn(&context.scope(), &foundation.id);
            return Ok(Base { foundation, arn });
        }
        Err(unknown) => unknown,
    };
    // Ids of foundation models have a dot, names of custom models have none.
    if identifier.contains('.') && !identifier.contains(":custom-model/") {
        return Err(unknown);
    }
    let custom = custom_model::find(control, context, identifier).await?;
    custom_model::active(control, &custom)?;
    Ok(Base {
        foundation: control.foundation_model(context, &custom.state.base_model)?,
        arn: custom.arn(),
    })
}
