//! The two generated services behind one port.

use std::{
    cell::Cell,
    convert::Infallible,
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
};

use aws_smithy_http_server::body::{Body, BoxBody};
use futures_util::future::Either;
use http::{Request, Response};
use tower::Service;

use crate::route::OperationName;

/// Sends each request to the service that its route belongs to.
///
/// Both services must always be ready, as generated ones are.
#[derive(Debug)]
pub struct Dispatch<R, C> {
    runtime: Shared<R>,
    control: Shared<C>,
}

/// The place of the control plane in the route table; the runtime is before it.
pub(crate) const CONTROL: usize = 1;

impl<R: Clone, C: Clone> Dispatch<R, C> {
    /// Dispatches between the two services.
    pub fn new(runtime: R, control: C) -> Self {
        Self {
            runtime: Shared::new(runtime),
            control: Shared::new(control),
        }
    }
}

impl<R, C> Clone for Dispatch<R, C> {
    fn clone(&self) -> Self {
        Self {
            runtime: self.runtime.clone(),
            control: self.control.clone(),
        }
    }
}

impl<R, C> Service<Request<Body>> for Dispatch<R, C>
where
    R: Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible>,
    C: Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible>,
{
    type Response = Response<BoxBody>;
    type Error = Infallible;
    type Future = Either<R::Future, C::Future>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        match request.extensions().get() {
            Some(OperationName(operation)) if operation.service == CONTROL => {
                Either::Right(self.control.with(|control| control.call(request)))
            }
            _ => Either::Left(self.runtime.with(|runtime| runtime.call(request))),
        }
    }
}

/// A service that many requests call without cloning it.
///
/// Cloning a generated service copies its whole router (one allocation for each of up to 106 operations), which cost
/// more than answering. A few copies, each behind a lock that is held while a request is routed and no longer, keep
/// threads out of each other's way.
struct Shared<S> {
    copies: Arc<[Mutex<S>]>,
}

impl<S: Clone> Shared<S> {
    fn new(service: S) -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let copies = (0..threads).map(|_| Mutex::new(service.clone())).collect();
        Self { copies }
    }
}

impl<S> Shared<S> {
    fn with<T>(&self, call: impl FnOnce(&mut S) -> T) -> T {
        let own = thread_number() % self.copies.len();
        // A panic while routing leaves the router as it was.
        let mut copy = self.copies[own]
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        call(&mut copy)
    }
}

impl<S> Clone for Shared<S> {
    fn clone(&self) -> Self {
        let copies = Arc::clone(&self.copies);
        Self { copies }
    }
}

impl<S> fmt::Debug for Shared<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Shared")
            .field("copies", &self.copies.len())
            .finish()
    }
}

/// A number of this thread, small and not shared with another one.
fn thread_number() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    thread_local! {
        static OWN: Cell<Option<usize>> = const { Cell::new(None) };
    }
    OWN.with(|own| {
        own.get().unwrap_or_else(|| {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            own.set(Some(number));
            number
        })
    })
}
