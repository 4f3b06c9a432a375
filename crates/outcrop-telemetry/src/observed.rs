//! An engine that is watched.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Instant,
};

use futures_util::Stream;
use outcrop_catalogue::Model;
use outcrop_engine::{
    ConverseRequest, EmbedRequest, Embeddings, Engine, EngineError, EngineFuture, EventStream,
    ImageRequest, Observation, RerankRequest, RerankResult, StreamEvent, VideoRequest,
    observation::Seen,
};

/// Notes in the request's observation what an engine is asked and what it answers. A request
/// without an observation goes straight to the engine.
pub struct ObservedEngine {
    inner: Arc<dyn Engine>,
}

impl ObservedEngine {
    /// An engine that is watched.
    pub fn new(inner: Arc<dyn Engine>) -> Self {
        Self { inner }
    }
}

/// Notes the question, and returns where the answer is to be noted.
fn begin(operation: &'static str, model: &Arc<Model>) -> Option<Arc<Observation>> {
    let observation = Observation::current()?;
    let mut seen = observation.seen();
    seen.operation = Some(operation);
    seen.model = Some(Arc::clone(model));
    seen.asked.get_or_insert_with(Instant::now);
    drop(seen);
    Some(observation)
}

/// Notes an answer that comes at once.
fn end(observation: Option<Arc<Observation>>, note: impl FnOnce(&mut Seen)) {
    if let Some(observation) = observation {
        let mut seen = observation.seen();
        seen.done = Some(Instant::now());
        note(&mut seen);
    }
}

impl Engine for ObservedEngine {
    fn converse(&self, request: ConverseRequest) -> EngineFuture<'_, EventStream> {
        Box::pin(async move {
            let Some(observation) = begin("chat", &request.model) else {
                return self.inner.converse(request).await;
            };
            let answer = self.inner.converse(request).await;
            match answer {
                Ok(events) => Ok(Box::pin(Watched::new(events, observation)) as EventStream),
                Err(error) => {
                    end(Some(observation), |_| ());
                    Err(error)
                }
            }
        })
    }

    fn count_tokens(&self, request: ConverseRequest) -> EngineFuture<'_, u32> {
        Box::pin(async move {
            let observation = begin("count_tokens", &request.model);
            let counted = self.inner.count_tokens(request).await;
            end(observation, |seen| {
                seen.input_tokens = counted.as_ref().ok().map(|count| u64::from(*count));
            });
            counted
        })
    }

    fn embed(&self, request: EmbedRequest) -> EngineFuture<'_, Embeddings> {
        Box::pin(async move {
            let observation = begin("embeddings", &request.model);
            let answer = self.inner.embed(request).await;
            end(observation, |seen| {
                let tokens = answer.as_ref().ok().map(|answer| answer.input_tokens);
                seen.input_tokens = tokens.map(u64::from);
            });
            answer
        })
    }

    fn rerank(&self, request: RerankRequest) -> EngineFuture<'_, Vec<RerankResult>> {
        Box::pin(async move {
            let observation = begin("rerank", &request.model);
            let answer = self.inner.rerank(request).await;
            end(observation, |_| ());
            answer
        })
    }

    fn generate_images(&self, request: ImageRequest) -> EngineFuture<'_, Vec<Vec<u8>>> {
        Box::pin(async move {
            let observation = begin("image_generation", &request.model);
            let answer = self.inner.generate_images(request).await;
            end(observation, |_| ());
            answer
        })
    }

    fn generate_video(&self, request: VideoRequest) -> EngineFuture<'_, Vec<u8>> {
        Box::pin(async move {
            let observation = begin("video_generation", &request.model);
            let answer = self.inner.generate_video(request).await;
            end(observation, |_| ());
            answer
        })
    }
}

/// An answer whose first and last token, usage and end are noted when it is dropped: a client that
/// leaves drops it too.
struct Watched {
    events: EventStream,
    observation: Arc<Observation>,
    first_token: Option<Instant>,
    last_token: Option<Instant>,
    done: Option<Instant>,
}

impl Watched {
    fn new(events: EventStream, observation: Arc<Observation>) -> Self {
        Self {
            events,
            observation,
            first_token: None,
            last_token: None,
            done: None,
        }
    }

    fn event(&mut self, event: &StreamEvent) {
        match event {
            StreamEvent::ContentBlockStart(_) | StreamEvent::ContentBlockDelta(_) => {
                self.first_token.get_or_insert_with(Instant::now);
            }
            StreamEvent::MessageStop(event) => {
                self.last_token = Some(Instant::now());
                let reason = event.stop_reason.as_ref();
                self.observation.seen().stop_reason =
                    reason.map(|reason| reason.as_str().to_owned());
            }
            StreamEvent::Metadata(event) => {
                if let Some(usage) = &event.usage {
                    let tokens = |count: Option<i32>| count.and_then(|n| u64::try_from(n).ok());
                    let mut seen = self.observation.seen();
                    seen.input_tokens = tokens(usage.input_tokens);
                    seen.output_tokens = tokens(usage.output_tokens);
                    seen.cache_read_tokens = tokens(usage.cache_read_input_tokens);
                    seen.cache_write_tokens = tokens(usage.cache_write_input_tokens);
                }
            }
            StreamEvent::MessageStart(_) | StreamEvent::ContentBlockStop(_) => {}
        }
    }
}

impl Stream for Watched {
    type Item = Result<StreamEvent, EngineError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let polled = ready!(this.events.as_mut().poll_next(cx));
        match &polled {
            Some(Ok(event)) => this.event(event),
            Some(Err(_)) | None => {
                this.done.get_or_insert_with(Instant::now);
            }
        }
        Poll::Ready(polled)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.events.size_hint()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let mut seen = self.observation.seen();
        seen.first_token = self.first_token;
        seen.last_token = self.last_token;
        seen.done = Some(self.done.unwrap_or_else(Instant::now));
    }
}

#[cfg(test)]
mod tests;
