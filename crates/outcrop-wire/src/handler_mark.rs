//! Knowing whether a handler has run.
//!
//! A response that fails to serialize after the handler ran looks like a request that could not be deserialized: the
//! generated code answers 400 `SerializationException` for both. The first is the server's fault, must be a 500 and must
//! never be blamed on the client. So a model plugin of the generated services, the innermost place there is, leaves a
//! mark that the validation layer reads.

use std::{
    cell::Cell,
    task::{Context, Poll},
};

use aws_smithy_http_server::plugin::{LayerPlugin, ModelPlugins, PluginStack};
use tower::{Layer, Service};

tokio::task_local! {
    static HANDLER_RAN: Cell<bool>;
}

/// Runs a future and tells whether a marked handler was called in it.
pub(crate) async fn watch<F: Future>(future: F) -> (F::Output, bool) {
    HANDLER_RAN
        .scope(Cell::new(false), async {
            let output = future.await;
            (output, HANDLER_RAN.with(Cell::get))
        })
        .await
}

/// The model plugins of both generated services: pass them to the service's configuration.
#[must_use]
pub fn model_plugins() -> ModelPlugins<
    PluginStack<LayerPlugin<HandlerMarkLayer>, aws_smithy_http_server::plugin::IdentityPlugin>,
> {
    ModelPlugins::new().layer(HandlerMarkLayer)
}

/// Marks that the handler beneath it was called.
#[derive(Debug, Clone, Copy, Default)]
pub struct HandlerMarkLayer;

impl<S> Layer<S> for HandlerMarkLayer {
    type Service = HandlerMark<S>;

    fn layer(&self, inner: S) -> Self::Service {
        HandlerMark { inner }
    }
}

/// The service of [`HandlerMarkLayer`].
#[derive(Debug, Clone)]
pub struct HandlerMark<S> {
    inner: S,
}

impl<S, Input> Service<Input> for HandlerMark<S>
where
    S: Service<Input>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, input: Input) -> Self::Future {
        // Outside of the wire layers, as in a handler's own tests, nobody watches.
        let _ = HANDLER_RAN.try_with(|ran| ran.set(true));
        self.inner.call(input)
    }
}

#[cfg(test)]
mod tests {
    use tower::{ServiceExt, service_fn};

    use super::*;

    #[tokio::test]
    async fn handler_leaves_its_mark() {
        let handler =
            HandlerMarkLayer.layer(service_fn(|input: u8| async move { Ok::<_, ()>(input) }));
        assert_eq!(watch(handler.clone().oneshot(3)).await, (Ok(3), true));
        assert_eq!(watch(async { 3 }).await, (3, false));
        assert_eq!(handler.oneshot(4).await, Ok(4));
    }
}
