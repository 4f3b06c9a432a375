//! Which server is asked, and which one after it.

use std::{sync::Arc, time::Duration};

use outcrop_backends::{
    BackendSettings,
    route::{Overrides, Route, RouteError, Router, RouterSettings, Target, Use},
};
use outcrop_catalogue::Catalogue;
use outcrop_engine::{Answer, Engine, EngineError, VideoRequest, VideoShot, fold};
use serde_json::json;

use crate::support::{Backend, Reply, Step, ask, caller, embed, patient, text};

fn named(name: &str, url: &str) -> BackendSettings {
    BackendSettings {
        name: Some(name.to_owned()),
        ..patient(url)
    }
}

fn to(backend: &str, model: &str) -> Target {
    Target::Backend {
        backend: backend.to_owned(),
        model: model.to_owned(),
        overrides: Overrides::default(),
    }
}

fn route(pattern: &str, uses: &[Use], targets: Vec<Target>) -> Route {
    Route {
        place: "a.toml:1: [[routes]]".to_owned(),
        models: vec![pattern.parse().unwrap()],
        uses: uses.to_vec(),
        targets,
    }
}

fn router(backends: Vec<BackendSettings>, routes: Vec<Route>) -> Router {
    Router::new(&RouterSettings { backends, routes }, None).unwrap()
}

/// A router that asks `a`, then `b`.
fn pair(a: &Backend, b: &Backend) -> Router {
    let backends = vec![named("a", &a.url), named("b", &b.url)];
    router(
        backends,
        vec![route("*", &[], vec![to("a", "m"), to("b", "n")])],
    )
}

async fn answer(router: &Router) -> Result<Answer, EngineError> {
    fold(router.converse(ask("Hello")).await?).await
}

fn error(status: &str, message: &str) -> Reply {
    Reply::json(status, &json!({"error": {"message": message}}))
}

#[tokio::test]
async fn patterns_fit_what_was_sent_for_every_use() {
    let vectors = json!({"data": [{"index": 0, "embedding": vec![0.5; 256]}]});
    let backend = Backend::start(vec![Reply::json("200 OK", &vectors)]).await;
    let arn =
        "arn:aws:bedrock:us-east-1:123456789012:custom-model/amazon.titan-embed-text-v2:0/abc";
    for (pattern, sent) in [
        ("us.amazon.*", "us.amazon.titan-embed-text-v2:0"),
        ("arn:aws:bedrock:*:custom-model/*", arn),
        ("abc", arn),
    ] {
        let only = route(pattern, &[Use::Embeddings], vec![to("a", "m")]);
        let router = router(vec![named("a", &backend.url)], vec![only]);
        let mut request = embed(&["x"], 256);
        assert!(router.embed(request.clone()).await.is_err(), "{pattern}");
        request.model_id = sent.to_owned();
        assert!(router.embed(request).await.is_ok(), "{pattern}");
    }
}

#[tokio::test]
async fn the_first_route_that_fits_names_the_model() {
    let a = Backend::start(vec![Reply::text("A")]).await;
    let b = Backend::start(vec![Reply::text("B")]).await;
    let vectors = json!({"data": [{"index": 0, "embedding": vec![0.5; 256]}]});
    let c = Backend::start(vec![Reply::json("200 OK", &vectors)]).await;
    let backends = vec![named("a", &a.url), named("b", &b.url), named("c", &c.url)];
    for (pattern, told) in [
        ("us.amazon.*", "A"),
        ("amazon.nova-lite-v1:0", "A"),
        ("anthropic.*", "B"),
    ] {
        let routes = vec![
            route("*", &[Use::Embeddings], vec![to("c", "vectors")]),
            route(pattern, &[], vec![to("a", "m")]),
            route("*", &[], vec![to("b", "n")]),
        ];
        let router = router(backends.clone(), routes);
        assert_eq!(text(&answer(&router).await.unwrap()), told, "{pattern}");
        let embeddings = router.embed(embed(&["x"], 256)).await.unwrap();
        assert_eq!(embeddings.vectors.len(), 1);
    }
    assert_eq!(a.received()[0].body["model"], "m");
    assert_eq!(b.received()[0].body["model"], "n");
    assert_eq!(c.received()[0].body["model"], "vectors");
}

#[tokio::test]
async fn a_model_that_no_route_fits_is_an_error_that_names_the_setting() {
    let a = Backend::start(vec![Reply::text("A")]).await;
    let routes = vec![route("anthropic.*", &[], vec![to("a", "m")])];
    let router = router(vec![named("a", &a.url)], routes);
    let Err(EngineError::ResourceNotFound(message)) = answer(&router).await else {
        panic!()
    };
    assert!(message.contains("amazon.nova-lite-v1:0"), "{message}");
    assert!(message.contains("`backend_model`") && message.contains("`[[routes]]`"));
    assert!(router.count_tokens(ask("x")).await.is_err());
    let Err(EngineError::ResourceNotFound(message)) = router.embed(embed(&["x"], 256)).await else {
        panic!()
    };
    assert!(message.contains("`backend_embedding_model`"), "{message}");
    assert!(a.received().is_empty());
}

