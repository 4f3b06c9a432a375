//! A conversation request, whichever operation it came by.

use std::sync::Arc;

use bedrock_runtime_smithy::{
    input::{ConverseInput, ConverseStreamInput},
    model::{
        ConverseTokensRequest, InferenceConfiguration, Message, OutputConfig,
        PerformanceConfiguration, ServiceTierType, SystemContentBlock, ToolConfiguration,
    },
};
use outcrop_catalogue::Model;
use outcrop_engine::{Caller, ConverseRequest, document};
use serde_json::Value;

use crate::guardrail::Asked;

/// The members that Converse, `ConverseStream` and `CountTokens` share. Their types are distinct in
/// the model; from here on there is one.
#[derive(Debug, Clone, Default)]
pub struct Inference {
    /// As the client sent it, percent-decoded.
    pub model_id: String,
    /// The conversation so far.
    pub messages: Vec<Message>,
    /// System prompts.
    pub system: Vec<SystemContentBlock>,
    /// Token limit, sampling, stop sequences.
    pub inference_config: Option<InferenceConfiguration>,
    /// Tools.
    pub tool_config: Option<ToolConfiguration>,
    /// Format of the answer.
    pub output_config: Option<OutputConfig>,
    /// Latency asked for.
    pub performance_config: Option<PerformanceConfiguration>,
    /// Tier asked for.
    pub service_tier: Option<ServiceTierType>,
    /// The model's own parameters, members in sorted order.
    pub additional_model_request_fields: Option<Value>,
    /// What the answer shall carry besides.
    pub additional_model_response_field_paths: Vec<String>,
    /// The guardrail that is asked for.
    pub guardrail: Option<Asked>,
}

/// Both inputs have these members, as distinct types.
macro_rules! from_input {
    ($($input:ident),*) => {$(
        impl From<$input> for Inference {
            fn from(input: $input) -> Self {
                Self {
                    model_id: input.model_id,
                    messages: input.messages.unwrap_or_default(),
                    system: input.system.unwrap_or_default(),
                    inference_config: input.inference_config,
                    tool_config: input.tool_config,
                    output_config: input.output_config,
                    performance_config: input.performance_config,
                    service_tier: input.service_tier.map(|tier| tier.r#type),
                    additional_model_request_fields: input
                        .additional_model_request_fields
                        .as_ref()
                        .map(document::to_value),
                    additional_model_response_field_paths: input
                        .additional_model_response_field_paths
                        .unwrap_or_default(),
                    guardrail: input.guardrail_config.map(Asked::from),
                }
            }
        }
    )*};
}

from_input!(ConverseInput, ConverseStreamInput);

impl Inference {
    /// What a `CountTokens` request of the Converse form asks to be counted.
    #[must_use]
    pub fn to_count(model_id: String, input: ConverseTokensRequest) -> Self {
        Self {
            model_id,
            messages: input.messages.unwrap_or_default(),
            system: input.system.unwrap_or_default(),
            tool_config: input.tool_config,
            additional_model_request_fields: input
                .additional_model_request_fields
                .as_ref()
                .map(document::to_value),
            ..Self::default()
        }
    }

    /// What an engine is asked.
    pub(crate) fn into_request(self, model: Arc<Model>, caller: Caller) -> ConverseRequest {
        ConverseRequest {
            model,
            model_id: self.model_id,
            caller,
            messages: self.messages,
            system: self.system,
            inference_config: self.inference_config,
            tool_config: self.tool_config,
            output_config: self.output_config,
            performance_config: self.performance_config,
            service_tier: self.service_tier,
            additional_model_request_fields: self.additional_model_request_fields,
            additional_model_response_field_paths: self.additional_model_response_field_paths,
            native_body: None,
            choice: 0,
        }
    }
}
