//! Which foundation model brought artifacts are of.
//!
//! The service reads it from the artifacts, which only it has. Here their location tells: the model whose name is in it, as
//! the training services put it there (`…/nova-pro/…`), and Nova Lite where none is.

use bedrock_smithy::{
    input::CreateCustomModelInput,
    model::{CustomModelDataSource, ModelDataSource},
};
use outcrop_catalogue::{Catalogue, Customization, Model, ModelFilter};

const USUAL: &str = "amazon.nova-lite-v1:0:300k";

/// Where the artifacts are. `None` where the request gives no place, or two.
pub(super) fn location(input: &CreateCustomModelInput) -> Option<&str> {
    match (&input.model_source_config, &input.custom_model_data_source) {
        (Some(ModelDataSource::S3DataSource(source)), None) => Some(&source.s3_uri),
        (None, Some(CustomModelDataSource::ModelPackageArnDataSource(source))) => {
            Some(&source.model_package_arn)
        }
        _ => None,
    }
}

/// The foundation model of artifacts.
pub(super) fn base_model<'a>(catalogue: &'a Catalogue, location: &str) -> Option<&'a Model> {
    let location = location.to_ascii_lowercase();
    let can_be_tuned = |model: &&Model| model.customizations.contains(&Customization::FineTuning);
    catalogue
        .models(ModelFilter::default())
        .map(AsRef::as_ref)
        .filter(can_be_tuned)
        .filter(|model| location.contains(family(&model.id)))
        .max_by_key(|model| family(&model.id).len())
        .or_else(|| catalogue.model(USUAL).map(AsRef::as_ref))
}

/// `nova-lite` of `amazon.nova-lite-v1:0:300k`.
fn family(id: &str) -> &str {
    let name = id.split_once('.').map_or(id, |(_, name)| name);
    name.split_once("-v").map_or(name, |(family, _)| family)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_tell_the_model() {
        let catalogue = Catalogue::builtin().unwrap();
        let of = |location| base_model(&catalogue, location).unwrap().id.as_str();
        assert_eq!(
            of("s3://escrow-1/job/Nova-Pro/model"),
            "amazon.nova-pro-v1:0:300k"
        );
        assert_eq!(
            of("arn:aws:sagemaker:us-east-1:123456789012:model-package/nova-2-lite/3"),
            "amazon.nova-2-lite-v1:0:256k"
        );
        assert_eq!(of("s3://escrow-1/job/model"), USUAL);
    }
}
