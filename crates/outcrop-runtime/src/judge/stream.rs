//! Verdicts on an answer while it arrives: asked for before the guardrails read it.

use std::{
    collections::BTreeMap,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use bedrock_runtime_smithy::model::ContentBlockDelta;
use futures_util::{StreamExt, future::BoxFuture, stream};
use outcrop_engine::{EngineError, EventStream, StreamEvent};
use outcrop_guardrails::{Direction, StreamMode, StreamVerdicts, Subject, Verdicts, Windows};

use super::Judges;
use crate::guardrail::Ready;

/// The judging of one answer.
pub(crate) struct Judging {
    pub(crate) judges: Arc<Judges>,
    /// Each guardrail, and where it finds the verdicts.
    pub(crate) guards: Vec<(Arc<Ready>, Arc<StreamVerdicts>)>,
    pub(crate) mode: StreamMode,
    pub(crate) grounding_source: String,
    pub(crate) query: String,
    /// Set once a guardrail has blocked the answer: nothing is asked any more.
    pub(crate) blocked: Arc<AtomicBool>,
}

/// The same events, each of them once the verdicts are there that guardrails need to read it. In asynchronous mode the verdict on a
/// piece of text is there when the next event is.
pub(crate) fn judged(judging: Judging, events: EventStream) -> EventStream {
    let work = Work {
        judging,
        events,
        blocks: BTreeMap::new(),
        failed: false,
    };
    Box::pin(stream::unfold(work, |work| {
        Exclusive(Mutex::new(Box::pin(work.next())))
    }))
}

/// A future that is polled by whoever owns it, so that others may hold it.
struct Exclusive<T>(Mutex<BoxFuture<'static, T>>);

impl<T> Future for Exclusive<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let inner = self.get_mut().0.get_mut();
        let inner = inner.unwrap_or_else(PoisonError::into_inner);
        inner.as_mut().poll(context)
    }
}

struct Work {
    judging: Judging,
    events: EventStream,
    blocks: BTreeMap<i32, Block>,
    failed: bool,
}

/// A text block that is not complete.
#[derive(Default)]
struct Block {
    windows: Windows,
    /// Windows that were passed on before their verdict.
    due: Vec<String>,
}

impl Work {
    async fn next(mut self) -> Option<(Result<StreamEvent, EngineError>, Self)> {
        if self.failed {
            return None;
        }
        let mut event = self.events.next().await?;
        if let Ok(event_so_far) = &event
            && let Err(error) = self.before(event_so_far).await
        {
            event = Err(error);
        }
        self.failed = event.is_err();
        Some((event, self))
    }

    /// Asks for what has to be known before an event is passed on.
    async fn before(&mut self, event: &StreamEvent) -> Result<(), EngineError> {
        if self.judging.blocked.load(Ordering::Relaxed) {
            return Ok(());
        }
        match event {
            StreamEvent::ContentBlockDelta(event) => {
                let Some(ContentBlockDelta::Text(text)) = &event.delta else {
                    return Ok(());
                };
                let index = event.content_block_index.unwrap_or_default();
                let block = self.blocks.entry(index).or_default();
                let complete = block.windows.push(text);
                let windows = match self.judging.mode {
                    StreamMode::Sync => complete,
                    StreamMode::Async => std::mem::replace(&mut block.due, complete),
                };
                self.judging.windows(&windows, None).await
            }
            StreamEvent::ContentBlockStop(event) => {
                self.end(event.content_block_index.unwrap_or_default())
                    .await
            }
            StreamEvent::MessageStop(_) => {
                let open: Vec<i32> = self.blocks.keys().copied().collect();
                for index in open {
                    self.end(index).await?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    async fn end(&mut self, index: i32) -> Result<(), EngineError> {
        let Some(mut block) = self.blocks.remove(&index) else {
            return Ok(());
        };
        let mut windows = block.due;
        windows.extend(block.windows.finish());
        let whole = block.windows.text();
        self.judging.windows(&windows, Some(whole)).await
    }
}

impl Judging {
    /// Asks about windows, and at the end about the whole answer.
    async fn windows(&self, windows: &[String], whole: Option<&str>) -> Result<(), EngineError> {
        if windows.is_empty() && whole.is_none() {
            return Ok(());
        }
        for (ready, known) in &self.guards {
            known.replace(self.verdicts(ready, windows, whole).await?);
        }
        Ok(())
    }

    async fn verdicts(
        &self,
        ready: &Ready,
        windows: &[String],
        whole: Option<&str>,
    ) -> Result<Verdicts, EngineError> {
        let direction = Direction::Output;
        let questions = ready.guardrail.questions(direction);
        let read = !questions.topics.is_empty() || !questions.text.is_empty();
        let said = windows
            .iter()
            .filter(|text| read && !text.trim().is_empty());
        let mut subjects: Vec<Subject<'_>> =
            said.map(|text| Subject::Text { direction, text }).collect();
        let references = [&self.grounding_source, &self.query];
        let compared = references.iter().all(|text| !text.trim().is_empty());
        if let Some(answer) = whole.filter(|_| questions.grounding && compared) {
            subjects.push(Subject::Grounding {
                source: (&self.grounding_source).into(),
                query: (&self.query).into(),
                answer: answer.into(),
            });
        }
        self.judges.on_all(&questions, &subjects).await
    }
}
