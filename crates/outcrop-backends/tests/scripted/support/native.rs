//! Bodies of `InvokeModel`, on the way that the server takes them.

use std::sync::Arc;

use futures_util::StreamExt;
use outcrop_backends::OpenAiEngine;
use outcrop_catalogue::Catalogue;
use outcrop_dialects::{Call, Timing, dialect};
use outcrop_engine::{Engine, EngineError, fold};
use serde_json::Value;

use super::{Backend, caller, patient};

/// What came of a body.
pub(crate) struct Invoked {
    /// The native answer.
    pub(crate) answer: Value,
    /// What the backend got.
    pub(crate) sent: Value,
}

fn engine(backend: &Backend) -> OpenAiEngine {
    let mut settings = patient(&backend.url);
    settings.models = "llama3.1:8b".parse().unwrap();
    OpenAiEngine::new(settings).unwrap()
}

fn understood(model_id: &str, body: &Value) -> (Arc<outcrop_catalogue::Model>, Call) {
    let catalogue = Catalogue::builtin().unwrap();
    let resolved = catalogue.resolve(model_id, Some("us-east-1")).unwrap();
    let model = Arc::clone(resolved.model);
    let body = body.to_string();
    let call = dialect(&model).request(&model, body.as_bytes()).unwrap();
    (model, call)
}

/// `InvokeModel`.
pub(crate) async fn invoke(
    backend: &Backend,
    model_id: &str,
    body: &Value,
) -> Result<Invoked, EngineError> {
    let (model, call) = understood(model_id, body);
    let engine = engine(backend);
    let answer = match call {
        Call::Converse(parts, responder) => {
            let request = parts.into_request(model, model_id.to_owned(), caller());
            responder.response(&fold(engine.converse(request).await?).await?)
        }
        Call::Embed(parts, responder) => {
            let request = parts.into_request(model, model_id.to_owned(), caller());
            responder.response(&engine.embed(request).await?)
        }
        Call::Rerank(parts, responder) => {
            let request = parts.into_request(model, model_id.to_owned(), caller());
            responder.response(&engine.rerank(request).await?)
        }
        Call::Image(parts, responder) => {
            let request = parts.into_request(model, model_id.to_owned(), caller());
            responder.response(&engine.generate_images(request).await?)
        }
    };
    let sent = backend.received().pop().unwrap().body;
    Ok(Invoked { answer, sent })
}

/// `InvokeModelWithResponseStream`: each chunk, as soon as the server has it.
pub(crate) async fn streamed(
    engine: &dyn Engine,
    model_id: &str,
    body: &Value,
) -> impl futures_util::Stream<Item = Value> + Unpin + use<> {
    let (model, call) = understood(model_id, body);
    let Call::Converse(parts, responder) = call else {
        panic!("no conversation")
    };
    let mut request = parts.into_request(model, model_id.to_owned(), caller());
    request.native_body = Some(body.to_string().into());
    let mut chunks = responder.stream(3);
    let events = engine.converse(request).await.unwrap();
    Box::pin(events.flat_map(move |event| {
        let chunks = chunks.chunks(event.unwrap(), Timing::default());
        futures_util::stream::iter(chunks)
    }))
}
