//! What the runtime reads of model invocation logging.

use bedrock_smithy::model::LoggingConfig;
use outcrop_store::Scope;

use super::{of, told};
use crate::{Control, StateUnavailable, error::ControlError};

impl Control {
    /// Where the invocations of an account in a region are logged, and which data with them. `None` where they are not
    /// logged.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn model_invocation_logging(
        &self,
        scope: &Scope,
    ) -> Result<Option<LoggingConfig>, StateUnavailable> {
        Ok(self.logging(scope).await?)
    }

    async fn logging(&self, scope: &Scope) -> Result<Option<LoggingConfig>, ControlError> {
        of(self, scope).await?.as_ref().map(told).transpose()
    }
}
