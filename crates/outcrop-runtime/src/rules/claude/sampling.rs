//! Sampling parameters.

use bedrock_runtime_smithy::model::InferenceConfiguration;
use serde_json::Value;

use crate::rules::{
    Conversation,
    family::Version,
    refusal::{Checked, model_refuses},
};

/// The first generation that takes one of temperature and top P, but not both (quoted for Opus 4.1,
/// measured for 4.5 and 4.6).
const ONE_OF_TWO: Version = Version(4, 1);

/// The first generation that takes neither (measured for Opus 4.7 and 4.8, and the models of 5).
const NEITHER: Version = Version(4, 7);

/// Rules of temperature, top P and top K.
pub(super) fn check(conversation: &Conversation<'_>, version: Option<Version>) -> Checked {
    let config = conversation.inference_config;
    let fields = conversation.additional_model_request_fields;
    if version >= Some(NEITHER) {
        are_at_their_defaults(config, fields)
    } else if version >= Some(ONE_OF_TWO) {
        are_not_both_there(config)
    } else {
        Ok(())
    }
}

/// Parameters keep their defaults (quoted; measured that a temperature of 1 is taken).
fn are_at_their_defaults(
    config: Option<&InferenceConfiguration>,
    fields: Option<&Value>,
) -> Checked {
    let temperature = config.and_then(|config| config.temperature);
    let top_p = config.and_then(|config| config.top_p);
    let top_k = fields.and_then(|fields| fields.get("top_k"));
    let changed = [
        (
            "temperature",
            temperature.is_some_and(|value| !is_one(value)),
        ),
        ("top_p", top_p.is_some_and(|value| !is_one(value))),
        ("top_k", top_k.is_some_and(|value| !value.is_null())),
    ];
    match changed.iter().find(|(_, changed)| *changed) {
        Some((name, _)) => model_refuses(format!("`{name}` is deprecated for this model.")),
        None => Ok(()),
    }
}

/// Temperature and top P are not both there (quoted).
fn are_not_both_there(config: Option<&InferenceConfiguration>) -> Checked {
    if config.is_some_and(|config| config.temperature.is_some() && config.top_p.is_some()) {
        return model_refuses(
            "`temperature` and `top_p` cannot both be specified for this model. Please use only one.",
        );
    }
    Ok(())
}

/// Whether a parameter says 1, the default.
pub(super) fn is_one(value: f32) -> bool {
    (value - 1.0).abs() < f32::EPSILON
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rules::testing::{OPUS_4_7, Request, SONNET_4, SONNET_4_5, SONNET_4_6, parameters};

    fn sampling(model: &str, temperature: Option<f32>, top_p: Option<f32>) -> Request {
        let config = InferenceConfiguration {
            temperature,
            top_p,
            ..parameters()
        };
        Request::hi(model).inferring(config)
    }

    #[test]
    fn later_models_take_one_of_temperature_and_top_p() {
        sampling(SONNET_4, Some(0.5), Some(0.5)).is_accepted();
        for model in [
            SONNET_4_5,
            SONNET_4_6,
            "anthropic.claude-opus-4-1-20250805-v1:0",
        ] {
            sampling(model, Some(0.5), None).is_accepted();
            sampling(model, None, Some(0.5)).is_accepted();
            sampling(model, Some(0.5), Some(0.5)).is_refused_by_the_model(
                "`temperature` and `top_p` cannot both be specified for this model. Please use only \
                 one.",
            );
        }
    }

    #[test]
    fn the_latest_models_take_neither() {
        sampling(OPUS_4_7, Some(1.0), None).is_accepted();
        sampling(OPUS_4_7, Some(0.0), None)
            .is_refused_by_the_model("`temperature` is deprecated for this model.");
        sampling(OPUS_4_7, None, Some(0.9))
            .is_refused_by_the_model("`top_p` is deprecated for this model.");
        let fields = || json!({"top_k": 5});
        Request::hi(SONNET_4_6).with_fields(fields()).is_accepted();
        Request::hi(OPUS_4_7)
            .with_fields(fields())
            .is_refused_by_the_model("`top_k` is deprecated for this model.");
    }
}