#[tokio::test]
async fn what_another_may_answer_is_asked_of_it() {
    for reply in [
        error("500 Internal Server Error", "out of memory"),
        error("503 Service Unavailable", "Loading model"),
        error("429 Too Many Requests", "slow down"),
        Reply::pieces([b"data: {\"error\": {\"message\": \"x\", \"code\": 500}}\n\n".as_slice()]),
        Reply::steps(vec![Step::Break]),
    ] {
        let (a, b) = (
            Backend::start(vec![reply]).await,
            Backend::start(vec![Reply::text("B")]).await,
        );
        let answer = answer(&pair(&a, &b)).await.unwrap();
        assert_eq!(text(&answer), "B");
        assert_eq!(a.received().len(), 1);
        assert_eq!(b.received()[0].body["model"], "n");
    }
}

#[tokio::test]
async fn an_unreachable_server_and_a_slow_one_are_passed_over() {
    let b = Backend::start(vec![Reply::text("B")]).await;
    let mut slow = named(
        "a",
        &Backend::start(vec![Reply::steps(vec![Step::Stall])])
            .await
            .url,
    );
    slow.timeout = Duration::from_millis(50);
    for first in [named("a", "http://127.0.0.1:1/v1"), slow] {
        let routes = vec![route("*", &[], vec![to("a", "m"), to("b", "n")])];
        let router = router(vec![first, named("b", &b.url)], routes);
        assert_eq!(text(&answer(&router).await.unwrap()), "B");
    }
}

#[tokio::test]
async fn mistakes_are_not_hidden_by_another_server() {
    for (status, reply) in [
        (400, error("400 Bad Request", "no")),
        (401, error("401 Unauthorized", "no")),
        (403, error("403 Forbidden", "no")),
        (404, error("404 Not Found", "no")),
    ] {
        let (a, b) = (
            Backend::start(vec![reply]).await,
            Backend::start(vec![Reply::text("B")]).await,
        );
        let error = answer(&pair(&a, &b)).await.err().unwrap();
        let fits = matches!(
            (status, &error),
            (400, EngineError::ModelValidation(_))
                | (401 | 403, EngineError::AccessDenied(_))
                | (404, EngineError::ResourceNotFound(_))
        );
        assert!(fits, "{status} {error}");
        assert!(b.received().is_empty());
        if status == 401 {
            assert!(
                error.to_string().contains("`api_key` of `[backends.a]`"),
                "{error}"
            );
        }
    }
}

#[tokio::test]
async fn once_an_answer_has_begun_nobody_else_is_asked() {
    let first = b"data: {\"choices\":[{\"delta\":{\"content\":\"A\"}}]}\n\n".to_vec();
    let broken = Reply::steps(vec![Step::Send(first), Step::Break]);
    let (a, b) = (
        Backend::start(vec![broken]).await,
        Backend::start(vec![Reply::text("B")]).await,
    );
    let error = answer(&pair(&a, &b)).await.err().unwrap();
    assert!(matches!(error, EngineError::ModelStream { .. }), "{error}");
    assert!(b.received().is_empty());
}

#[tokio::test]
async fn the_last_error_is_told_when_nobody_answers() {
    let (a, b) = (
        Backend::start(vec![error("500 Internal Server Error", "first")]).await,
        Backend::start(vec![error("500 Internal Server Error", "last")]).await,
    );
    let router = pair(&a, &b);
    // Circuits that are open do not refuse by themselves.
    for _ in 0..5 {
        let error = answer(&router).await.err().unwrap();
        let EngineError::ModelError {
            message,
            original_status_code,
            ..
        } = error
        else {
            panic!("{error}")
        };
        assert_eq!(original_status_code, Some(500));
        assert!(["first", "last"].contains(&message.as_str()), "{message}");
    }
    assert_eq!(a.received().len(), 5);
    assert_eq!(b.received().len(), 5);
}

#[tokio::test]
async fn a_server_that_keeps_failing_is_asked_last() {
    let (a, b) = (
        Backend::start(vec![error("500 Internal Server Error", "no")]).await,
        Backend::start(vec![Reply::text("B")]).await,
    );
    let router = pair(&a, &b);
    for _ in 0..6 {
        assert_eq!(text(&answer(&router).await.unwrap()), "B");
    }
    assert_eq!(a.received().len(), 3);
    assert_eq!(b.received().len(), 6);
}

#[tokio::test]
async fn a_server_that_is_down_when_asked_for_its_health_is_asked_last() {
    let a = Backend::start(vec![
        error("500 Internal Server Error", "down"),
        Reply::text("A"),
    ])
    .await;
    let b = Backend::start(vec![Reply::text("B")]).await;
    let mut first = named("a", &a.url);
    first.health = Some(Duration::from_hours(1));
    let routes = vec![route("*", &[], vec![to("a", "m"), to("b", "n")])];
    let router = router(vec![first, named("b", &b.url)], routes);
    let settled = async {
        while a.received().is_empty() {
            tokio::task::yield_now().await;
        }
        // What it said is known when it is known.
        while text(&answer(&router).await.unwrap()) != "B" {
            tokio::task::yield_now().await;
        }
    };
    let settled = tokio::time::timeout(Duration::from_secs(30), settled).await;
    settled.unwrap();
    assert!(a.received()[0].head.starts_with("get /v1/models "));
}

