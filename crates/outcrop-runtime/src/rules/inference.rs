//! Inference parameters.

use bedrock_runtime_smithy::model::InferenceConfiguration;
use outcrop_catalogue::{Model, Unsupported};

use super::{
    Conversation, family,
    refusal::{Checked, supported},
};

/// Models that take no stop sequences (measured; quoted for gpt-oss, Qwen and GLM). `DeepSeek` R1
/// takes them.
const NO_STOP_SEQUENCES: &[&str] = &[
    "deepseek.v",
    "google.gemma-",
    "minimax.",
    "moonshot",
    "openai.",
    "qwen.",
    "xai.",
    "zai.",
];

/// Models that take neither temperature nor top P (measured; quoted). gpt-oss takes both.
const NO_SAMPLING: &[&str] = &["moonshotai.kimi-k3", "openai.gpt-5", "openai.gpt-6", "xai."];

/// Rules of the request's inference parameters, where it has some.
pub(super) fn check(conversation: &Conversation<'_>) -> Checked {
    let Some(config) = conversation.inference_config else {
        return Ok(());
    };
    tokens_are_within_the_limit(conversation.model, config)?;
    fields_are_taken(conversation.model, config)
}

/// No more tokens are asked for than the model gives (quoted).
fn tokens_are_within_the_limit(model: &Model, config: &InferenceConfiguration) -> Checked {
    match config
        .max_tokens
        .and_then(|tokens| u32::try_from(tokens).ok())
    {
        Some(tokens) => supported(model.capabilities.check_max_tokens(tokens)),
        None => Ok(()),
    }
}

/// The model takes the parameters that are there, whatever their values (quoted).
fn fields_are_taken(model: &Model, config: &InferenceConfiguration) -> Checked {
    let stops = config
        .stop_sequences
        .as_ref()
        .is_some_and(|stops| !stops.is_empty());
    let fields = [
        ("temperature", config.temperature.is_some(), NO_SAMPLING),
        ("topP", config.top_p.is_some(), NO_SAMPLING),
        ("stopSequences", stops, NO_STOP_SEQUENCES),
    ];
    for (field, present, refused_by) in fields {
        if present && family::is_any(model, refused_by) {
            return supported(Err(Unsupported::Field(field)));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{
        GPT_OSS, HAIKU_3, NOVA_PRO, QWEN, Request, SONNET_4, limit, parameters,
    };

    #[test]
    fn tokens_are_limited() {
        Request::hi(HAIKU_3).inferring(limit(4096)).is_accepted();
        Request::hi(SONNET_4).inferring(limit(4097)).is_accepted();
        Request::hi(HAIKU_3).inferring(limit(4097)).is_refused(
            "The maximum tokens you requested exceeds the model limit of 4096. Try again with a \
             maximum tokens value that is lower than 4096.",
        );
    }

    #[test]
    fn stop_sequences_are_taken() {
        let stopping = |model, stops: &[&str]| {
            let stops = stops.iter().map(|stop| (*stop).to_owned()).collect();
            let config = InferenceConfiguration {
                stop_sequences: Some(stops),
                ..parameters()
            };
            Request::hi(model).inferring(config)
        };
        stopping(SONNET_4, &["END"]).is_accepted();
        stopping(NOVA_PRO, &["END"]).is_accepted();
        stopping(QWEN, &[]).is_accepted();
        for model in [QWEN, GPT_OSS, "zai.glm-4.7", "deepseek.v3-v1:0"] {
            stopping(model, &["END"]).is_refused(
                "This model doesn't support the stopSequences field. Remove stopSequences and try \
                 again.",
            );
        }
    }

    #[test]
    fn sampling_is_taken() {
        let warm = || InferenceConfiguration {
            temperature: Some(1.0),
            ..parameters()
        };
        let wide = || InferenceConfiguration {
            top_p: Some(0.9),
            ..parameters()
        };
        Request::hi(GPT_OSS).inferring(warm()).is_accepted();
        Request::hi(GPT_OSS).inferring(wide()).is_accepted();
        Request::hi("openai.gpt-5.5").inferring(warm()).is_refused(
            "This model doesn't support the temperature field. Remove temperature and try again.",
        );
        Request::hi("openai.gpt-5.5")
            .inferring(wide())
            .is_refused("This model doesn't support the topP field. Remove topP and try again.");
    }
}
