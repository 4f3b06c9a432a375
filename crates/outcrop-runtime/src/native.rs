//! Requests in the models' own formats: what `InvokeModel` and its stream share.

use std::sync::Arc;

use bedrock_runtime_smithy::model::{
    PerformanceConfigLatency, PerformanceConfiguration, ServiceTierType,
};
use bytes::Bytes;
use outcrop_catalogue::{Model, Operation, Unsupported};
use outcrop_dialects::{Call, ChatResponder, ConverseParts, dialect};
use outcrop_engine::{ConverseRequest, EngineError};
use outcrop_wire::Caller;

use crate::{
    Runtime,
    context::asker,
    error,
    guardrail::native::{Named, NativeGuardrail},
    resolve::resolve,
    rules::{self, Conversation},
    stored::Stock,
};

/// The inputs of both operations, which are distinct types with the same members.
pub(crate) struct NativeRequest {
    pub(crate) body: Bytes,
    pub(crate) model_id: String,
    pub(crate) named: Named,
    /// Only where it is not the default, which the generated code fills in: answers tell what was asked.
    pub(crate) latency: Option<PerformanceConfigLatency>,
    pub(crate) service_tier: Option<ServiceTierType>,
}

/// Takes what counts from the input of either operation.
macro_rules! native_request {
    ($($input:ident),*) => {$(
        impl From<bedrock_runtime_smithy::input::$input> for NativeRequest {
            fn from(input: bedrock_runtime_smithy::input::$input) -> Self {
                Self {
                    body: input.body.map(aws_smithy_types::Blob::into_inner).unwrap_or_default().into(),
                    model_id: input.model_id,
                    named: Named {
                        identifier: input.guardrail_identifier,
                        version: input.guardrail_version,
                        trace: input.trace,
                    },
                    latency: Some(input.performance_config_latency)
                        .filter(|latency| *latency != PerformanceConfigLatency::Standard),
                    service_tier: input.service_tier,
                }
            }
        }
    )*};
}

native_request!(InvokeModelInput, InvokeModelWithResponseStreamInput);

/// A native request, understood.
pub(crate) struct Read {
    pub(crate) model: Arc<Model>,
    pub(crate) call: Call,
    pub(crate) guardrail: NativeGuardrail,
    /// What was fetched for it.
    pub(crate) stock: Stock,
}

impl NativeRequest {
    /// Resolves the model and understands the body in its dialect.
    pub(crate) async fn read(
        &mut self,
        runtime: &Runtime,
        caller: &Caller,
        operation: Operation,
    ) -> Result<Read, EngineError> {
        let (id, length) = (&self.model_id, self.body.len());
        let target = resolve(runtime, id, caller, operation, || length).await?;
        let model = target.model;
        let guardrail = NativeGuardrail::of(&self.named, &mut self.body)?;
        let mut stock = Stock::default();
        let call = understand(runtime, &model, &self.body, &mut stock).await?;
        Ok(Read {
            model,
            call,
            guardrail,
            stock,
        })
    }

    /// The request of a conversation, after the model's own rules.
    pub(crate) fn converse(
        self,
        parts: ConverseParts,
        model: &Arc<Model>,
        caller: Caller,
        operation: Operation,
    ) -> Result<ConverseRequest, EngineError> {
        let mut request = parts.into_request(Arc::clone(model), self.model_id, asker(caller));
        request.native_body = Some(self.body);
        request.service_tier = self.service_tier;
        request.performance_config = self
            .latency
            .map(|latency| PerformanceConfiguration { latency });
        rules::check_model(&Conversation::of(&request, operation))?;
        Ok(request)
    }
}

/// What a `CountTokens` request of the `InvokeModel` form asks to be counted.
pub(crate) async fn to_count(
    runtime: &Runtime,
    model_id: String,
    body: Bytes,
    caller: Caller,
) -> Result<ConverseRequest, EngineError> {
    let operation = Operation::CountTokens;
    let target = resolve(runtime, &model_id, &caller, operation, || body.len()).await?;
    let model = target.model;
    let mut stock = Stock::default();
    let (parts, _) = chat(understand(runtime, &model, &body, &mut stock).await?)?;
    let mut request = parts.into_request(model, model_id, asker(caller));
    request.native_body = Some(body);
    Ok(request)
}

/// The conversation of a call; an error for what is no conversation.
pub(crate) fn chat(call: Call) -> Result<(ConverseParts, Box<dyn ChatResponder>), EngineError> {
    match call {
        Call::Converse(parts, responder) => Ok((*parts, responder)),
        _ => Err(error::from_unsupported(&Unsupported::Streaming)),
    }
}

/// The call of a body, with the bytes of what it leaves in S3.
async fn understand(
    runtime: &Runtime,
    model: &Model,
    body: &[u8],
    stock: &mut Stock,
) -> Result<Call, EngineError> {
    let objects = &*runtime.objects;
    let filled = stock.fill_body(objects, model, body).await?;
    let body = filled.as_deref().unwrap_or(body);
    let mut call = dialect(model)
        .request(model, body)
        .map_err(|refusal| error::from_dialect(&refusal))?;
    if let Call::Converse(parts, _) = &mut call {
        stock.fill(objects, model, &mut parts.messages).await?;
    }
    Ok(call)
}
