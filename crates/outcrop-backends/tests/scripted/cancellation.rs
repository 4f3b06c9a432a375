//! Clients that go away.

use std::sync::Arc;

use futures_util::{FutureExt, StreamExt};
use outcrop_backends::OpenAiEngine;
use outcrop_engine::{Engine, canned::chance::Chance};
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

#[tokio::test]
async fn a_thousand_clients_that_go_at_any_moment_leave_nothing_behind() {
    const TURNS: usize = 4;
    let mut steps = vec![Step::Send(TOKEN.to_vec()); 20];
    steps.push(Step::Send(b"data: [DONE]\n\n".to_vec()));
    let backend = Backend::start(vec![Reply::steps(steps)]).await;
    let mut settings = patient(&backend.url);
    settings.concurrency = std::num::NonZeroUsize::new(TURNS).unwrap();
    settings.queue = 1000;
    let engine = Arc::new(OpenAiEngine::new(settings).unwrap());
    let mut chance = Chance::new(7);
    let question = ask("Hello");
    let clients: Vec<_> = (0..1000)
        .map(|_| {
            let (engine, question) = (Arc::clone(&engine), question.clone());
            let patience = chance.number() % 24;
            tokio::spawn(async move {
                // Some go before they have a turn, some in the middle, some after the end.
                let question = engine.converse(question);
                let answered = async {
                    let events = question.await?;
                    let _: Vec<_> = events
                        .take(usize::try_from(patience).unwrap_or(0))
                        .collect()
                        .await;
                    Ok::<_, outcrop_engine::EngineError>(())
                };
                if patience == 0 {
                    let _ = answered.now_or_never();
                } else {
                    answered.await.unwrap();
                }
            })
        })
        .collect();
    for client in clients {
        client.await.unwrap();
    }
    // All turns are free again: as many as there are begin at once, without anyone waiting.
    let mut answers = Vec::new();
    for _ in 0..TURNS {
        answers.push(engine.converse(ask("Hello")).await.unwrap());
    }
    assert_eq!(answers.len(), TURNS);
    drop(answers);
    // What is left are the tasks of the server and of kept connections: those end with their owners.
    drop(engine);
    drop(backend);
    let metrics = tokio::runtime::Handle::current().metrics();
    while metrics.num_alive_tasks() > 1 {
        tokio::task::yield_now().await;
    }
}
