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

/// Whether the key that a request names can be used in its region, where its ARN says which region it is of: what is
/// encrypted and its key are in one region (the documentation of AWS KMS). Keys of other accounts may be shared. The text is
/// ours.
pub(crate) fn check_kms_key(context: &Context, key: Option<&str>) -> Result<(), ControlError> {
    let (Some(key), Some(region)) = (key, context.caller.known_region()) else {
        return Ok(());
    };
    match key.split(':').nth(3) {
        Some(of) if of != region => Err(ControlError::Validation(format!(
            "The KMS key {key} is of the Region {of}. Provide a key of the Region {region}, and try again."
        ))),
        _ => Ok(()),
    }
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
