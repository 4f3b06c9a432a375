//! The generated service with this crate's handlers in it.

use std::convert::Infallible;

use bedrock_runtime_smithy::{
    AmazonBedrockFrontendService, AmazonBedrockFrontendServiceConfig,
    server::{
        Extension,
        body::{Body, BoxBody},
    },
};
use http::{Request, Response};
use outcrop_engine::observation::{Observation, carried};
use outcrop_wire::{Caller, Current, RawBody, is_large, off_executor};
use tower::Service;

use crate::{
    Runtime, apply_guardrail::apply_guardrail, context::Context, converse::converse,
    converse_stream::converse_stream, count_tokens::count_tokens,
    get_async_invoke::get_async_invoke, invoke_guardrail_checks::invoke_guardrail_checks,
    invoke_model::invoke_model,
    invoke_model_with_response_stream::invoke_model_with_response_stream,
    list_async_invokes::list_async_invokes, start_async_invoke::start_async_invoke,
};

/// Names each served operation once: in [`SERVED`], and as a handler of the generated builder.
macro_rules! served {
    ($($operation:literal => $handler:ident),* $(,)?) => {
        /// The operations that have a handler, by their names in the official model.
        pub const SERVED: &[&str] = &[$($operation),*];

        /// The generated service. An operation that is not in [`SERVED`] answers an empty 500: the
        /// layers in front of it must not let such a request through.
        ///
        /// A request is answered by the runtime that is current when it comes.
        ///
        /// Requests carry the extensions [`Caller`] and [`RawBody`], which the wire layers set.
        pub fn service(
            runtime: impl Into<Current<Runtime>>,
        ) -> impl Service<
            Request<Body>,
            Response = Response<BoxBody>,
            Error = Infallible,
            Future: Send,
        > + Clone + Send + 'static {
            let runtime = runtime.into();
            let config = AmazonBedrockFrontendServiceConfig::builder()
                .model_plugin(outcrop_wire::model_plugins())
                .build();
            let builder = AmazonBedrockFrontendService::builder::<Body, _, _, _>(config);
            $(
                let shared = runtime.clone();
                let builder = builder.$handler(
                    move |input, Extension(caller): Extension<Caller>, Extension(body): Extension<RawBody>| {
                        let large = is_large(body.0.len());
                        let context = Context::new(caller, body);
                        // Routing moves a handler's future many times, so it moves a pointer.
                        let work = Box::pin($handler(shared.get(), input, context));
                        // Models read what they are sent, and engines compute without a pause.
                        off_executor(large, carried(Observation::current(), work))
                    },
                );
            )*
            builder.build_unchecked()
        }
    };
}

served! {
    "ApplyGuardrail" => apply_guardrail,
    "Converse" => converse,
    "ConverseStream" => converse_stream,
    "CountTokens" => count_tokens,
    "GetAsyncInvoke" => get_async_invoke,
    "InvokeGuardrailChecks" => invoke_guardrail_checks,
    "InvokeModel" => invoke_model,
    "InvokeModelWithResponseStream" => invoke_model_with_response_stream,
    "ListAsyncInvokes" => list_async_invokes,
    "StartAsyncInvoke" => start_async_invoke,
}
