use std::path::PathBuf;

use outcrop_backends::route::Target;

use super::Answering;
use crate::config::{Sources, resolve};

fn answers(sources: &Sources) -> Result<(), String> {
    let effective = resolve(sources).map_err(|error| error.to_string())?;
    let answering = Answering::new(&effective, None);
    answering.map(|_| ()).map_err(|error| error.to_string())
}

fn with_flags(flags: &[(&'static str, &str)]) -> Result<(), String> {
    let flags = flags.iter().map(|(name, text)| (*name, (*text).to_owned()));
    answers(&Sources {
        flags: flags.collect(),
        ..Sources::default()
    })
}

fn with_file(text: &str) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("outcrop.toml");
    std::fs::write(&path, text).unwrap();
    answers(&Sources {
        file: Some(path),
        ..Sources::default()
    })
}

const BACKEND: (&str, &str) = ("backend", "http://localhost:11434/v1");
const MODEL: (&str, &str) = ("backend_model", "llama3.1:8b");
const A: &str = "[backends.a]\nurl = 'http://localhost:1/v1'\n";

#[test]
fn a_backend_needs_models_and_the_other_way_round() {
    assert_eq!(with_flags(&[]), Ok(()));
    assert_eq!(with_flags(&[BACKEND, MODEL]), Ok(()));
    assert!(with_flags(&[BACKEND]).is_err());
    assert!(with_flags(&[MODEL]).is_err());
}

#[test]
fn the_key_may_be_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    let file = ("backend_api_key_file", path.to_str().unwrap());
    let message = with_flags(&[BACKEND, MODEL, file]).unwrap_err();
    assert!(message.contains("`backend_api_key_file`"), "{message}");
    std::fs::write(&path, "secret\n").unwrap();
    assert_eq!(with_flags(&[BACKEND, MODEL, file]), Ok(()));
    let key = ("backend_api_key", "secret");
    assert!(with_flags(&[BACKEND, MODEL, file, key]).is_err());
}

#[test]
fn the_file_may_have_backends_and_routes() {
    for route in [
        "models = ['anthropic.*']\nbackend = 'a'\nmodel = 'm'\n",
        "models = ['*']\nuse = ['chat', 'rerank']\nto = [{ backend = 'a', model = 'm' }, { backend = 'a', model = 'n', timeout = '8s' }, { canned = true }]\n",
        "models = ['*']\ncanned = true\n",
    ] {
        let text = format!(
            "{A}kind = 'openai'\nheaders = {{ x-team = 'a' }}\nretries = 0\nconcurrency = 4\n[[routes]]\n{route}"
        );
        assert_eq!(with_file(&text), Ok(()), "{text}");
    }
}

