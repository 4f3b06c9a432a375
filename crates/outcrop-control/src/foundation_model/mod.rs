//! Foundation models: the models of the catalogue.

mod get_foundation_model;
mod get_foundation_model_availability;
mod list_foundation_models;

use bedrock_smithy::model::{
    FoundationModelLifecycle, FoundationModelLifecycleStatus, ModelCustomization,
};
use outcrop_catalogue::{Customization, InferenceType, Lifecycle, Modality, Model};

pub(crate) use get_foundation_model::get_foundation_model;
pub(crate) use get_foundation_model_availability::get_foundation_model_availability;
pub(crate) use list_foundation_models::list_foundation_models;

/// A model as a caller from a region sees it, in one of the two shapes that have the same members. The service's own
/// answers have more members, which its model does not know and its SDKs do not read.
macro_rules! described {
    ($shape:ident, $model:expr, $region:expr) => {
        $shape {
            customizations_supported: Some($crate::foundation_model::customizations($model)),
            inference_types_supported: Some($crate::foundation_model::inference_types($model)),
            input_modalities: Some($crate::foundation_model::modalities(&$model.input)),
            model_arn: $model.arn($region),
            model_id: $model.id.clone(),
            model_lifecycle: $crate::foundation_model::lifecycle($model),
            model_name: Some($model.name.clone()),
            output_modalities: Some($crate::foundation_model::modalities(&$model.output)),
            provider_name: Some($model.provider.clone()),
            response_streaming_supported: $model.streaming,
        }
    };
}
use described;

fn customizations(model: &Model) -> Vec<ModelCustomization> {
    let shape = |customization: &Customization| match customization {
        Customization::FineTuning => ModelCustomization::FineTuning,
        Customization::ContinuedPreTraining => ModelCustomization::ContinuedPreTraining,
        Customization::Distillation => ModelCustomization::Distillation,
    };
    model.customizations.iter().map(shape).collect()
}

fn inference_types(model: &Model) -> Vec<String> {
    let name = |inference: &InferenceType| inference.as_str().to_owned();
    model.inference_types.iter().map(name).collect()
}

fn modalities(modalities: &[Modality]) -> Vec<String> {
    modalities
        .iter()
        .map(|modality| modality.as_str().to_owned())
        .collect()
}

/// No dates: the service's list says the status only (recorded).
fn lifecycle(model: &Model) -> Option<FoundationModelLifecycle> {
    let status = match model.lifecycle {
        Lifecycle::Active => FoundationModelLifecycleStatus::Active,
        Lifecycle::Legacy => FoundationModelLifecycleStatus::Legacy,
        Lifecycle::EndOfLife => return None,
    };
    Some(FoundationModelLifecycle {
        status,
        end_of_life_time: None,
        legacy_time: None,
        public_extended_access_time: None,
        start_of_life_time: None,
    })
}
