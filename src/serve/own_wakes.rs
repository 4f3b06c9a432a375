//! Wake-ups that a connection gives itself.
//!
//! Hyper wakes a connection's task for each part of a request's body that is taken from it, and it is that task which takes it. The
//! executor would queue the running task anew, and wake a thread for it, which costs as much as all layers together.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

use futures_util::task::AtomicWaker;

/// Polls in a row, after which others have their turn.
const IN_A_ROW: usize = 4;

/// The future is being polled.
const POLLED: u8 = 1;
/// It was woken since it was last polled.
const WOKEN: u8 = 2;

/// Polls a future again at once where it was woken while it was polled.
pub(super) struct OwnWakes {
    state: Arc<State>,
    /// What the future is polled with.
    waker: Waker,
}

#[derive(Default)]
struct State {
    flags: AtomicU8,
    /// What the task is woken by while the future is not being polled.
    task: AtomicWaker,
}

impl Wake for State {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let before = self.flags.fetch_or(WOKEN, Ordering::AcqRel);
        if before & POLLED == 0 {
            self.task.wake();
        }
    }
}

impl OwnWakes {
    pub(super) fn new() -> Self {
        let state = Arc::<State>::default();
        Self {
            waker: Waker::from(Arc::clone(&state)),
            state,
        }
    }

    /// Polls the future, for which it is always the same one.
    pub(super) fn poll<T>(
        &self,
        cx: &mut Context<'_>,
        mut poll: impl FnMut(&mut Context<'_>) -> Poll<T>,
    ) -> Poll<T> {
        let flags = &self.state.flags;
        self.state.task.register(cx.waker());
        for _ in 0..IN_A_ROW {
            flags.swap(POLLED, Ordering::AcqRel);
            let polled = poll(&mut Context::from_waker(&self.waker));
            if polled.is_ready() || flags.swap(0, Ordering::AcqRel) & WOKEN == 0 {
                return polled;
            }
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, future::poll_fn};

    use futures_util::FutureExt;
    use tokio::task::yield_now;

    use super::*;

    /// A future that wakes itself so often, and how often its task is polled for it.
    async fn polls_of_the_task(own_wakes: usize) -> usize {
        let (wakes, polls) = (OwnWakes::new(), Cell::new(0));
        let mut left = own_wakes;
        poll_fn(|cx| {
            polls.set(polls.get() + 1);
            wakes.poll(cx, |cx| {
                if left == 0 {
                    return Poll::Ready(());
                }
                left -= 1;
                cx.waker().wake_by_ref();
                Poll::Pending
            })
        })
        .await;
        polls.get()
    }

    #[tokio::test]
    async fn the_task_is_left_out_and_others_have_their_turn() {
        assert_eq!(polls_of_the_task(0).await, 1);
        assert_eq!(polls_of_the_task(IN_A_ROW - 1).await, 1);
        assert_eq!(polls_of_the_task(IN_A_ROW).await, 2);
    }

    #[tokio::test]
    async fn wakes_from_elsewhere_reach_the_task() {
        let (send, mut receive) = tokio::sync::oneshot::channel();
        let waiting = tokio::spawn(async move {
            let wakes = OwnWakes::new();
            poll_fn(|cx| wakes.poll(cx, |cx| receive.poll_unpin(cx))).await
        });
        yield_now().await;
        send.send(7).expect("is waited for");
        assert_eq!(waiting.await.expect("ends well"), Ok(7));
    }

    #[tokio::test]
    async fn who_yields_lets_others_go_first() {
        let (wakes, mut other) = (OwnWakes::new(), tokio::spawn(async { 7 }));
        let mut yielded = Box::pin(yield_now());
        poll_fn(|cx| wakes.poll(cx, |cx| yielded.poll_unpin(cx))).await;
        assert_eq!((&mut other).now_or_never().map(Result::ok), Some(Some(7)));
    }
}