#[test]
fn what_is_wrong_with_tables_is_told_with_its_place() {
    for (text, words) in [
        (
            "[backends.a]\n",
            "outcrop.toml:1: [backends.a]: missing field `url`",
        ),
        (
            "[backends.a]\nurl = 'x'\n",
            "outcrop.toml:2: [backends.a]: \"x\" is not an http",
        ),
        (
            "[backends.a]\nurl = 'http://h'\nulr = 1\n",
            "outcrop.toml:3: [backends.a]: unknown field `ulr`",
        ),
        (
            "[backends.a]\nurl = 'http://h'\nkind = 'x'\n",
            "expected openai or anthropic",
        ),
        (
            "[backends.a]\nurl = 'http://h'\napi_key_env = 'NONE'\n",
            "[backends.a]: `api_key_env` names the environment variable NONE",
        ),
        (
            "[backends.a]\nurl = 'http://h'\napi_key_file = '/absent'\n",
            "/absent: cannot read the file that `api_key_file` of `[backends.a]`",
        ),
        (
            "[backends.a]\nurl = 'http://h'\napi_key = 'a'\napi_key_env = 'b'\n",
            "only one of `api_key`",
        ),
        (
            "backends = 1\n",
            "outcrop.toml:1: `backends` is a table of tables",
        ),
        ("[routes]\n", "outcrop.toml:1: `routes` is a list of tables"),
        (
            "[[routes]]\nmodels = ['a?']\ncanned = true\n",
            "outcrop.toml:2: [[routes]]: \"a?\" is no pattern",
        ),
        (
            "[[routes]]\nmodels = ['a']\nuse = ['talk']\n",
            "\"talk\" is no use",
        ),
        (
            "[[routes]]\nmodels = ['a']\n",
            "[[routes]]: this route has no target",
        ),
        (
            "[[routes]]\nmodels = []\ncanned = true\n",
            "this route is for no model",
        ),
        (
            "[[routes]]\nmodels = ['a']\nbackend = 'b'\nmodel = 'm'\n",
            "there is no backend b; add a `[backends.NAME]` table",
        ),
        (
            "[[routes]]\nmodels = ['a']\nbackend = 'b'\n",
            "`model` is missing",
        ),
        (
            "[[routes]]\nmodels = ['a']\ncanned = true\nto = [{ canned = true }]\n",
            "`to` lists every target",
        ),
        (
            "[backends.a]\nurl = 'http://h'\n[[routes]]\nmodels = ['a']\nto = [{ backend = 'a', model = 'm' }, { backend = 'a', model = 'm' }]\n",
            "leads to m of the backend a twice",
        ),
        (
            "backend = 'http://h'\nbackend_model = 'm'\n[backends.default]\nurl = 'http://h'\n",
            "two backends named default",
        ),
    ] {
        let message = with_file(text).unwrap_err();
        assert!(message.contains(words), "{text}: {message}");
    }
}

#[test]
fn judges_need_a_backend_that_there_is() {
    let nowhere = ("guardrail_filter_judge", "llama-guard3:8b@nowhere");
    let message = with_flags(&[nowhere]).unwrap_err();
    assert!(
        message.contains("`guardrail_filter_judge`") && message.contains("nowhere"),
        "{message}"
    );
    let topics = ("guardrail_topic_judge", "qwen3:8b");
    assert!(with_flags(&[topics]).is_err());
    assert_eq!(with_flags(&[BACKEND, topics]), Ok(()));
    let file = format!("guardrail_image_judge = 'llava:7b@a'\n{A}");
    assert_eq!(with_file(&file), Ok(()));
}

#[test]
fn a_backend_that_only_judges_leaves_the_canned_engine() {
    let flags = [BACKEND, ("guardrail_topic_judge", "qwen3:8b")];
    let flags = flags.map(|(name, text)| (name, text.to_owned()));
    let effective = resolve(&Sources {
        flags: flags.into_iter().collect(),
        ..Sources::default()
    });
    let routes = super::plan(&effective.unwrap()).unwrap().routes;
    let canned = routes.iter().find(|route| route.models[0].fits("any"));
    assert_eq!(canned.unwrap().targets, [Target::Canned]);
    assert_eq!(routes.len(), 2);
}

#[test]
fn a_scenario_that_says_nothing_or_too_much_is_told() {
    for (text, word) in [
        ("contains = 'x'\n", "finds nothing"),
        (
            "findings = [{ policy = 'filter', category = 'HATE' }]\n",
            "confidence",
        ),
        (
            "findings = [{ policy = 'topic', name = 'T', acton = 'NONE' }]\n",
            "acton",
        ),
        ("findings = [{ policy = 'mood' }]\n", "mood"),
        ("only = true\ndirection = 'both'\n", "both"),
        ("only = true\nwhen = 'x'\n", "when"),
    ] {
        let message = with_file(&format!("[[guardrail_scenarios]]\n{text}")).unwrap_err();
        assert!(message.contains(word), "{text}: {message}");
    }
    assert_eq!(with_file("[[guardrail_scenarios]]\nonly = true\n"), Ok(()));
    assert!(with_file("guardrail_scenarios = 1\n").is_err());
}
