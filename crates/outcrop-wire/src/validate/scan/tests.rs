use super::*;
use crate::testing;

fn verdict(operation: &str, body: impl AsRef<[u8]>) -> Verdict {
    let table = testing::table();
    let found = table
        .operations()
        .iter()
        .find(|entry| entry.name == operation);
    scan(
        &Plan::new(&table, found.expect("in the table")),
        body.as_ref(),
    )
}

#[test]
fn bodies_within_the_constraints_are_clean() {
    for body in [
        "{}",
        r#" { "inferenceConfig" : { "temperature" : 0.5 , "maxTokens" : -3 } } "#,
        r#"{"inferenceConfig":{"temperature":1},"messages":[{"role":"x","content":[{"text":"a \"b\" {[ \\"}]}]}"#,
        r#"{"inferenceConfig":{"temperature":null}}"#,
        r#"{"additionalModelResponseFieldPaths":["/a","b"],"requestMetadata":{"k":"v"}}"#,
        r#"{"temperature":9,"other":{"temperature":9}}"#,
        r#"{"additionalModelRequestFields":{"inferenceConfig":{"temperature":9}}}"#,
    ] {
        assert_eq!(verdict("Converse", body), Verdict::Clean, "{body}");
    }
}

#[test]
fn broken_constraints_are_suspicious() {
    for body in [
        r#"{"inferenceConfig":{"temperature":1.0001}}"#,
        r#"{"inferenceConfig":{"temperature":-1e-9}}"#,
        r#"{"inferenceConfig":{"temperature":1e400}}"#,
        r#"{"inferenceConfig":{"temperature":"NaN"}}"#,
        r#"{"inference\u0043onfig":{"temperature":2}}"#,
        r#"{"inferenceConfig":{"temperature":0},"inferenceConfig":{"temperature":2}}"#,
        r#"{"additionalModelResponseFieldPaths":["/a",""]}"#,
        r#"{"additionalModelResponseFieldPaths":["/a-far-too-long-path"]}"#,
        r#"{"requestMetadata":{"K":"v"}}"#,
        r#"{"requestMetadata":{"k":"V"}}"#,
    ] {
        assert_eq!(verdict("Converse", body), Verdict::Suspicious, "{body}");
    }
}

#[test]
fn recursive_shapes_are_followed() {
    let body = r#"{"filter":{"andAll":[{"andAll":[{"threshold":0.5}]},{"threshold":2}]}}"#;
    assert_eq!(verdict("CreateThing", body), Verdict::Suspicious);
    assert_eq!(
        verdict("CreateThing", body.replace('2', "0.2")),
        Verdict::Clean
    );
    assert_eq!(
        verdict("CreateThing", r#"{"entities":["a"]}"#),
        Verdict::Clean
    );
    assert_eq!(
        verdict("CreateThing", r#"{"entities":["a","b"]}"#),
        Verdict::Suspicious
    );
}

#[test]
fn what_is_not_json_is_left_alone() {
    for body in [
        "",
        "{",
        "}",
        "[",
        "nonsense",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1,",
        "{\"a\":1]",
        "{,}",
        "{\"a\\",
        "{:1}",
        "\u{0}",
    ] {
        assert_eq!(verdict("Converse", body), Verdict::Clean, "{body}");
    }
    assert_eq!(verdict("Converse", b"{\"\xff\":1}"), Verdict::Clean);
}

#[test]
fn every_truncation_ends() {
    let body = r#"{"inferenceConfig":{"temperature":0.5},"messages":[{"a\"":[1,{"b":"\\"}]}],"requestMetadata":{"k":"v"}}"#;
    for end in 0..body.len() {
        assert_ne!(verdict("Converse", &body[..end]), Verdict::TooDeep);
    }
}

#[test]
fn deep_nesting_is_found_wherever_it_is() {
    let deep = |open: &str, close: &str, levels: usize| open.repeat(levels) + &close.repeat(levels);
    for (open, close) in [
        ("[", "]"),
        ("{\"a\":", "}"),
        ("{\"filter\":{\"andAll\":[", "]}}"),
    ] {
        assert_eq!(
            verdict("CreateThing", deep(open, close, 1_000_000)),
            Verdict::TooDeep
        );
    }
    let body = format!(r#"{{"x":{}}}"#, deep("[", "]", MAX_DEPTH - 1));
    assert_eq!(verdict("Converse", &body), Verdict::Clean);
    let body = format!(r#"{{"x":{}}}"#, deep("[", "]", MAX_DEPTH));
    assert_eq!(verdict("Converse", &body), Verdict::TooDeep);
    let text = format!(r#"{{"x":"{}"}}"#, "[".repeat(1000));
    assert_eq!(verdict("Converse", &text), Verdict::Clean);
}
