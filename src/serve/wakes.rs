//! Who is polled when a connection is woken.
//!
//! Hyper wakes a connection's task for each part of a request's body that is taken from it, and it is that task which takes it. The
//! executor would queue the running task anew, and wake a thread for it, and the request would be polled for nothing: each
//! costs as much as some of the layers that answer it.

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

/// The future is being polled, and looked after when that is over.
const POLLED: u8 = 1;
/// It was woken since it was last polled.
const WOKEN: u8 = 2;

/// What wakes one future, between it and its task.
pub(super) struct Wakes {
    state: Arc<State>,
    /// What the future is polled with.
    waker: Waker,
}

struct State {
    flags: AtomicU8,
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

impl Wakes {
    /// For a future that has yet to be polled.
    pub(super) fn new() -> Self {
        let state = Arc::new(State {
            flags: AtomicU8::new(WOKEN),
            task: AtomicWaker::new(),
        });
        Self {
            waker: Waker::from(Arc::clone(&state)),
            state,
        }
    }

    /// Polls the future, and again at once where it is woken while it is polled.
    pub(super) fn poll_again<T>(
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

    /// Polls the future only when it is it that was woken, and not another one of its task.
    pub(super) fn poll_woken<T>(
        &self,
        cx: &mut Context<'_>,
        poll: impl FnOnce(&mut Context<'_>) -> Poll<T>,
    ) -> Poll<T> {
        self.state.task.register(cx.waker());
        if self.state.flags.swap(0, Ordering::AcqRel) & WOKEN == 0 {
            return Poll::Pending;
        }
        poll(&mut Context::from_waker(&self.waker))
    }
}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, future::poll_fn};

    use futures_util::FutureExt;
    use tokio::{sync::oneshot, task::yield_now};

    use super::*;

    /// How often the task of a future is polled that wakes itself so often.
    async fn polls_of_the_task(own_wakes: usize) -> usize {
        let (again, polls) = (Wakes::new(), Cell::new(0));
        let mut left = own_wakes;
        poll_fn(|cx| {
            polls.set(polls.get() + 1);
            again.poll_again(cx, |cx| {
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
        let (send, mut receive) = oneshot::channel();
        let waiting = tokio::spawn(async move {
            let (again, woken) = (Wakes::new(), Wakes::new());
            let receive = |cx: &mut Context<'_>| woken.poll_woken(cx, |cx| receive.poll_unpin(cx));
            let mut receive = receive;
            poll_fn(|cx| again.poll_again(cx, &mut receive)).await
        });
        yield_now().await;
        send.send(7).expect("is waited for");
        assert_eq!(waiting.await.expect("ends well"), Ok(7));
    }

    #[tokio::test]
    async fn what_was_not_woken_is_not_polled() {
        let (woken, polls) = (Wakes::new(), Cell::new(0));
        let kept = Cell::new(None);
        let poll = || {
            let polled = |cx: &mut Context<'_>| {
                polls.set(polls.get() + 1);
                kept.set(Some(cx.waker().clone()));
                Poll::<()>::Pending
            };
            let mut waiting = poll_fn(|cx| woken.poll_woken(cx, polled));
            assert_eq!((&mut waiting).now_or_never(), None);
            polls.get()
        };
        assert_eq!((poll(), poll()), (1, 1));
        kept.take().expect("was polled").wake();
        assert_eq!((poll(), poll()), (2, 2));
    }

    #[tokio::test]
    async fn who_yields_lets_others_go_first() {
        let (again, mut other) = (Wakes::new(), tokio::spawn(async { 7 }));
        let mut yielded = Box::pin(yield_now());
        poll_fn(|cx| again.poll_again(cx, |cx| yielded.poll_unpin(cx))).await;
        assert_eq!((&mut other).now_or_never().map(Result::ok), Some(Some(7)));
    }
}
