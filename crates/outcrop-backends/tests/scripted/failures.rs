//! What goes wrong with a server, as the engine says it.

use std::{sync::Arc, time::Duration};

use bedrock_runtime_smithy::model::ContentBlock;
use futures_util::StreamExt;
use outcrop_backends::OpenAiEngine;
use outcrop_engine::{Engine, EngineError, StreamEvent};
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::support::{Backend, Reply, Step, ask, engine, events, patient, text, whole};

const TOKEN: &[u8] = b"data: {\"choices\":[{\"delta\":{\"content\":\"A\"}}]}\n\n";

fn error(message: &str) -> Value {
    json!({"error": {"message": message, "type": "x", "code": null}})
}

/// The error of a question, before the first event.
async fn refusal(reply: Reply) -> EngineError {
    let backend = Backend::start(vec![reply]).await;
    match engine(&backend).converse(ask("Hello")).await {
        Err(error) => error,
        Ok(_) => panic!("the answer began"),
    }
}

/// What a question gets after the first event: the last item of its stream.
async fn interruption(steps: Vec<Step>) -> EngineError {
    let mut all = vec![Step::Send(TOKEN.to_vec())];
    all.extend(steps);
    let backend = Backend::start(vec![Reply::steps(all)]).await;
    let mut events = events(&engine(&backend)).await;
    assert!(matches!(events[0], Ok(StreamEvent::MessageStart(_))));
    assert_eq!(events.iter().filter(|event| event.is_err()).count(), 1);
    events.pop().unwrap().unwrap_err()
}

#[tokio::test]
async fn statuses_become_the_services_own_errors() {
    let limited = Reply::json(
        "429 Too Many Requests\r\nretry-after: 7",
        &error("slow down"),
    );
    assert_eq!(
        refusal(limited).await,
        EngineError::Throttling {
            message: "slow down".to_owned(),
            retry_after: Some(7),
        }
    );
    for status in [
        "500 Internal Server Error",
        "502 Bad Gateway",
        "503 Service Unavailable",
    ] {
        let number: i32 = status[..3].parse().unwrap();
        assert_eq!(
            refusal(Reply::json(status, &error("no memory"))).await,
            EngineError::ModelError {
                message: "no memory".to_owned(),
                original_status_code: Some(number),
                resource_name: Some("llama3.1:8b".to_owned()),
            }
        );
    }
    let bad = Reply::json("400 Bad Request", &error("too long"));
    assert_eq!(
        refusal(bad).await,
        EngineError::ModelValidation("too long".to_owned())
    );
}

#[tokio::test]
async fn errors_that_a_setting_mends_name_it() {
    for status in ["401 Unauthorized", "403 Forbidden"] {
        let EngineError::AccessDenied(message) =
            refusal(Reply::json(status, &error("no key"))).await
        else {
            panic!("{status}")
        };
        assert!(
            message.contains("no key") && message.contains("`backend_api_key`"),
            "{message}"
        );
    }
    let missing = Reply::json("404 Not Found", &error("model not found"));
    let EngineError::ResourceNotFound(message) = refusal(missing).await else {
        panic!()
    };
    for part in ["`backend_model`", "llama3.1:8b", "amazon.nova-lite-v1:0"] {
        assert!(message.contains(part), "{part}: {message}");
    }
}

