//! The one path of every inference: resolve, check, start.

use std::sync::Arc;

use outcrop_catalogue::{Model, Operation};
use outcrop_engine::{ConverseRequest, EngineError, EventStream};
use outcrop_wire::Caller;

use crate::{
    Inference, Runtime,
    context::asker,
    error,
    guardrail::{self, Exchange},
    rules::{self, Conversation},
};

/// An inference under way.
pub(crate) struct Call {
    /// What the request's model id resolved to.
    pub(crate) model: Arc<Model>,
    /// The answer.
    pub(crate) events: EventStream,
    /// The guardrails that have yet to assess it.
    pub(crate) exchange: Option<Exchange>,
}

/// Starts the inference of a Converse operation. What fails before the first event is an error of
/// this function.
pub(crate) async fn start(
    runtime: &Runtime,
    inference: Inference,
    caller: Caller,
    operation: Operation,
) -> Result<Call, EngineError> {
    let asked = inference.guardrail.clone();
    let request = prepare(runtime, inference, caller.clone(), operation)?;
    let model = Arc::clone(&request.model);
    let exchange = Exchange::open(runtime, &caller, &model, asked).await?;
    let (events, exchange) = guardrail::answer(&*runtime.engine, exchange, request).await?;
    Ok(Call {
        model,
        events,
        exchange,
    })
}

/// Resolves the model of a Converse request, and checks what Bedrock checks before it calls one.
pub(crate) fn prepare(
    runtime: &Runtime,
    inference: Inference,
    caller: Caller,
    operation: Operation,
) -> Result<ConverseRequest, EngineError> {
    let model = resolve(runtime, &inference.model_id, &caller, operation)?;
    let request = inference.into_request(model, asker(caller));
    rules::check(&Conversation::of(&request, operation))?;
    Ok(request)
}

/// The model that an id or ARN names, if it can be asked for the operation.
pub(crate) fn resolve(
    runtime: &Runtime,
    model_id: &str,
    caller: &Caller,
    operation: Operation,
) -> Result<Arc<Model>, EngineError> {
    let resolved = runtime.catalogue.resolve(model_id, caller.known_region());
    let resolved = resolved.map_err(error::from_resolve)?;
    resolved
        .permits(operation)
        .map_err(|refusal| error::from_unsupported(&refusal))?;
    Ok(Arc::clone(resolved.model))
}

#[cfg(test)]
mod tests {
    use outcrop_catalogue::Catalogue;
    use outcrop_engine::canned::CannedEngine;

    use super::*;

    #[test]
    fn a_profile_is_withheld_from_who_is_known_to_be_elsewhere() {
        let runtime = Runtime {
            catalogue: Arc::new(Catalogue::builtin().unwrap()),
            engine: Arc::new(CannedEngine::new()),
            guardrails: Arc::new(guardrail::NoGuardrails),
        };
        let resolve = |model_id, region_known| {
            let caller = Caller {
                account: "123456789012".into(),
                region: "us-east-1".into(),
                region_known,
            };
            resolve(&runtime, model_id, &caller, Operation::Converse).map(|model| model.id.clone())
        };
        let model = Ok("amazon.nova-lite-v1:0".to_owned());
        assert_eq!(resolve("us.amazon.nova-lite-v1:0", true), model);
        let unknown = "The provided model identifier is invalid.".to_owned();
        for elsewhere in ["eu.amazon.nova-lite-v1:0", "apac.amazon.nova-lite-v1:0"] {
            assert_eq!(
                resolve(elsewhere, true),
                Err(EngineError::Validation(unknown.clone()))
            );
            assert_eq!(resolve(elsewhere, false), model);
        }
    }
}
