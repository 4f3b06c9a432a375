//! What a worker asks for an invocation.

use std::sync::Arc;

use bytes::Bytes;
use outcrop_catalogue::{Model, Operation};
use outcrop_dialects::{AsyncCall, AsyncWork, Document, EmbedParts, VideoParts, dialect};
use outcrop_engine::EngineError;
use outcrop_wire::{Caller, off_executor};

use crate::{
    InProcess, Refused, Runtime, context::asker, error::from_async_input, resolve::resolve,
};

/// A model input, understood.
pub struct AsyncInference {
    runtime: Arc<Runtime>,
    model: Arc<Model>,
    model_id: String,
    caller: Caller,
    call: AsyncCall,
}

/// Resolves the model of an invocation and understands its input.
pub(crate) async fn understand(
    runtime: &Runtime,
    caller: &Caller,
    model_id: &str,
    input: &[u8],
) -> Result<(Arc<Model>, AsyncCall), EngineError> {
    let operation = Operation::StartAsyncInvoke;
    let target = resolve(runtime, model_id, caller, operation, || input.len()).await?;
    let call = dialect(&target.model).asynchronous(&target.model, input);
    let call = call.map_err(|refusal| from_async_input(&refusal))?;
    Ok((target.model, call))
}

impl InProcess {
    /// What the input of an asynchronous invocation asks a model for.
    pub async fn understand(
        &self,
        caller: Caller,
        model_id: &str,
        input: &[u8],
    ) -> Result<AsyncInference, Refused> {
        let runtime = self.runtime();
        let (model, call) = understand(&runtime, &caller, model_id, input).await?;
        Ok(AsyncInference {
            runtime,
            model,
            model_id: model_id.to_owned(),
            caller,
            call,
        })
    }
}

impl AsyncInference {
    /// The objects that have to be read first, and how many bytes each may have.
    pub fn sources(&self) -> impl Iterator<Item = (&str, u64)> {
        let sources = self.call.sources.iter();
        sources.map(|source| (source.uri.as_str(), source.limit))
    }

    /// What to make of the contents of the sources. `folder` is the location of the output, without a slash at its end.
    pub fn work(&self, contents: Vec<Bytes>, folder: &str) -> Result<AsyncWork, Refused> {
        let work = self.call.plan.work(contents, folder);
        work.map_err(|refusal| from_async_input(&refusal).into())
    }

    /// The documents that tell of a failure.
    #[must_use]
    pub fn failed(&self, why: &str) -> Vec<Document> {
        self.call.plan.failed(why)
    }

    /// A video, an MP4 file.
    pub async fn video(&self, parts: VideoParts) -> Result<Bytes, Refused> {
        let request = parts.into_request(Arc::clone(&self.model), asker(self.caller.clone()));
        let engine = Arc::clone(&self.runtime.engine);
        // Drawing takes its time, however short the prompt is.
        let file = off_executor(true, async move { engine.generate_video(request).await }).await?;
        Ok(file.into())
    }

    /// A vector for each input.
    pub async fn vectors(&self, parts: EmbedParts) -> Result<Vec<Vec<f32>>, Refused> {
        let (model, asker) = (Arc::clone(&self.model), asker(self.caller.clone()));
        let request = parts.into_request(model, self.model_id.clone(), asker);
        let answer = self.runtime.engine.embed(request).await?;
        Ok(answer.vectors)
    }
}

impl From<EngineError> for Refused {
    fn from(error: EngineError) -> Self {
        use EngineError as E;
        let status = match &error {
            E::Validation(_) | E::ModelValidation(_) => 400,
            E::AccessDenied(_) => 403,
            E::ResourceNotFound(_) => 404,
            E::ModelTimeout(_) => 408,
            E::ModelError { .. } | E::ModelStream { .. } => 424,
            E::Throttling { .. } | E::ModelNotReady(_) => 429,
            E::Internal(_) => 500,
            E::ServiceUnavailable(_) => 503,
        };
        Self {
            status,
            message: error.to_string(),
        }
    }
}