#[tokio::test]
async fn a_target_may_differ_in_limits_and_temperature() {
    let a = Backend::start(vec![Reply::text("A")]).await;
    let overrides = Overrides {
        timeout: None,
        max_tokens: Some(7),
        temperature: Some(0.25),
    };
    let target = Target::Backend {
        backend: "a".to_owned(),
        model: "m".to_owned(),
        overrides,
    };
    let routes = vec![route("*", &[], vec![target])];
    let router = router(vec![named("a", &a.url)], routes);
    answer(&router).await.unwrap();
    let body = &a.received()[0].body;
    let limit = body.get("max_tokens").or(body.get("max_completion_tokens"));
    assert_eq!(limit, Some(&json!(7)));
    assert_eq!(body["temperature"], json!(0.25));
}

#[tokio::test]
async fn the_canned_engine_answers_only_where_it_is_asked_for() {
    let routes = vec![route("*", &[], vec![to("a", "m"), Target::Canned])];
    let router = router(vec![named("a", "http://127.0.0.1:1/v1")], routes);
    assert!(!text(&answer(&router).await.unwrap()).is_empty());
}

#[tokio::test]
async fn what_a_new_configuration_keeps_goes_on() {
    let (a, b) = (
        Backend::start(vec![error("500 Internal Server Error", "no")]).await,
        Backend::start(vec![Reply::text("B")]).await,
    );
    let before = pair(&a, &b);
    for _ in 0..3 {
        answer(&before).await.unwrap();
    }
    let backends = vec![named("a", &a.url), named("b", &b.url)];
    let routes = vec![route("amazon.*", &[], vec![to("a", "m"), to("b", "n")])];
    let settings = RouterSettings { backends, routes };
    let after = Router::new(&settings, Some(&before)).unwrap();
    answer(&after).await.unwrap();
    // It is still known that this one fails.
    assert_eq!(a.received().len(), 3);
}

#[tokio::test]
async fn routes_that_lead_nowhere_are_refused() {
    let refused = |backends, routes| {
        let settings = RouterSettings { backends, routes };
        Router::new(&settings, None).err().unwrap()
    };
    let a = || vec![named("a", "http://127.0.0.1:1/v1")];
    let error = refused(a(), vec![route("*", &[], vec![to("b", "m")])]);
    assert!(matches!(error, RouteError::Unknown { .. }), "{error}");
    assert!(
        error
            .to_string()
            .starts_with("a.toml:1: [[routes]]: there is no backend b")
    );
    let error = refused(a(), vec![route("*", &[], Vec::new())]);
    assert!(matches!(error, RouteError::NoTarget { .. }), "{error}");
    let error = refused(a(), vec![route("*", &[], vec![to("a", "m"), to("a", "m")])]);
    assert!(matches!(error, RouteError::Twice { .. }), "{error}");
    let error = refused([a(), a()].concat(), Vec::new());
    assert!(matches!(error, RouteError::Duplicate { .. }), "{error}");
}

fn film() -> VideoRequest {
    let catalogue = Catalogue::builtin().unwrap();
    VideoRequest {
        model: Arc::clone(catalogue.model("amazon.nova-reel-v1:1").unwrap()),
        caller: caller(),
        shots: vec![VideoShot {
            prompt: "a lighthouse".to_owned(),
            images: Vec::new(),
            seed: 0,
        }],
        seconds_per_shot: 1,
        width: 320,
        height: 180,
        frames_per_second: 24,
        loops: false,
    }
}

#[tokio::test]
async fn videos_are_drawn_without_a_model_where_a_route_says_so_only() {
    let backend = Backend::start(Vec::new()).await;
    let to_backend = |uses: &[Use]| {
        let routes = vec![route("*", uses, vec![to("a", "m")])];
        router(vec![named("a", &backend.url)], routes)
    };
    let refused = to_backend(&[]).generate_video(film()).await;
    let Err(EngineError::Validation(message)) = refused else {
        panic!("{refused:?}");
    };
    assert!(message.contains("`[[routes]]`"), "{message}");
    let unmapped = to_backend(&[Use::Chat]).generate_video(film()).await;
    let Err(EngineError::ResourceNotFound(message)) = unmapped else {
        panic!("{unmapped:?}");
    };
    assert!(message.contains("`canned = true`"), "{message}");
    assert!(backend.received().is_empty());
    let canned = route("amazon.nova-reel*", &[Use::Videos], vec![Target::Canned]);
    assert!(
        router(Vec::new(), vec![canned])
            .generate_video(film())
            .await
            .is_ok()
    );
}
