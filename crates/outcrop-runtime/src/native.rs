//! Requests in the models' own formats: what `InvokeModel` and its stream share.

use std::sync::Arc;

use bedrock_runtime_smithy::model::{
    PerformanceConfigLatency, PerformanceConfiguration, ServiceTierType, Trace,
};
use outcrop_catalogue::{Model, Operation};
use outcrop_dialects::{Call, ChatResponder, ConverseParts, dialect};
use outcrop_engine::{ConverseRequest, EngineError};
use outcrop_wire::Caller;

use crate::{Inference, Runtime, call, context::asker, error, rules};

/// The inputs of both operations, which are distinct types with the same members.
pub(crate) struct NativeRequest {
    pub(crate) body: Vec<u8>,
    pub(crate) model_id: String,
    pub(crate) guardrail: bool,
    pub(crate) latency: PerformanceConfigLatency,
    pub(crate) service_tier: Option<ServiceTierType>,
}

/// Takes what counts from the input of either operation.
macro_rules! native_request {
    ($($input:ident),*) => {$(
        impl From<bedrock_runtime_smithy::input::$input> for NativeRequest {
            fn from(input: bedrock_runtime_smithy::input::$input) -> Self {
                // A trace without a guardrail has nothing to tell.
                let _: Option<Trace> = input.trace;
                Self {
                    body: input.body.map(aws_smithy_types::Blob::into_inner).unwrap_or_default(),
                    model_id: input.model_id,
                    guardrail: input.guardrail_identifier.is_some(),
                    latency: input.performance_config_latency,
                    service_tier: input.service_tier,
                }
            }
        }
    )*};
}

native_request!(InvokeModelInput, InvokeModelWithResponseStreamInput);

impl NativeRequest {
    /// Resolves the model and understands the body in its dialect.
    pub(crate) fn read(
        &self,
        runtime: &Runtime,
        caller: &Caller,
        operation: Operation,
    ) -> Result<(Arc<Model>, Call), EngineError> {
        let model = call::resolve(runtime, &self.model_id, caller, operation)?;
        if self.guardrail {
            return Err(call::no_such_guardrail());
        }
        let call = understand(&model, &self.body)?;
        Ok((model, call))
    }

    /// The request of a conversation, after the model's own rules.
    pub(crate) fn converse(
        self,
        parts: ConverseParts,
        model: &Arc<Model>,
        caller: Caller,
        operation: Operation,
    ) -> Result<ConverseRequest, EngineError> {
        let mut inference = inference(self.model_id, parts);
        inference.service_tier = self.service_tier;
        if self.latency != PerformanceConfigLatency::Standard {
            inference.performance_config = Some(PerformanceConfiguration {
                latency: self.latency,
            });
        }
        rules::check_model(&inference.conversation(model, operation))?;
        Ok(inference.into_request(Arc::clone(model), asker(caller)))
    }
}

/// What a `CountTokens` request of the `InvokeModel` form asks to be counted.
pub(crate) fn to_count(
    runtime: &Runtime,
    model_id: String,
    body: &[u8],
    caller: Caller,
) -> Result<ConverseRequest, EngineError> {
    let model = call::resolve(runtime, &model_id, &caller, Operation::CountTokens)?;
    let (parts, _) = chat(understand(&model, body)?)?;
    Ok(inference(model_id, parts).into_request(model, asker(caller)))
}

/// The conversation of a call; an error for what is no conversation.
pub(crate) fn chat(call: Call) -> Result<(ConverseParts, Box<dyn ChatResponder>), EngineError> {
    match call {
        Call::Converse(parts, responder) => Ok((*parts, responder)),
        _ => Err(EngineError::Validation(
            "The model is unsupported for streaming.".into(),
        )),
    }
}

fn understand(model: &Model, body: &[u8]) -> Result<Call, EngineError> {
    dialect(model)
        .request(model, body)
        .map_err(|refusal| error::from_dialect(&refusal))
}

fn inference(model_id: String, parts: ConverseParts) -> Inference {
    Inference {
        model_id,
        messages: parts.messages,
        system: parts.system,
        inference_config: parts.inference_config,
        tool_config: parts.tool_config,
        output_config: parts.output_config,
        additional_model_request_fields: parts.additional_model_request_fields,
        additional_model_response_field_paths: parts.additional_model_response_field_paths,
        ..Inference::default()
    }
}
