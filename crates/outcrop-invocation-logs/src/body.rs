//! Keeping what passes of an answer.

use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use aws_smithy_http_server::{body::BoxBody, error::Error};
use bytes::Bytes;
use http::Response;
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt;
use outcrop_engine::Observation;

use crate::{InvocationLogs, invocation::Invocation, queue::Queue};

/// Bytes of an answer that are kept. The record of a larger one has no body.
const MOST: usize = 32 << 20;

/// An invocation under way. It goes into the queue when this is dropped: with its answer, or when the client leaves.
struct UnderWay {
    invocation: Option<Invocation>,
    observation: Option<Arc<Observation>>,
    queue: Queue,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        if let Some(mut invocation) = self.invocation.take() {
            invocation.end(self.observation.as_deref());
            self.queue.offer(invocation);
        }
    }
}

/// Waits for an answer, and keeps what passes of it.
pub(crate) async fn logged(
    invocation: Invocation,
    observation: Option<Arc<Observation>>,
    logs: &InvocationLogs,
    answer: impl Future<Output = Result<Response<BoxBody>, Infallible>>,
) -> Result<Response<BoxBody>, Infallible> {
    let mut under_way = UnderWay {
        invocation: Some(invocation),
        observation,
        queue: logs.shared.queue.clone(),
    };
    let response = answer.await?;
    if let Some(invocation) = &mut under_way.invocation {
        invocation.head = Some((response.status(), response.headers().clone()));
    }
    Ok(response.map(|inner| {
        let body = LoggedBody {
            inner,
            kept: 0,
            under_way,
        };
        body.boxed_unsync()
    }))
}

struct LoggedBody {
    // Comes first, so that what the engine notes when it is dropped is there.
    inner: BoxBody,
    kept: usize,
    under_way: UnderWay,
}

impl LoggedBody {
    fn keep(&mut self, data: &Bytes) {
        let Some(invocation) = &mut self.under_way.invocation else {
            return;
        };
        self.kept = self.kept.saturating_add(data.len());
        if self.kept <= MOST {
            invocation.output.push(data.clone());
        } else {
            invocation.output = Vec::new();
        }
    }
}

impl Body for LoggedBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let this = &mut *self;
        let frame = ready!(Pin::new(&mut this.inner).poll_frame(context));
        if let Some(Ok(frame)) = &frame
            && let Some(data) = frame.data_ref()
        {
            this.keep(data);
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
