//! A configuration that changes while the server runs, against the real binary.

use std::{net::SocketAddr, path::Path};

use bytes::Bytes;
use http::{Request, Response, StatusCode};

use crate::common::{
    Outcrop,
    backend::Backend,
    client::{Client, connect, full},
    soon,
};

fn write(path: &Path, backend: &Backend) {
    let text = format!(
        "[backends.one]\nurl = '{}'\n\n[[routes]]\nmodels = ['amazon.*']\nbackend = 'one'\nmodel = 'm'\n",
        backend.url
    );
    std::fs::write(path, text).unwrap();
}

async fn ask(address: SocketAddr, operation: &str) -> Response<Bytes> {
    ask_of(address, "amazon.nova-lite-v1%3A0", operation).await
}

async fn ask_of(address: SocketAddr, model: &str, operation: &str) -> Response<Bytes> {
    let mut client = Client::http1(connect(address).await).await;
    let url = format!("http://localhost/model/{model}/{operation}");
    let request = Request::post(url)
        .header("host", "localhost")
        .header("content-type", "application/json")
        .body(full(
            r#"{"messages":[{"role":"user","content":[{"text":"hello"}]}]}"#,
        ));
    client.send(request.unwrap()).await
}

fn says(response: &Response<Bytes>, word: &str) -> bool {
    String::from_utf8_lossy(response.body()).contains(word)
}

#[tokio::test]
async fn a_new_configuration_answers_new_requests_and_streams_keep_the_old() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("outcrop.toml");
    let (old, new) = (
        Backend::start("granite").await,
        Backend::prompt("basalt").await,
    );
    write(&path, &old);
    let mut server = Outcrop::start(&["--config", path.to_str().unwrap()]).await;
    let address = server.address;
    let running = tokio::spawn(ask(address, "converse-stream"));
    soon("an answer's begin", old.begun.acquire())
        .await
        .unwrap()
        .forget();

    write(&path, &new);
    server.signal("HUP").await;
    server.logs("as the configuration has them now").await;
    let answer = ask(address, "converse").await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(says(&answer, "basalt"), "{answer:?}");

    old.go_on.add_permits(1);
    let streamed = soon("the stream's end", running).await.unwrap();
    assert!(
        says(&streamed, "granite") && says(&streamed, "messageStop"),
        "{streamed:?}"
    );
    assert!(!says(&streamed, "xception"), "{streamed:?}");
}

#[tokio::test]
async fn a_wrong_configuration_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("outcrop.toml");
    let backend = Backend::prompt("granite").await;
    write(&path, &backend);
    let mut server = Outcrop::start(&["--config", path.to_str().unwrap()]).await;
    for (text, reason) in [
        (
            "[[routes]]\nmodels = ['*']\nbackend = 'two'\nmodel = 'm'\n",
            "there is no backend two",
        ),
        ("listen = ", "not valid TOML"),
    ] {
        std::fs::write(&path, text).unwrap();
        server.signal("HUP").await;
        let line = server.logs("stay as they are").await;
        assert!(line.contains(reason), "{line}");
        assert!(says(&ask(server.address, "converse").await, "granite"));
    }
    write(&path, &backend);
    server.signal("HUP").await;
    server.logs("as the configuration has them now").await;
    assert!(says(&ask(server.address, "converse").await, "granite"));
}

async fn post(address: SocketAddr, path: &str, body: String) -> Response<Bytes> {
    let mut client = Client::http1(connect(address).await).await;
    let request = Request::post(format!("http://localhost{path}"))
        .header("host", "localhost")
        .header("content-type", "application/json")
        .body(full(&body));
    client.send(request.unwrap()).await
}

#[tokio::test]
async fn a_new_scenario_acts_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("outcrop.toml");
    std::fs::write(&path, "").unwrap();
    let mut server = Outcrop::start(&["--config", path.to_str().unwrap()]).await;
    let address = server.address;
    let guardrail = r#"{"name":"g","blockedInputMessaging":"i","blockedOutputsMessaging":"o","wordPolicyConfig":{"wordsConfig":[{"text":"granite"}]}}"#;
    let made = post(address, "/guardrails", guardrail.to_owned()).await;
    let made: serde_json::Value = serde_json::from_slice(made.body()).unwrap();
    let id = made["guardrailId"].as_str().unwrap();
    let apply = async || {
        let body = r#"{"source":"INPUT","content":[{"text":{"text":"Hello"}}]}"#;
        let path = format!("/guardrail/{id}/version/DRAFT/apply");
        post(address, &path, body.to_owned()).await
    };
    assert!(says(&apply().await, r#""action":"NONE""#));
    let scenario = "[[guardrail_scenarios]]\nfindings = [{ policy = 'topic', name = 'T' }]\n";
    std::fs::write(&path, scenario).unwrap();
    server.signal("HUP").await;
    server.logs("as the configuration has them now").await;
    assert!(says(&apply().await, r#""action":"GUARDRAIL_INTERVENED""#));
}

#[tokio::test]
async fn models_of_a_file_are_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("models.toml");
    let model = |id: &str| format!("[[model]]\nid = \"{id}\"\nlike = \"amazon.nova-lite-v1:0\"\n");
    std::fs::write(&path, model("acme.old-v1:0")).unwrap();
    let mut server = Outcrop::start(&["--models", path.to_str().unwrap()]).await;
    let address = server.address;
    let status = async |id: &str| ask_of(address, id, "converse").await.status();
    assert_eq!(status("acme.old-v1%3A0").await, StatusCode::OK);
    assert_eq!(status("acme.new-v1%3A0").await, StatusCode::BAD_REQUEST);

    std::fs::write(&path, model("acme.new-v1:0")).unwrap();
    server.signal("HUP").await;
    server.logs("as the configuration has them now").await;
    assert_eq!(status("acme.new-v1%3A0").await, StatusCode::OK);
    assert_eq!(status("acme.old-v1%3A0").await, StatusCode::BAD_REQUEST);
    let mut client = Client::http1(connect(address).await).await;
    let listed = client.get("/foundation-models").await;
    assert!(says(&listed, "acme.new-v1:0") && !says(&listed, "acme.old-v1:0"));

    std::fs::write(
        &path,
        "[[model]]\nid = \"acme.new-v1:0\"\nlike = \"no.such\"\n",
    )
    .unwrap();
    server.signal("HUP").await;
    let line = server.logs("stay as they are").await;
    assert!(
        line.contains("models.toml") && line.contains("no.such"),
        "{line}"
    );
    assert_eq!(status("acme.new-v1%3A0").await, StatusCode::OK);
}
