//! What happened in one invocation, as it was seen on its way in and out.

use std::{sync::Arc, time::SystemTime};

use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode};
use outcrop_catalogue::Catalogue;
use outcrop_engine::Observation;
use outcrop_wire::{Caller, OperationName, RawBody, RequestId};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::{Places, queue::Reservation};

/// The operations whose invocations are logged (documented).
const LOGGED: [&str; 4] = [
    "Converse",
    "ConverseStream",
    "InvokeModel",
    "InvokeModelWithResponseStream",
];

/// The header of `InvokeModel` that has the metadata of a request, as JSON.
const REQUEST_METADATA: &str = "x-amzn-bedrock-request-metadata";

/// The operation of a request if its invocations are logged, and who asks.
pub(crate) fn logged(extensions: &http::Extensions) -> Option<(&'static str, &Caller)> {
    let operation: &OperationName = extensions.get()?;
    let operation = LOGGED
        .into_iter()
        .find(|name| *name == operation.as_str())?;
    Some((operation, extensions.get()?))
}

/// One invocation. It is cheap: bodies are shared, and nothing is read of them before a record is written.
#[derive(Debug)]
pub(crate) struct Invocation {
    pub(crate) places: Arc<Places>,
    /// When the request came.
    pub(crate) begun: SystemTime,
    pub(crate) request_id: String,
    pub(crate) operation: &'static str,
    pub(crate) caller: Caller,
    /// As the client named it.
    pub(crate) model_id: String,
    /// Whether that is a profile that routes between regions.
    pub(crate) cross_region: bool,
    /// Metadata of the request's head.
    pub(crate) metadata: Option<Value>,
    pub(crate) input: Bytes,
    /// The head of the answer, if there was one.
    pub(crate) head: Option<(StatusCode, HeaderMap)>,
    /// The body of the answer, as far as it was sent.
    pub(crate) output: Vec<Bytes>,
    /// What the engine was asked, in the words of [`Observation`].
    pub(crate) asked: Option<&'static str>,
    /// Its room in the queue.
    pub(crate) reservation: Option<Reservation>,
}

impl Invocation {
    /// What the head of a request tells.
    pub(crate) fn begin<B>(
        request: &Request<B>,
        places: Arc<Places>,
        catalogue: &Catalogue,
    ) -> Option<Self> {
        let extensions = request.extensions();
        let (operation, caller) = logged(extensions)?;
        let model_id = model_id(request.uri().path());
        let located = catalogue.locate(&model_id, caller.known_region());
        let cross_region = matches!(
            located,
            Ok(outcrop_catalogue::Located::Model(resolved))
                if matches!(resolved.via, outcrop_catalogue::Via::Profile(_))
        );
        let metadata = request.headers().get(REQUEST_METADATA);
        Some(Self {
            places,
            begun: SystemTime::now(),
            request_id: extensions
                .get::<RequestId>()
                .map(|id| id.as_str().to_owned())?,
            operation,
            caller: caller.clone(),
            model_id,
            cross_region,
            metadata: metadata.and_then(|value| serde_json::from_slice(value.as_bytes()).ok()),
            input: extensions
                .get()
                .map(|RawBody(body)| body.clone())
                .unwrap_or_default(),
            head: None,
            output: Vec::new(),
            asked: None,
            reservation: None,
        })
    }

    /// Bytes of both bodies.
    pub(crate) fn size(&self) -> usize {
        self.input.len() + self.output.iter().map(Bytes::len).sum::<usize>()
    }

    /// Takes what is known once the answer is over.
    pub(crate) fn end(&mut self, observation: Option<&Observation>) {
        self.asked = observation.and_then(|observation| observation.seen().operation);
    }
}

/// The model id of a path that the wire layers have mended: `/model/{id}/…`.
fn model_id(path: &str) -> String {
    let id = path.split('/').nth(2).unwrap_or_default();
    percent_decode_str(id).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::model_id;

    #[test]
    fn the_model_id_is_as_the_client_meant_it() {
        let arn = "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Ainference-profile%2Fx/converse";
        assert_eq!(
            model_id(arn),
            "arn:aws:bedrock:us-east-1:1:inference-profile/x"
        );
        assert_eq!(
            model_id("/model/amazon.nova-lite-v1:0/invoke"),
            "amazon.nova-lite-v1:0"
        );
        assert_eq!(model_id("/"), "");
    }
}
