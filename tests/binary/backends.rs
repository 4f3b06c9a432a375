//! Backends and routes, and whether they work, against the real binary.

use std::{path::Path, process::Output};

use crate::common::{backend::Backend, command, soon};

async fn check(folder: &Path, config: &str, arguments: &[&str]) -> Output {
    std::fs::write(folder.join("outcrop.toml"), config).unwrap();
    let arguments = [&["backends", "check"], arguments].concat();
    let output = command(folder, &arguments).output();
    soon("the end of the command", output).await.unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn a_check_tells_what_works() {
    let backend = Backend::prompt("granite").await;
    let folder = tempfile::tempdir().unwrap();
    let config = format!(
        "[backends.one]\nurl = '{}'\n[[routes]]\nmodels = ['amazon.nova-*']\nbackend = 'one'\nmodel = 'm'\n",
        backend.url
    );
    let output = check(folder.path(), &config, &[]).await;
    let (printed, progress) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{printed}{progress}");
    let lines: Vec<_> = printed.lines().collect();
    assert_eq!(lines.len(), 2, "{printed}");
    assert!(lines[0].starts_with("one  models     works"), "{printed}");
    assert!(lines[0].ends_with("1 models"), "{printed}");
    assert!(lines[1].starts_with("one  chat of m  works"), "{printed}");
    assert!(progress.contains("calling one: chat of m"), "{progress}");
}

#[tokio::test]
async fn a_check_fails_where_something_does_not_work() {
    let backend = Backend::prompt("granite").await;
    let folder = tempfile::tempdir().unwrap();
    let config = format!(
        "[backends.one]\nurl = '{}'\n[backends.two]\nurl = 'http://127.0.0.1:1/v1'\nretries = 0\n\
         [[routes]]\nmodels = ['*']\nto = [{{ backend = 'one', model = 'm' }}, {{ backend = 'two', model = 'n' }}]\n",
        backend.url
    );
    let output = check(folder.path(), &config, &[]).await;
    let printed = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{printed}");
    assert!(printed.contains("one  chat of m  works"), "{printed}");
    assert!(printed.contains("two  chat of n  fails"), "{printed}");
}

#[tokio::test]
async fn a_check_takes_flags_and_a_model_map() {
    let backend = Backend::prompt("granite").await;
    let folder = tempfile::tempdir().unwrap();
    let map = "[invoke]\n\"anthropic.claude-3-haiku-20240307-v1:0\" = \"m\"\n";
    std::fs::write(folder.path().join("map.toml"), map).unwrap();
    let flags = ["--backend", &backend.url, "--model-map", "map.toml"];
    let output = check(folder.path(), "", &flags).await;
    let printed = text(&output.stdout);
    assert!(printed.contains("default  chat of m "), "{printed}");
    assert!(
        printed.contains("embeddings of nomic-embed-text"),
        "{printed}"
    );
    let nothing = check(folder.path(), "", &[]).await;
    assert_eq!(nothing.status.code(), Some(1));
    assert!(text(&nothing.stderr).contains("no backend is configured"));
}
