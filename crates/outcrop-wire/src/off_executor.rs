//! Work that would hold up other requests: it goes to a thread of its own, so that the few threads that serve all
//! connections stay free.

use std::{future::pending, panic::resume_unwind};

use tokio::{runtime::Handle, task::spawn_blocking};

/// Bytes of a request from which on working through it takes milliseconds. Moving the work costs microseconds.
const LARGE: usize = 1 << 20;

/// Whether a request with so many bytes is too much work for the threads that serve connections.
#[must_use]
pub fn is_large(bytes: usize) -> bool {
    bytes >= LARGE
}

/// Runs a future that computes a lot between its waits. `large` says whether this one does; others stay where they are.
///
/// How many run at once is bounded by the memory for request bodies (`Limits::body_memory`) and by the runtime. A panic
/// goes on in the caller.
pub async fn off_executor<F>(large: bool, work: F) -> F::Output
where
    F: Future<Output: Send> + Send + 'static,
{
    if !large {
        return work.await;
    }
    let handle = Handle::current();
    match spawn_blocking(move || handle.block_on(work)).await {
        Ok(output) => output,
        Err(error) => match error.try_into_panic() {
            Ok(payload) => resume_unwind(payload),
            // The runtime is about to end, and this task with it.
            Err(_) => pending().await,
        },
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn only_large_work_moves() {
        let here = thread::current().id();
        let elsewhere = |large| off_executor(large, async { thread::current().id() });
        assert_eq!(elsewhere(false).await, here);
        assert_ne!(elsewhere(true).await, here);
        assert!(is_large(LARGE) && !is_large(LARGE - 1));
    }

    #[tokio::test]
    async fn waiting_and_panics_are_as_usual() {
        let (send, receive) = tokio::sync::oneshot::channel();
        let waits = tokio::spawn(off_executor(true, receive));
        send.send(7).expect("is received");
        assert_eq!(waits.await.expect("ends well"), Ok(7));
        let panics = off_executor(true, async { panic!("too much") });
        let caught = std::panic::AssertUnwindSafe(panics).catch_unwind().await;
        assert_eq!(caught.unwrap_err().downcast_ref(), Some(&"too much"));
    }
}
