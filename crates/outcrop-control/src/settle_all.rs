//! For requests that can name whatever jobs make.

use outcrop_store::Scope;

use crate::{
    Control, error::ControlError, model_customization_job::ModelCustomizationJob,
    model_import_job::ModelImportJob,
};

impl Control {
    /// [Settles](Self::settle) the jobs of all kinds.
    pub(crate) async fn settle_all(&self, scope: &Scope) -> Result<(), ControlError> {
        self.settle::<ModelCustomizationJob>(scope).await?;
        self.settle::<ModelImportJob>(scope).await
    }
}
