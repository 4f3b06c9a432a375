//! The filters of `ListFoundationModels`.

use crate::model::Model;

/// What a model must be to be listed; a filter that is absent lets every model through. Values are compared as they are on the wire, so
/// that one which no model has gives an empty list.
#[derive(Debug, Clone, Copy, Default)]
pub struct ModelFilter<'a> {
    /// `byProvider`, in any case.
    pub provider: Option<&'a str>,
    /// `byCustomizationType`.
    pub customization: Option<&'a str>,
    /// `byOutputModality`.
    pub output: Option<&'a str>,
    /// `byInferenceType`.
    pub inference: Option<&'a str>,
}

impl ModelFilter<'_> {
    pub(crate) fn passes(&self, model: &Model) -> bool {
        self.provider
            .is_none_or(|provider| model.provider.eq_ignore_ascii_case(provider))
            && self.customization.is_none_or(|wanted| {
                model
                    .customizations
                    .iter()
                    .any(|kind| kind.as_str() == wanted)
            })
            && self
                .output
                .is_none_or(|wanted| model.output.iter().any(|kind| kind.as_str() == wanted))
            && self.inference.is_none_or(|wanted| {
                model
                    .inference_types
                    .iter()
                    .any(|kind| kind.as_str() == wanted)
            })
    }
}
