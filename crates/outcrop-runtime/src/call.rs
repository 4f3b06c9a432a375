//! The one path of every inference: resolve, check, start.

use std::sync::Arc;

use outcrop_catalogue::{Model, Operation};
use outcrop_engine::{ConverseRequest, EngineError, EventStream};
use outcrop_wire::Caller;

use crate::{
    Inference, Runtime,
    context::asker,
    guardrail::{self, Exchange},
    resolve,
    rules::{self, Conversation},
    stored::Stock,
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
    let prepared = prepare(runtime, inference, caller.clone(), operation).await?;
    let Prepared {
        request,
        routed_to,
        stock: _stock,
    } = prepared;
    let model = Arc::clone(&request.model);
    let exchange = Exchange::open(runtime, &caller, &model, asked).await?;
    let (events, exchange) = guardrail::answer(&*runtime.engine, exchange, request).await?;
    Ok(Call {
        model,
        events: resolve::traced(events, routed_to),
        exchange,
    })
}

/// A request to an engine, with the ARN of the model that a prompt router chose for it.
pub(crate) struct Prepared {
    pub(crate) request: ConverseRequest,
    routed_to: Option<String>,
    /// What was fetched for it.
    stock: Stock,
}

/// Resolves the model of a Converse request, and checks what Bedrock checks before it calls one.
pub(crate) async fn prepare(
    runtime: &Runtime,
    inference: Inference,
    caller: Caller,
    operation: Operation,
) -> Result<Prepared, EngineError> {
    let characters = || resolve::characters(&inference);
    let id = &inference.model_id;
    let target = resolve::resolve(runtime, id, &caller, operation, characters).await?;
    let mut request = inference.into_request(target.model, asker(caller));
    rules::check(&Conversation::of(&request, operation))?;
    let mut stock = Stock::default();
    let (objects, messages) = (&*runtime.objects, &mut request.messages);
    stock.fill(objects, &request.model, messages).await?;
    Ok(Prepared {
        request,
        routed_to: target.routed_to,
        stock,
    })
}
