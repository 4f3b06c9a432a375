//! From the `modelId` of a request to the model that answers: the catalogue's, or the one behind what a caller has made.

use std::sync::Arc;

use bedrock_runtime_smithy::model::{
    ContentBlock, ConverseStreamTrace, PromptRouterTrace, SystemContentBlock,
};
use futures_util::StreamExt;
use outcrop_catalogue::{Answers, Asker, Located, Model, Operation, ResolveError, Resolved};
use outcrop_engine::{EngineError, EventStream, StreamEvent};
use outcrop_wire::Caller;

use crate::{Inference, Runtime, error};

/// What a model id names.
#[derive(Debug)]
pub(crate) struct Target {
    /// The model that answers.
    pub(crate) model: Arc<Model>,
    /// The ARN of the model that a prompt router chose.
    pub(crate) routed_to: Option<String>,
}

/// The model that an id or ARN names, if it can be asked for the operation. `characters` says how long the prompt is, where
/// that decides.
pub(crate) async fn resolve(
    runtime: &Runtime,
    model_id: &str,
    caller: &Caller,
    operation: Operation,
    characters: impl FnOnce() -> usize + Send,
) -> Result<Target, EngineError> {
    let located = runtime.catalogue.locate(model_id, caller.known_region());
    let (resolved, routed_to) = match located.map_err(error::from_resolve)? {
        Located::Model(resolved) => (resolved, None),
        Located::Resource(_) => behind(runtime, model_id, caller, characters).await?,
    };
    resolved
        .permits(operation)
        .map_err(|refusal| error::from_unsupported(&refusal))?;
    Ok(Target {
        model: Arc::clone(resolved.model),
        routed_to,
    })
}

/// The model behind what a caller has made, and the ARN that a prompt router knows it by.
async fn behind<'a>(
    runtime: &'a Runtime,
    arn: &str,
    caller: &Caller,
    characters: impl FnOnce() -> usize + Send,
) -> Result<(Resolved<'a>, Option<String>), EngineError> {
    let asker = Asker {
        account: &caller.account,
        region: &caller.region,
    };
    let found = runtime.resources.resolve(asker, arn).await;
    let found = found
        .map_err(error::from_resource)?
        .ok_or_else(|| error::from_resolve(ResolveError::Unknown))?;
    let (model, routed_to) = match found.answers {
        Answers::Model(model) => (model, None),
        Answers::Routed(routes) => {
            let route = routes.choose(characters());
            (route.model.clone(), Some(route.arn.clone()))
        }
    };
    let resolved = runtime.catalogue.behind(&model);
    Ok((resolved.map_err(error::from_resolve)?, routed_to))
}

/// Characters of the texts of a conversation.
pub(crate) fn characters(inference: &Inference) -> usize {
    let messages = inference.messages.iter();
    let blocks = messages.flat_map(|message| &message.content);
    let texts = blocks.filter_map(|block| match block {
        ContentBlock::Text(text) => Some(text),
        _ => None,
    });
    let system = inference.system.iter().filter_map(|block| match block {
        SystemContentBlock::Text(text) => Some(text),
        _ => None,
    });
    texts.chain(system).map(|text| text.chars().count()).sum()
}

/// The answer with the trace that tells which model a prompt router chose.
pub(crate) fn traced(events: EventStream, routed_to: Option<String>) -> EventStream {
    let Some(invoked) = routed_to else {
        return events;
    };
    Box::pin(events.map(move |event| {
        event.map(|mut event| {
            if let StreamEvent::Metadata(metadata) = &mut event {
                let trace = metadata.trace.get_or_insert(ConverseStreamTrace {
                    guardrail: None,
                    prompt_router: None,
                });
                trace.prompt_router = Some(PromptRouterTrace {
                    invoked_model_id: Some(invoked.clone()),
                });
            }
            event
        })
    }))
}

#[cfg(test)]
mod tests;
