//! How many requests are answered at once. What comes on top is refused at once, so that overload stays cheap.

use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use aws_smithy_http_server::body::{Body, BoxBody};
use futures_util::future::Either;
use http::{Request, Response};
use pin_project_lite::pin_project;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::{Layer, Service};

use crate::{error::WireError, held::hold};

/// Bounds the requests in flight, open streams included.
#[derive(Debug, Clone)]
pub struct InFlightLayer {
    places: Arc<Semaphore>,
}

impl InFlightLayer {
    /// At most `places` requests at once. Clones of the layer share them.
    #[must_use]
    pub fn new(places: usize) -> Self {
        let places = Arc::new(Semaphore::new(places.min(Semaphore::MAX_PERMITS)));
        Self { places }
    }
}

impl<S> Layer<S> for InFlightLayer {
    type Service = InFlightService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        let places = Arc::clone(&self.places);
        InFlightService { inner, places }
    }
}

/// The service of [`InFlightLayer`].
#[derive(Debug, Clone)]
pub struct InFlightService<S> {
    inner: S,
    places: Arc<Semaphore>,
}

impl<S> Service<Request<Body>> for InFlightService<S>
where
    S: Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible>,
{
    type Response = Response<BoxBody>;
    type Error = Infallible;
    type Future = Either<
        InFlightFuture<S::Future>,
        std::future::Ready<Result<Response<BoxBody>, Infallible>>,
    >;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        match Arc::clone(&self.places).try_acquire_owned() {
            Ok(place) => Either::Left(InFlightFuture {
                inner: self.inner.call(request),
                place: Some(place),
            }),
            Err(_) => Either::Right(std::future::ready(Ok(
                WireError::throttled().into_response()
            ))),
        }
    }
}

pin_project! {
    /// The future of [`InFlightService`].
    pub struct InFlightFuture<F> {
        #[pin]
        inner: F,
        place: Option<OwnedSemaphorePermit>,
    }
}

impl<F> Future for InFlightFuture<F>
where
    F: Future<Output = Result<Response<BoxBody>, Infallible>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let answer = ready!(this.inner.poll(context));
        let place = this.place.take();
        Poll::Ready(answer.map(|response| hold(response, place)))
    }
}

#[cfg(test)]
mod tests {
    use tower::{ServiceExt, service_fn};

    use super::*;
    use crate::testing::{get, read};

    #[tokio::test]
    async fn surplus_is_refused_and_places_come_back() {
        let (release, waiting) = tokio::sync::oneshot::channel::<()>();
        let waiting = Arc::new(tokio::sync::Mutex::new(Some(waiting)));
        let inner = service_fn(move |_request: Request<Body>| {
            let waiting = Arc::clone(&waiting);
            async move {
                if let Some(waiting) = waiting.lock().await.take() {
                    waiting.await.expect("released");
                }
                Ok(Response::new(aws_smithy_http_server::body::to_boxed("{}")))
            }
        });
        let service = InFlightLayer::new(1).layer(inner);
        let mut first = Box::pin(service.clone().oneshot(get("/")));
        let pending =
            std::future::poll_fn(|context| Poll::Ready(first.as_mut().poll(context).is_pending()));
        assert!(pending.await);
        let second = read(service.clone().oneshot(get("/")).await.expect("infallible")).await;
        assert_eq!(
            (second.status, second.header("retry-after")),
            (429, Some("1"))
        );
        release.send(()).expect("is waiting");
        assert_eq!(first.await.expect("infallible").status(), 200);
        assert_eq!(
            service
                .oneshot(get("/"))
                .await
                .expect("infallible")
                .status(),
            200
        );
    }
}
