//! `ListFoundationModels`: all models, or those that pass the filters. Not paged.

use bedrock_smithy::{
    error::ListFoundationModelsError,
    input::ListFoundationModelsInput,
    model::{FoundationModelSummary, ModelCustomization},
    output::ListFoundationModelsOutput,
};
use outcrop_catalogue::ModelFilter;

use super::described;
use crate::{Control, context::Context, error::ControlError};

/// An enum that the service's answers use beyond what its model lists. Its members are plain text here, and a filter by
/// it takes what can be listed.
struct OpenEnum {
    modeled: &'static [&'static str],
    /// Seen in the service's own list (recorded).
    seen: &'static [&'static str],
}

const INFERENCE_TYPE: OpenEnum = OpenEnum {
    modeled: &["ON_DEMAND", "PROVISIONED"],
    seen: &["INFERENCE_PROFILE"],
};

const MODEL_MODALITY: OpenEnum = OpenEnum {
    modeled: &["TEXT", "IMAGE", "EMBEDDING"],
    seen: &["AUDIO", "SPEECH", "VIDEO"],
};

impl OpenEnum {
    /// What is wrong with the value of a filter.
    fn violation(&self, member: &str, value: Option<&str>) -> Option<String> {
        let value = value?;
        let known = self.modeled.contains(&value) || self.seen.contains(&value);
        let wanted = self.modeled.join(", ");
        (!known).then(|| {
            format!("Value '{value}' at '{member}' failed to satisfy constraint: Member must satisfy enum value set: [{wanted}]")
        })
    }
}

pub(crate) async fn list_foundation_models(
    control: &Control,
    input: ListFoundationModelsInput,
    context: &Context,
) -> Result<ListFoundationModelsOutput, ListFoundationModelsError> {
    let caller = &context.caller;
    let models = control.catalogue.models(filter(&input)?);
    let summaries = models.map(|model| described!(FoundationModelSummary, model, &caller.region));
    Ok(ListFoundationModelsOutput {
        model_summaries: Some(summaries.collect()),
    })
}

fn filter(input: &ListFoundationModelsInput) -> Result<ModelFilter<'_>, ControlError> {
    let inference = input.by_inference_type.as_deref();
    let output = input.by_output_modality.as_deref();
    let violations = [
        INFERENCE_TYPE.violation("byInferenceType", inference),
        MODEL_MODALITY.violation("byOutputModality", output),
    ];
    let violations: Vec<String> = violations.into_iter().flatten().collect();
    if !violations.is_empty() {
        return Err(ControlError::Filters(violations));
    }
    Ok(ModelFilter {
        provider: input.by_provider.as_deref(),
        customization: input
            .by_customization_type
            .as_ref()
            .map(ModelCustomization::as_str),
        output,
        inference,
    })
}

#[cfg(test)]
mod tests;