#[tokio::test]
async fn a_server_that_loads_its_model_is_not_ready() {
    let loading = Reply::json("503 Service Unavailable", &error("Loading model"));
    assert!(matches!(
        refusal(loading).await,
        EngineError::ModelNotReady(_)
    ));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unavailable() {
    // Nothing listens on the port of a listener that is gone.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    drop(listener);
    let engine = OpenAiEngine::new(patient(&url)).unwrap();
    let Err(EngineError::ServiceUnavailable(message)) = whole(&engine).await else {
        panic!()
    };
    assert!(
        message.contains(&url) && message.contains("`backend`"),
        "{message}"
    );
}

#[tokio::test]
async fn an_error_inside_a_success_is_an_error() {
    let limited = json!({"error": {"message": "slow down", "code": 429}});
    let plain = Reply::json("200 OK", &limited);
    assert!(matches!(
        refusal(plain).await,
        EngineError::Throttling { .. }
    ));
    let streamed = Reply::chunks(std::slice::from_ref(&limited));
    assert!(matches!(
        refusal(streamed).await,
        EngineError::Throttling { .. }
    ));
    let named = Reply::pieces([&b"event: error\ndata: {\"message\": \"no memory\"}\n\n"[..]]);
    assert!(matches!(
        refusal(named).await,
        EngineError::ModelError { .. }
    ));
    // The role says nothing yet.
    let role = json!({"choices": [{"delta": {"role": "assistant", "content": ""}}]});
    let late = Reply::chunks(&[role, error("no memory")]);
    assert!(matches!(
        refusal(late).await,
        EngineError::ModelError { .. }
    ));
}

#[tokio::test]
async fn an_error_within_an_answer_ends_its_stream() {
    let failed = json!({"error": {"message": "no memory", "code": 500}});
    let failed = Step::Send(format!("data: {failed}\n\n").into_bytes());
    assert_eq!(
        interruption(vec![failed]).await,
        EngineError::ModelStream {
            message: "no memory".to_owned(),
            original_status_code: Some(500),
        }
    );
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_a_stream_error() {
    let malformed = Step::Send(b"data: {\"choices\":[{\"del\n\n".to_vec());
    for step in [Step::Break, malformed] {
        let error = interruption(vec![step]).await;
        assert!(
            matches!(error, EngineError::ModelStream { .. }),
            "{error:?}"
        );
    }
    // The body ends as it should, the answer does not.
    let error = interruption(Vec::new()).await;
    assert!(
        matches!(error, EngineError::ModelStream { .. }),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_connection_that_is_reset_is_a_stream_error() {
    let seen = Arc::new(Notify::new());
    let steps = vec![
        Step::Send(TOKEN.to_vec()),
        Step::Wait(Arc::clone(&seen)),
        Step::Reset,
    ];
    let backend = Backend::start(vec![Reply::steps(steps)]).await;
    let mut events = engine(&backend).converse(ask("Hello")).await.unwrap();
    // A reset takes along what was not read before it.
    events.next().await.unwrap().unwrap();
    seen.notify_one();
    let last = events.collect::<Vec<_>>().await.pop().unwrap();
    assert!(matches!(last, Err(EngineError::ModelStream { .. })));
}

#[tokio::test]
async fn what_breaks_before_the_first_event_is_a_model_error() {
    for reply in [
        Reply::steps(vec![Step::Break]),
        Reply::steps(Vec::new()),
        Reply::pieces([&b"data: {\n\n"[..]]),
        Reply::pieces([&b"<html>Hello</html>"[..]]),
        Reply::chunks(&[]),
    ] {
        let error = refusal(reply).await;
        assert!(matches!(error, EngineError::ModelError { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn a_server_that_never_begins_is_too_slow() {
    let backend = Backend::start(vec![Reply::steps(vec![Step::Stall])]).await;
    let mut settings = patient(&backend.url);
    settings.timeout = Duration::from_millis(50);
    let engine = OpenAiEngine::new(settings).unwrap();
    let Err(EngineError::ModelTimeout(message)) = whole(&engine).await else {
        panic!()
    };
    assert!(message.contains("`backend_timeout`"), "{message}");
    // On a busy machine the time may be over before the server has the request.
    if !backend.received().is_empty() {
        backend.abandoned().await;
    }
}

#[tokio::test]
async fn a_server_that_stops_in_the_middle_is_given_up() {
    let stalled = vec![Step::Send(TOKEN.to_vec()), Step::Stall];
    let backend = Backend::start(vec![Reply::steps(stalled)]).await;
    let mut settings = patient(&backend.url);
    settings.idle_timeout = Duration::from_millis(50);
    let engine = OpenAiEngine::new(settings).unwrap();
    assert!(matches!(
        whole(&engine).await,
        Err(EngineError::ModelTimeout(_))
    ));
    backend.abandoned().await;
}

#[tokio::test]
async fn another_try_helps_before_the_first_byte_only() {
    let busy = Reply::json("503 Service Unavailable", &error("busy"));
    let backend = Backend::start(vec![busy.clone(), busy.clone(), Reply::text("Hi"), busy]).await;
    let mut settings = patient(&backend.url);
    settings.retries = 2;
    let engine = OpenAiEngine::new(settings).unwrap();
    assert_eq!(text(&whole(&engine).await.unwrap()), "Hi");
    // The next question has no luck, and gives up after the last try.
    assert!(matches!(
        whole(&engine).await,
        Err(EngineError::ModelError { .. })
    ));
    assert_eq!(backend.received().len(), 6);

    let broken = Reply::steps(vec![Step::Send(TOKEN.to_vec()), Step::Break]);
    let backend = Backend::start(vec![broken]).await;
    let mut settings = patient(&backend.url);
    settings.retries = 2;
    let engine = OpenAiEngine::new(settings).unwrap();
    assert!(matches!(
        whole(&engine).await,
        Err(EngineError::ModelStream { .. })
    ));
    assert_eq!(backend.received().len(), 1);
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let reply = Reply::json(
        "307 Temporary Redirect\r\nlocation: http://127.0.0.1:1/",
        &json!({}),
    );
    let EngineError::ModelError {
        original_status_code,
        ..
    } = refusal(reply).await
    else {
        panic!()
    };
    assert_eq!(original_status_code, Some(307));
}

#[tokio::test]
async fn a_model_that_is_not_mapped_is_an_error_that_names_the_setting() {
    let backend = Backend::start(vec![Reply::text("Hi")]).await;
    let mut settings = patient(&backend.url);
    settings.models = "anthropic.*=x".parse().unwrap();
    let engine = OpenAiEngine::new(settings).unwrap();
    let Err(EngineError::ResourceNotFound(message)) = whole(&engine).await else {
        panic!()
    };
    assert!(message.contains("`backend_model`"), "{message}");
    assert!(backend.received().is_empty());
}

#[tokio::test]
async fn what_the_server_cannot_do_is_refused_before_it_is_asked() {
    let backend = Backend::start(vec![Reply::text("Hi")]).await;
    let mut request = ask("Hello");
    let video = bedrock_runtime_smithy::model::VideoBlock {
        format: "mp4".to_owned(),
        source: bedrock_runtime_smithy::model::VideoSource::Bytes(aws_smithy_types::Blob::new([1])),
    };
    request.messages[0].content.push(ContentBlock::Video(video));
    let refused = engine(&backend).converse(request).await.map(|_| ());
    assert!(matches!(refused, Err(EngineError::Validation(_))));
    assert!(backend.received().is_empty());
}

#[test]
fn addresses_and_keys_that_cannot_be_used_are_refused() {
    for url in [
        "localhost:11434/v1",
        "ftp://localhost",
        "http://a:b@localhost/v1",
        "",
        "/v1",
    ] {
        assert!(OpenAiEngine::new(patient(url)).is_err(), "{url}");
    }
    let mut settings = patient("http://localhost/v1");
    settings.api_key = Some(outcrop_backends::ApiKey("a\nb".to_owned()));
    assert!(OpenAiEngine::new(settings).is_err());
}
