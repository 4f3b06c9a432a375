//! The generated service with this crate's handlers in it.

use std::{convert::Infallible, future, sync::Arc};

use bedrock_smithy::{
    AmazonBedrockControlPlaneService, AmazonBedrockControlPlaneServiceConfig,
    server::{
        Extension,
        body::{Body, BoxBody},
    },
};
use http::{Request, Response};
use outcrop_wire::Caller;
use tower::Service;

use crate::{
    Control,
    foundation_model::{get_foundation_model, list_foundation_models},
    inference_profile::{get_inference_profile, list_inference_profiles},
};

/// Names each served operation once: in [`SERVED`], and as a handler of the generated builder.
macro_rules! served {
    ($($operation:literal => $handler:ident),* $(,)?) => {
        /// The operations that have a handler, by their names in the official model.
        pub const SERVED: &[&str] = &[$($operation),*];

        /// The generated service. An operation that is not in [`SERVED`] answers an empty 500: the
        /// layers in front of it must not let such a request through.
        ///
        /// Requests carry the extension [`Caller`], which the wire layers set.
        pub fn service(
            control: Arc<Control>,
        ) -> impl Service<
            Request<Body>,
            Response = Response<BoxBody>,
            Error = Infallible,
            Future: Send,
        > + Clone + Send + 'static {
            let config = AmazonBedrockControlPlaneServiceConfig::builder()
                .model_plugin(outcrop_wire::model_plugins())
                .build();
            let builder = AmazonBedrockControlPlaneService::builder::<Body, _, _, _>(config);
            $(
                let shared = Arc::clone(&control);
                let builder = builder.$handler(
                    move |input, Extension(caller): Extension<Caller>| {
                        future::ready($handler(&shared, &input, &caller))
                    },
                );
            )*
            builder.build_unchecked()
        }
    };
}

served! {
    "GetFoundationModel" => get_foundation_model,
    "GetInferenceProfile" => get_inference_profile,
    "ListFoundationModels" => list_foundation_models,
    "ListInferenceProfiles" => list_inference_profiles,
}
