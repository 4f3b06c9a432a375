//! How many requests a server gets at once.

use std::{num::NonZeroUsize, sync::Arc};

use outcrop_backends::OpenAiEngine;
use outcrop_engine::{Engine, EngineError};
use tokio::sync::Notify;

use crate::support::{Backend, Reply, Step, ask, patient, text, whole};

#[tokio::test]
async fn further_requests_wait_and_too_many_are_throttled() {
    let go_on = Arc::new(Notify::new());
    let first = b"data: {\"choices\":[{\"delta\":{\"content\":\"A\"}}]}\n\n".to_vec();
    let slow = Reply::steps(vec![
        Step::Send(first),
        Step::Wait(Arc::clone(&go_on)),
        Step::Send(b"data: [DONE]\n\n".to_vec()),
    ]);
    let backend = Backend::start(vec![slow, Reply::text("B")]).await;
    let mut settings = patient(&backend.url);
    settings.concurrency = NonZeroUsize::MIN;
    settings.queue = 1;
    let engine = Arc::new(OpenAiEngine::new(settings).unwrap());
    let running = engine.converse(ask("Hello")).await.unwrap();
    let waiting = whole(&engine);
    let mut waiting = Box::pin(waiting);
    assert!(futures_util::poll!(&mut waiting).is_pending());
    let Err(EngineError::Throttling { message, .. }) = whole(&engine).await else {
        panic!()
    };
    assert!(message.contains("`backend_concurrency`"), "{message}");
    assert_eq!(backend.received().len(), 1);
    go_on.notify_one();
    let answer = outcrop_engine::fold(running).await.unwrap();
    assert_eq!(text(&answer), "A");
    assert_eq!(text(&waiting.await.unwrap()), "B");
}
