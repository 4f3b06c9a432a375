//! Clients that go away.

use std::sync::Arc;

use futures_util::StreamExt;
use outcrop_backends::OpenAiEngine;
use outcrop_engine::Engine;
use tokio::sync::Notify;

use crate::support::{Backend, Reply, Step, ask, engine, patient, text, whole};

const TOKEN: &[u8] = b"data: {\"choices\":[{\"delta\":{\"content\":\"A\"}}]}\n\n";

#[tokio::test]
async fn dropping_an_answer_ends_the_servers_work() {
    let stalled = vec![Step::Send(TOKEN.to_vec()), Step::Stall];
    let backend = Backend::start(vec![Reply::steps(stalled)]).await;
    let mut events = engine(&backend).converse(ask("Hello")).await.unwrap();
    events.next().await.unwrap().unwrap();
    drop(events);
    backend.abandoned().await;
}

#[tokio::test]
async fn a_client_that_goes_before_the_first_event_ends_the_servers_work() {
    let arrived = Arc::new(Notify::new());
    let backend = Backend::start(vec![Reply::steps(vec![Step::Stall])]).await;
    let engine = Arc::new(engine(&backend));
    let asking = {
        let (engine, arrived) = (Arc::clone(&engine), Arc::clone(&arrived));
        tokio::spawn(async move {
            let question = engine.converse(ask("Hello"));
            arrived.notify_one();
            question.await.map(|_| ())
        })
    };
    arrived.notified().await;
    while backend.received().is_empty() {
        tokio::task::yield_now().await;
    }
    asking.abort();
    backend.abandoned().await;
}

#[tokio::test]
async fn an_answer_that_is_dropped_gives_its_turn_back() {
    let stalled = Reply::steps(vec![Step::Send(TOKEN.to_vec()), Step::Stall]);
    let backend = Backend::start(vec![stalled, Reply::text("Hi")]).await;
    let mut settings = patient(&backend.url);
    settings.concurrency = std::num::NonZeroUsize::MIN;
    let engine = OpenAiEngine::new(settings).unwrap();
    let events = engine.converse(ask("Hello")).await.unwrap();
    let next = whole(&engine);
    drop(events);
    assert_eq!(text(&next.await.unwrap()), "Hi");
}

#[tokio::test]
async fn a_server_is_read_only_as_far_as_the_client_asks() {
    // Far more than sockets and the client hold.
    let many = vec![Step::Send(TOKEN.repeat(20_000)); 100];
    let finished = Arc::new(Notify::new());
    let mut steps = many;
    steps.push(Step::Wait(Arc::clone(&finished)));
    let backend = Backend::start(vec![Reply::steps(steps)]).await;
    let mut events = engine(&backend).converse(ask("Hello")).await.unwrap();
    for _ in 0..10 {
        events.next().await.unwrap().unwrap();
    }
    // The server is still writing: going away is what it notices.
    drop(events);
    backend.abandoned().await;
}
