//! What requests refer to: models, and what is outside Bedrock.

use outcrop_catalogue::{Model, partition};

use crate::{Control, context::Context, error::ControlError};

/// The ARN of the key that a request names by its ARN, id or alias. An alias stays one: which key it stands for is not known here.
pub(crate) fn kms_key_arn(context: &Context, key: &str) -> String {
    if key.starts_with("arn:") {
        return key.to_owned();
    }
    let outcrop_store::Scope { account, region } = context.scope();
    let path = if key.starts_with("alias/") {
        key.to_owned()
    } else {
        format!("key/{key}")
    };
    format!("arn:{}:kms:{region}:{account}:{path}", partition(&region))
}

impl Control {
    /// The foundation model that a request names by its id or ARN.
    pub(crate) fn foundation_model(
        &self,
        context: &Context,
        identifier: &str,
    ) -> Result<&Model, ControlError> {
        let region = context.caller.known_region();
        Ok(self.catalogue.foundation_model(identifier, region)?)
    }
}
