//! The wording of every kind of constraint.

use http::{HeaderMap, Uri};

use super::Input;
use crate::{route::RoutedOperation, testing};

/// `<shape>: <message>` of the error that a request gets from the walk, or nothing.
fn judge(operation: &str, target: &str, headers: &[(&'static str, &str)], body: &str) -> String {
    let table = std::sync::Arc::new(testing::table());
    let position = table.operation_names().position(|name| name == operation);
    let operation = RoutedOperation::new(&table, position.expect("in the table"), 0, true);
    let uri: Uri = target.parse().expect("a target");
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(*name, value.parse().expect("a header value"));
    }
    let input = Input {
        operation: &operation,
        uri: &uri,
        headers: &map,
        body: body.as_bytes(),
    };
    input
        .walk()
        .into_error()
        .map_or_else(String::new, |error| error.to_string())
}

fn converse(body: &str) -> String {
    judge("Converse", "/model/a.b/converse", &[], body)
}

fn one(value: &str, path: &str, constraint: &str) -> String {
    format!(
        "ValidationException: 1 validation error detected: {value} at '{path}' failed to satisfy constraint: {constraint}"
    )
}

const NAME_PATTERN: &str = "Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+";

#[test]
fn sound_requests_have_no_error() {
    for body in [
        "",
        "{}",
        r#"{"system":[],"inferenceConfig":{},"unknown":1,"toolConfig":null}"#,
        r#"{"messages":[{"role":"user","content":[{"text":"a","image":null,"__type":"x"}]}]}"#,
        r#"{"inferenceConfig":{"maxTokens":1,"temperature":1e0,"stopSequences":["a"]}}"#,
        r#"{"requestMetadata":{"k":""},"additionalModelResponseFieldPaths":["/a"]}"#,
    ] {
        assert_eq!(converse(body), "", "{body}");
    }
}

#[test]
fn each_kind_of_constraint_has_its_words() {
    for (body, value, path, constraint) in [
        (
            r#"{"inferenceConfig":{"maxTokens":0}}"#,
            "Value '0'",
            "inferenceConfig.maxTokens",
            "Member must have value greater than or equal to 1",
        ),
        (
            r#"{"inferenceConfig":{"temperature":1.5}}"#,
            "Value '1.5'",
            "inferenceConfig.temperature",
            "Member must have value less than or equal to 1",
        ),
        (
            r#"{"inferenceConfig":{"temperature":"NaN"}}"#,
            "Value 'NaN'",
            "inferenceConfig.temperature",
            "Member must have value greater than or equal to 0",
        ),
        (
            r#"{"messages":[{"role":"user","content":[]},{"role":"tool","content":[]}]}"#,
            "Value 'tool'",
            "messages.2.member.role",
            "Member must satisfy enum value set: [user, assistant]",
        ),
        (
            r#"{"messages":[{"role":null,"content":[]}]}"#,
            "Value null",
            "messages.1.member.role",
            "Member must not be null",
        ),
        (
            r#"{"toolConfig":{"tools":[{"toolSpec":{"name":"goal.upsert"}}]}}"#,
            "Value 'goal.upsert'",
            "toolConfig.tools.1.member.toolSpec.name",
            NAME_PATTERN,
        ),
        (
            r#"{"toolConfig":{"tools":[{"toolSpec":{"name":"a","description":""}}]}}"#,
            "Value ''",
            "toolConfig.tools.1.member.toolSpec.description",
            "Member must have length greater than or equal to 1",
        ),
        (
            r#"{"toolConfig":{"tools":[]}}"#,
            "Value",
            "toolConfig.tools",
            "Member must have length greater than or equal to 1",
        ),
        (
            r#"{"inferenceConfig":{"stopSequences":["</CO","b","c","d","e"]}}"#,
            "Value '[</CO, b, c, d, e]'",
            "inferenceConfig.stopSequences",
            "Member must have length less than or equal to 4",
        ),
        (
            r#"{"additionalModelResponseFieldPaths":["/a",""]}"#,
            "Value '[/a, ]'",
            "additionalModelResponseFieldPaths",
            "Member must satisfy constraint: [Member must have length less than or equal to 8, Member must have length \
             greater than or equal to 1]",
        ),
        (
            r#"{"requestMetadata":{"K":"v"}}"#,
            "Value '{K=v}'",
            "requestMetadata",
            "Map keys must satisfy constraint: [Member must have length less than or equal to 8, Member must have \
             length greater than or equal to 1, Member must satisfy regular expression pattern: [a-z]{1,8}]",
        ),
        (
            r#"{"requestMetadata":{"k":"V"}}"#,
            "Value '{k=V}'",
            "requestMetadata",
            "Map value must satisfy constraint: [Member must have length less than or equal to 8, Member must have \
             length greater than or equal to 0, Member must satisfy regular expression pattern: [a-z]{0,8}]",
        ),
        (
            r#"{"requestMetadata":{}}"#,
            "Value '{}'",
            "requestMetadata",
            "Member must have length greater than or equal to 1",
        ),
    ] {
        assert_eq!(converse(body), one(value, path, constraint), "{body}");
    }
}

#[test]
fn values_inside_of_content_are_left_out() {
    let block = |block: &str| {
        converse(&format!(
            r#"{{"messages":[{{"role":"user","content":[{block}]}}]}}"#
        ))
    };
    let path = "messages.1.member.content.1.member.toolUse.name";
    assert_eq!(
        block(r#"{"toolUse":{"name":"a b","toolUseId":"x","input":{}}}"#),
        one("Value", path, NAME_PATTERN)
    );
    assert_eq!(
        block(r#"{"toolUse":{"toolUseId":"x","input":{}}}"#),
        one("Value", path, "Member must not be null")
    );
    let path = "messages.1.member.content.1.member.image.bytes";
    let too_short = "Member must have length greater than or equal to 1";
    assert_eq!(
        block(r#"{"image":{"format":"png","bytes":""}}"#),
        one("Value", path, too_short)
    );
}

#[test]
fn every_violation_is_told() {
    let body = r#"{"toolConfig":{"tools":[{"toolSpec":{"name":"","description":""}}]}}"#;
    let path = "toolConfig.tools.1.member.toolSpec";
    let least = "Member must have length greater than or equal to 1";
    let expected = format!(
        "ValidationException: 3 validation errors detected: Value '' at '{path}.name' failed to satisfy constraint: \
         {NAME_PATTERN}; Value '' at '{path}.name' failed to satisfy constraint: {least}; Value '' at \
         '{path}.description' failed to satisfy constraint: {least}"
    );
    assert_eq!(converse(body), expected);
    let long = "a.".repeat(40);
    let body = format!(r#"{{"toolConfig":{{"tools":[{{"toolSpec":{{"name":"{long}"}}}}]}}}}"#);
    let most = "Member must have length less than or equal to 64";
    let expected = format!(
        "ValidationException: 2 validation errors detected: Value '{long}' at '{path}.name' failed to satisfy \
         constraint: {most}; Value '{long}' at '{path}.name' failed to satisfy constraint: {NAME_PATTERN}"
    );
    assert_eq!(converse(&body), expected);
}

#[test]
fn unions_have_exactly_one_variant() {
    let block = |block: &str| {
        converse(&format!(
            r#"{{"messages":[{{"role":"user","content":[{block}]}}]}}"#
        ))
    };
    let none = "ValidationException: ContentBlock object at messages.0.content.0 must set one of the following keys: \
                text, image, toolUse.";
    for content in [
        "{}",
        r#"{"shiny":1}"#,
        r#"{"text":null}"#,
        r#"{"__type":"text"}"#,
    ] {
        assert_eq!(block(content), none, "{content}");
    }
    let two = "ValidationException: ContentBlock object at messages.0.content.0 can set only one of the following \
               keys: text, image, toolUse.";
    assert_eq!(block(r#"{"text":"a","image":{"format":"png"}}"#), two);
}

#[test]
fn wrong_types_are_serialization_errors() {
    for (body, expected) in [
        (
            r#"{"messages":{}}"#,
            "Start of structure or map found where not expected at 'messages'",
        ),
        (
            r#"{"modelId":1,"messages":"a"}"#,
            "Unexpected field type at 'messages'",
        ),
        (
            r#"{"messages":[{"role":[],"content":[]}]}"#,
            "Start of list found where not expected at 'messages.1.member.role'",
        ),
        (
            r#"{"messages":[{"role":"user","content":[{"text":7}]}]}"#,
            "NUMBER_VALUE cannot be converted to String at 'messages.1.member.content.1.member.text'",
        ),
        (
            r#"{"messages":[{"role":"user","content":["a"]}]}"#,
            "Unexpected field type at 'messages.1.member.content.1.member'",
        ),
        (
            r#"{"inferenceConfig":{"maxTokens":"1"}}"#,
            "STRING_VALUE cannot be converted to Integer at 'inferenceConfig.maxTokens'",
        ),
        (
            r#"{"inferenceConfig":{"maxTokens":3000000000}}"#,
            "NUMBER_VALUE cannot be converted to Integer at 'inferenceConfig.maxTokens'",
        ),
        (
            r#"{"inferenceConfig":{"maxTokens":1.5}}"#,
            "DECIMAL_VALUE cannot be converted to Integer at 'inferenceConfig.maxTokens'",
        ),
        (
            r#"{"inferenceConfig":{"stopSequences":["a",true]}}"#,
            "TRUE_VALUE cannot be converted to String at 'inferenceConfig.stopSequences.2.member'",
        ),
        (
            r#"{"messages":[{"role":"user","content":[{"image":{"format":"png","bytes":"%"}}]}]}"#,
            "only base-64-encoded strings are convertible to bytes at \
             'messages.1.member.content.1.member.image.bytes'",
        ),
        ("[]", "Start of list found where not expected"),
        ("7", "Unexpected field type"),
        (
            "{",
            "The request body is not valid JSON: EOF while parsing an object at line 1 column 1",
        ),
    ] {
        assert_eq!(
            converse(body),
            format!("SerializationException: {expected}"),
            "{body}"
        );
    }
}

#[test]
fn types_come_before_constraints() {
    let body = r#"{"inferenceConfig":{"maxTokens":0,"temperature":"hot"}}"#;
    let expected = "SerializationException: STRING_VALUE cannot be converted to Float at 'inferenceConfig.temperature'";
    assert_eq!(converse(body), expected);
}

#[test]
fn odd_json_is_no_trouble() {
    for body in [
        "\u{0}",
        r#"{"messages":"\ud800"}"#,
        r#"{"inferenceConfig":{"maxTokens":1e400}}"#,
        "{\"a\":\"\u{1}\"}",
        r#"{"a":1,"a":2}}"#,
        &"[".repeat(100_000),
    ] {
        assert!(
            converse(body)
                .starts_with("SerializationException: The request body is not valid JSON:"),
            "{body}"
        );
    }
    assert_eq!(
        converse(r#"{"inferenceConfig":{"maxTokens":0},"inferenceConfig":{"maxTokens":1}}"#),
        ""
    );
}

#[test]
fn labels_are_judged_too() {
    let label = |target| judge("GetThing", target, &[], "");
    let pattern = "Member must satisfy regular expression pattern: [a-z0-9:./-]+";
    assert_eq!(label("/things/a%2Fb"), "");
    assert_eq!(
        label("/things/A%20B"),
        one("Value 'A B'", "thingId", pattern)
    );
}

#[test]
fn queries_are_judged_too() {
    let list = |query: &str| judge("ListThings", &format!("/things?{query}"), &[], "");
    for query in [
        "",
        "maxResults=1000&x=y",
        "createdAfter=2026-01-01T00:00:00Z",
        "kind=RED&kind=BLUE",
    ] {
        assert_eq!(list(query), "", "{query}");
    }
    let most = "Member must have value less than or equal to 1000";
    assert_eq!(
        list("maxResults=1001"),
        one("Value '1001'", "maxResults", most)
    );
    let kinds = "Member must satisfy constraint: [Member must satisfy enum value set: [RED, BLUE]]";
    assert_eq!(
        list("kind=RED&kind=GREEN"),
        one("Value '[RED, GREEN]'", "kinds", kinds)
    );
    let wrong =
        "SerializationException: STRING_VALUE cannot be converted to Integer at 'maxResults'";
    assert_eq!(list("maxResults=many"), wrong);
    let wrong =
        "SerializationException: STRING_VALUE cannot be converted to Timestamp at 'createdAfter'";
    assert_eq!(list("createdAfter=yesterday"), wrong);
}

#[test]
fn headers_and_blobs_are_judged_too() {
    let invoke = |headers: &[(&'static str, &str)], body: &str| {
        judge("InvokeModel", "/model/a.b/invoke", headers, body)
    };
    assert_eq!(
        invoke(&[("x-amzn-bedrock-trace", "ENABLED")], "not JSON"),
        ""
    );
    let values = "Member must satisfy enum value set: [ENABLED, DISABLED]";
    assert_eq!(
        invoke(&[("x-amzn-bedrock-trace", "on")], ""),
        one("Value 'on'", "trace", values)
    );
    let most = "Member must have length less than or equal to 32";
    assert_eq!(invoke(&[], &"x".repeat(33)), one("Value", "body", most));
}

#[test]
fn one_member_may_be_the_body() {
    let start = |body: &str| judge("StartBuild", "/things/a/builds", &[], body);
    assert_eq!(start(r#"{"level":1}"#), "");
    assert_eq!(
        start(""),
        one("Value null", "source", "Member must not be null")
    );
    assert_eq!(
        start("{}"),
        one("Value null", "source.level", "Member must not be null")
    );
}

#[test]
fn other_kinds() {
    let create = |body: &str| {
        judge(
            "CreateThing",
            "/things",
            &[],
            &format!(r#"{{"name":"a",{body}}}"#),
        )
    };
    assert_eq!(
        create(r#""kind":"GREEN","count":9007199254740993,"settings":{"a":{"level":7}}"#),
        ""
    );
    let least = "Member must have length greater than or equal to 4";
    assert_eq!(create(r#""secret":"abc""#), one("Value", "secret", least));
    let unique = "Member must have unique values";
    assert_eq!(
        create(r#""entities":["a","b","a"]"#),
        one("Value '[a, b, a]'", "entities", unique)
    );
    let level = "Member must have value greater than or equal to 1";
    assert_eq!(
        create(r#""settings":{"a":{"level":0}}"#),
        one("Value '0'", "settings.a.member.level", level)
    );
    let threshold = "Member must have value less than or equal to 1";
    let path = "filter.andAll.2.member.threshold";
    assert_eq!(
        create(r#""filter":{"andAll":[{"equals":"a"},{"threshold":2}]}"#),
        one("Value '2.0'", path, threshold)
    );
    assert_eq!(
        create(r#""entities":[null]"#),
        one("Value null", "entities.1.member", "Member must not be null")
    );
}
