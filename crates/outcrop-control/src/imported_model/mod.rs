//! Imported models: models from elsewhere, which import jobs make.

mod architecture;
mod delete_imported_model;
mod get_imported_model;
mod list_imported_models;

use bedrock_smithy::{
    input::CreateModelImportJobInput,
    model::{ModelDataSource, S3DataSource},
};
use outcrop_store::{Key, Write};
use serde::{Deserialize, Serialize};

pub(crate) use delete_imported_model::delete_imported_model;
pub(crate) use get_imported_model::get_imported_model;
pub(crate) use list_imported_models::list_imported_models;

use crate::{
    error::ControlError,
    model_import_job::ModelImportJob,
    resource::{Held, Resource, companion, tags},
};

/// The kind of resource.
pub(crate) struct ImportedModel;

/// What there is to know besides the request, which is the one that made the job.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    /// The id of the foundation model that answers for it.
    pub(crate) base_model: String,
    /// `modelArchitecture`.
    architecture: String,
    /// Whether it can be asked with Converse.
    instruct_supported: bool,
    /// Custom model units that a copy takes.
    units: i32,
    /// ARN of the job that made it.
    job_arn: String,
}

impl Resource for ImportedModel {
    const KIND: &'static str = "imported-model";
    type Request = CreateModelImportJobInput;
    type State = State;
}

/// The model that a job makes when it completes.
pub(crate) fn made(job: &Held<ModelImportJob>, id: &str, at: i64) -> Result<Write, ControlError> {
    let request = job.request()?;
    let name = &request.imported_model_name;
    let ModelDataSource::S3DataSource(S3DataSource { s3_uri }) = &request.model_data_source;
    let architecture = architecture::guess(name, s3_uri);
    let state = State {
        base_model: architecture.base_model.to_owned(),
        architecture: architecture.name.to_owned(),
        instruct_supported: architecture.instruct,
        units: architecture::units(name, s3_uri),
        job_arn: job.arn(),
    };
    let key = Key {
        scope: job.scope().clone(),
        kind: ImportedModel::KIND,
        id: id.to_owned(),
    };
    let tags = tags::new(
        request.imported_model_tags.as_deref().unwrap_or_default(),
        name,
    )?;
    let record = companion::<ImportedModel>(key, name, at, tags, job.request_text(), state)?;
    Ok(Write::Create(record))
}

#[cfg(test)]
mod tests;
