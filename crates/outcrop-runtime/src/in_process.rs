//! The operations as a program in the same process asks them: the same handlers and the same generated code on both sides,
//! without a socket and without the wire layers.

use std::{
    convert::Infallible,
    sync::{Arc, Mutex, PoisonError},
};

use bedrock_runtime_smithy::server::body::{Body, BoxBody};
use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, header::CONTENT_TYPE};
use http_body_util::BodyExt;
use outcrop_wire::{Caller, Current, RawBody};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use tower::{ServiceExt, util::BoxCloneService};

use crate::{Runtime, service};

/// A whole answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// The body of the answer: the model's own of `InvokeModel`, members in sorted order of `Converse`.
    pub body: Value,
    /// Tokens of the request, 0 where they are not told.
    pub input_tokens: i64,
    /// Tokens of the answer, 0 where they are not told.
    pub output_tokens: i64,
}

/// An error, as a client would see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// HTTP status, 400 to 599.
    pub status: u16,
    /// The message of the exception.
    pub message: String,
}

/// Asks the operations of a [`Runtime`]. Cheap to clone.
#[derive(Clone)]
pub struct InProcess {
    /// The generated service can be cloned, but not shared.
    service: Arc<Mutex<Service>>,
    /// For what is no operation.
    runtime: Current<Runtime>,
}

type Service = BoxCloneService<Request<Body>, Response<BoxBody>, Infallible>;

impl InProcess {
    /// Asks this one, or what takes its place.
    #[must_use]
    pub fn new(runtime: impl Into<Current<Runtime>>) -> Self {
        let runtime = runtime.into();
        let service = BoxCloneService::new(service(runtime.clone()));
        let service = Arc::new(Mutex::new(service));
        Self { service, runtime }
    }

    pub(crate) fn runtime(&self) -> Arc<Runtime> {
        self.runtime.get()
    }

    /// `InvokeModel`. The body is the model's own.
    pub async fn invoke_model(
        &self,
        caller: Caller,
        model_id: &str,
        body: Bytes,
    ) -> Result<Answered, Refused> {
        let (headers, body) = self.ask(caller, model_id, "invoke", body).await?;
        Ok(Answered {
            input_tokens: count(&headers, "x-amzn-bedrock-input-token-count"),
            output_tokens: count(&headers, "x-amzn-bedrock-output-token-count"),
            body,
        })
    }

    /// `Converse`. The body is the request's, as JSON.
    pub async fn converse(
        &self,
        caller: Caller,
        model_id: &str,
        body: Bytes,
    ) -> Result<Answered, Refused> {
        let (_, mut body) = self.ask(caller, model_id, "converse", body).await?;
        // The service's own JSON is sorted; documents in it come in another order each time.
        body.sort_all_objects();
        let tokens = |name: &str| body["usage"][name].as_i64().unwrap_or_default();
        Ok(Answered {
            input_tokens: tokens("inputTokens"),
            output_tokens: tokens("outputTokens"),
            body,
        })
    }

    async fn ask(
        &self,
        caller: Caller,
        model_id: &str,
        action: &str,
        body: Bytes,
    ) -> Result<(HeaderMap, Value), Refused> {
        let model_id = utf8_percent_encode(model_id, NON_ALPHANUMERIC);
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("/model/{model_id}/{action}"))
            .header(CONTENT_TYPE, "application/json")
            .extension(caller)
            .extension(RawBody(body.clone()))
            .body(Body::from_bytes(body))
            .map_err(|error| failed(&error))?;
        let service = self
            .service
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let response = match service.oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let (head, body) = response.into_parts();
        let body = body.collect().await.map_err(|error| failed(&error))?;
        let body: Value = serde_json::from_slice(&body.to_bytes()).unwrap_or_default();
        if head.status.is_success() {
            return Ok((head.headers, body));
        }
        let message = body["message"].as_str().unwrap_or_default().to_owned();
        let status = head.status.as_u16();
        Err(Refused { status, message })
    }
}

/// What should not happen: the request is made here, and the answer comes from memory.
fn failed(error: &dyn std::fmt::Display) -> Refused {
    Refused {
        status: 500,
        message: error.to_string(),
    }
}

fn count(headers: &HeaderMap, name: &str) -> i64 {
    let text = headers.get(name).and_then(|value| value.to_str().ok());
    text.and_then(|text| text.parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use outcrop_catalogue::Catalogue;
    use outcrop_engine::canned::CannedEngine;

    use super::*;
    use crate::NoGuardrails;

    fn asked() -> (InProcess, Caller) {
        let runtime = Runtime {
            catalogue: Arc::new(Catalogue::builtin().unwrap()),
            resources: Arc::new(outcrop_catalogue::NoResources),
            engine: Arc::new(CannedEngine::new()),
            guardrails: Arc::new(NoGuardrails),
            objects: Arc::new(crate::NoObjects),
            async_invokes: Arc::new(crate::NoAsyncInvokes),
            overrides: Arc::default(),
        };
        let caller = Caller {
            account: "123456789012".into(),
            region: "us-east-1".into(),
            region_known: true,
        };
        (InProcess::new(Arc::new(runtime)), caller)
    }

    const MESSAGES: &str = r#"{"messages": [{"role": "user", "content": [{"text": "Hi"}]}]}"#;

    #[tokio::test]
    async fn answers_are_those_of_the_operations() {
        let (runtime, caller) = asked();
        let (model, body) = ("amazon.nova-lite-v1:0", Bytes::from(MESSAGES));
        let converse = runtime.converse(caller.clone(), model, body.clone()).await;
        let invoke = runtime.invoke_model(caller, model, body).await;
        for answer in [converse.unwrap(), invoke.unwrap()] {
            assert_eq!(answer.body["output"]["message"]["role"], "assistant");
            assert_eq!(answer.body["usage"]["inputTokens"], answer.input_tokens);
            assert_eq!(answer.body["usage"]["outputTokens"], answer.output_tokens);
            assert!(answer.input_tokens > 0 && answer.output_tokens > 0);
        }
    }

    #[tokio::test]
    async fn errors_are_those_of_the_operations() {
        let (runtime, caller) = asked();
        let body = Bytes::from(MESSAGES);
        let unknown = runtime.converse(caller.clone(), "acme.none-v1:0", body.clone());
        let message = "The provided model identifier is invalid.".to_owned();
        let status = 400;
        assert_eq!(unknown.await, Err(Refused { status, message }));
        let embeddings = "amazon.titan-embed-text-v2:0";
        let refused = runtime.invoke_model(caller.clone(), embeddings, body);
        assert_eq!(refused.await.map_err(|refused| refused.status), Err(400));
        let broken = runtime.converse(caller, "amazon.nova-lite-v1:0", "[".into());
        assert_eq!(broken.await.map_err(|refused| refused.status), Err(400));
    }
}
