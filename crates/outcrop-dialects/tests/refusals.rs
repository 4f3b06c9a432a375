//! Bodies that break a rule, and the words that the service has for it.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use serde_json::{Value, json};
use support::{chat, model};

/// What a model says to a body; nothing when it takes it.
fn told(id: &str, body: &Value) -> String {
    chat(&model(id), body.to_string().as_bytes())
        .err()
        .unwrap_or_default()
}

/// What Claude says when one member of a good body is another, or, when `null`, absent.
fn claude(member: &str, value: Value) -> String {
    let mut body = json!({
        "anthropic_version": "bedrock-2023-05-31",
        "max_tokens": 4096,
        "messages": [{"role": "user", "content": "Hi"}],
        "tools": [{"name": "clock", "input_schema": {"type": "object"}}],
    });
    if value.is_null() {
        body.as_object_mut().unwrap().remove(member);
    } else {
        body[member] = value;
    }
    told("anthropic.claude-sonnet-4-5-20250929-v1:0", &body)
}

fn said(content: &Value) -> String {
    claude("messages", json!([{"role": "user", "content": content}]))
}

#[test]
fn a_body_has_to_be_a_json_object() {
    let malformed = "Malformed input request, please reformat your input and try again.";
    let deep = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
    for id in [
        "anthropic.claude-3-haiku-20240307-v1:0",
        "amazon.nova-lite-v1:0",
        "meta.llama3-8b-instruct-v1:0",
    ] {
        for body in ["", "[]", "{\"a\":", "nul", "{} {}", &deep, "\u{0}"] {
            assert_eq!(
                chat(&model(id), body.as_bytes()).err().as_deref(),
                Some(malformed),
                "{id}"
            );
        }
    }
}

#[test]
fn claude_names_the_member() {
    let cases = [
        (
            "anthropic_version",
            json!(null),
            "anthropic_version: Field required",
        ),
        (
            "anthropic_version",
            json!("claude-3"),
            "Invalid API version: claude-3",
        ),
        ("max_tokens", json!(null), "max_tokens: Field required"),
        (
            "max_tokens",
            json!(0),
            "max_tokens: Input should be greater than or equal to 1",
        ),
        (
            "max_tokens",
            json!("ten"),
            "max_tokens: Input should be a valid integer",
        ),
        ("messages", json!(null), "messages: Field required"),
        (
            "messages",
            json!("Hi"),
            "messages: Input should be a valid list",
        ),
        (
            "messages",
            json!([]),
            "messages: at least one message is required",
        ),
        (
            "messages",
            json!([{"role": "user"}]),
            "messages.0.content: Field required",
        ),
        (
            "messages",
            json!([{"role": "x", "content": "Hi"}]),
            "messages.0.role: Input should be 'user' or 'assistant'",
        ),
        ("temperature", json!(2), "temperature: range: 0..1"),
        (
            "cache_control",
            json!({"type": "ephemeral"}),
            "cache_control: Extra inputs are not permitted",
        ),
        (
            "stream",
            json!(true),
            "stream: Extra inputs are not permitted",
        ),
        (
            "stop_sequences",
            json!([" "]),
            "stop_sequences: each stop sequence must contain non-whitespace",
        ),
        (
            "system",
            json!([{"type": "text", "text": ""}]),
            "system: text content blocks must be non-empty",
        ),
        (
            "thinking",
            json!({"type": "enabled"}),
            "thinking.enabled.budget_tokens: Field required",
        ),
        (
            "thinking",
            json!({"type": "enabled", "budget_tokens": 512}),
            "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024",
        ),
    ];
    for (member, value, expected) in cases {
        assert_eq!(claude(member, value), expected);
    }
}

#[test]
fn claude_names_the_block() {
    let cases = [
        (
            json!([{"type": "text"}]),
            "messages.0.content.0.text.text: Field required",
        ),
        (
            json!([{"type": "text", "text": 1}]),
            "messages.0.content.0.text.text: Input should be a valid string",
        ),
        (
            json!([{"text": "Hi"}]),
            "messages.0.content.0: Unable to extract tag using discriminator 'type'",
        ),
        (
            json!([{"type": "text", "text": ""}]),
            "messages: text content blocks must be non-empty",
        ),
        (
            json!([{"type": "text", "text": "", "cache_control": {"type": "ephemeral"}}]),
            "messages.0.content.0.text: cache_control cannot be set for empty text blocks",
        ),
        (
            json!([{"type": "text", "text": "Hi", "cache_control": {"type": "ephemeral", "ttl": "2h"}}]),
            "messages.0.content.0.text.cache_control.ephemeral.ttl: Input should be '5m' or '1h'",
        ),
        (
            json!([{"type": "image", "source": {"type": "url", "url": "https://example.com/a.png"}}]),
            "messages.0.content.0.image.source.base64.data: URL sources are not supported",
        ),
        (
            json!([{"type": "image", "source": {"type": "base64", "media_type": "image/bmp", "data": ""}}]),
            "messages.0.content.0.image.source.base64.media_type: \
             Input should be 'image/jpeg', 'image/png', 'image/gif' or 'image/webp'",
        ),
        (
            json!([]),
            "messages.0: all messages must have non-empty content except for the optional final assistant message",
        ),
    ];
    for (content, expected) in cases {
        assert_eq!(said(&content), expected);
    }
    assert!(said(&json!([{"type": "film"}])).starts_with(
        "messages.0.content.0: Input tag 'film' found using 'type' does not match any of the expected tags: "
    ));
}

#[test]
fn claude_pairs_calls_with_results() {
    let call = json!({"type": "tool_use", "id": "toolu_1", "name": "clock", "input": {}});
    let result = json!({"type": "tool_result", "tool_use_id": "toolu_1", "content": "noon"});
    let talk = |turns: &[(&str, &[&Value])]| {
        let turns: Vec<_> = turns
            .iter()
            .map(|(role, content)| json!({"role": role, "content": content}))
            .collect();
        claude("messages", Value::Array(turns))
    };
    let text = json!({"type": "text", "text": "Hi"});
    assert_eq!(
        talk(&[
            ("user", &[&text]),
            ("assistant", &[&call]),
            ("user", &[&result, &text])
        ]),
        ""
    );
    assert_eq!(
        talk(&[
            ("user", &[&text]),
            ("assistant", &[&call]),
            ("user", &[&result]),
            ("user", &[&text])
        ]),
        ""
    );
    let missing = "messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: toolu_1. \
                   Each `tool_use` block must have a corresponding `tool_result` block in the next message.";
    assert_eq!(
        talk(&[
            ("user", &[&text]),
            ("assistant", &[&call]),
            ("user", &[&text])
        ]),
        missing
    );
    assert_eq!(
        talk(&[("user", &[&text]), ("assistant", &[&call])]),
        missing
    );
    let surplus = "messages.0.content.1: unexpected `tool_use_id` found in `tool_result` blocks: toolu_1. \
                   Each `tool_result` block must have a corresponding `tool_use` block in the previous message.";
    assert_eq!(talk(&[("user", &[&text, &result])]), surplus);
    let no_dictionary =
        json!({"type": "tool_use", "id": "toolu_1", "name": "clock", "input": "{}"});
    let expected = "messages.1.content.0.tool_use.input: Input should be a valid dictionary";
    assert_eq!(
        talk(&[
            ("user", &[&text]),
            ("assistant", &[&no_dictionary]),
            ("user", &[&result])
        ]),
        expected
    );
}

#[test]
fn claude_checks_tools() {
    let cases = [
        (
            "tools",
            json!([{"name": "clock"}]),
            "tools.0.custom.input_schema: Field required",
        ),
        (
            "tools",
            json!([{"name": "clock", "input_schema": {}}]),
            "tools.0.custom.input_schema.type: Field required",
        ),
        (
            "tools",
            json!([{"name": "a clock", "input_schema": {"type": "object"}}]),
            "tools.0.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'",
        ),
        (
            "tools",
            json!([{"type": "computer_20250124", "name": "computer"}]),
            "tools.0: Input tag 'computer_20250124' found using 'type' does not match any of the expected tags: \
             'bash_20250124', 'custom', 'text_editor_20250124'",
        ),
        (
            "tool_choice",
            json!({"type": "tool"}),
            "tool_choice.tool.name: Field required",
        ),
        (
            "tool_choice",
            json!({"type": "tool", "name": "x"}),
            "Tool 'x' not found in provided tools",
        ),
    ];
    for (member, value, expected) in cases {
        assert_eq!(claude(member, value), expected);
    }
    let clock = json!({"name": "clock", "input_schema": {"type": "object"}});
    assert_eq!(
        claude("tools", json!([clock, clock])),
        "tools: Tool names must be unique."
    );
}

#[test]
fn what_is_behind_a_flag_of_claudes_is_not_known_without_it() {
    let asked = |flags: &[&str], member: &str, value: &Value| {
        let body = json!({
            "anthropic_version": "bedrock-2023-05-31",
            "anthropic_beta": flags,
            "max_tokens": 4096,
            "messages": [{"role": "user", "content": "Hi"}],
            member: value,
        });
        told("anthropic.claude-sonnet-4-5-20250929-v1:0", &body)
    };
    let edits = |kinds: &[&str]| {
        let edits: Vec<_> = kinds.iter().map(|kind| json!({"type": kind})).collect();
        json!({"edits": edits})
    };
    let (manages, compacts) = ("context-management-2025-06-27", "compact-2026-01-12");
    let (clears, compaction) = ("clear_tool_uses_20250919", "compact_20260112");
    let refused = "context_management: Extra inputs are not permitted";
    for (flags, kinds, expected) in [
        (vec![manages], vec![clears], ""),
        (vec![], vec![clears], refused),
        (vec![compacts], vec![compaction], ""),
        (vec![manages], vec![compaction], refused),
        (vec![manages, compacts], vec![compaction, clears], ""),
    ] {
        let told = asked(&flags, "context_management", &edits(&kinds));
        assert_eq!(told, expected, "{flags:?} {kinds:?}");
    }
    let memory = json!([{"type": "memory_20250818", "name": "memory"}]);
    assert_eq!(asked(&[manages], "tools", &memory), "");
    assert!(asked(&[], "tools", &memory).starts_with("tools.0: Input tag 'memory_20250818'"));
    let search = json!([{"type": "tool_search_tool_regex", "name": "tool_search_tool_regex"}]);
    assert_eq!(
        asked(&["tool-search-tool-2025-10-19"], "tools", &search),
        ""
    );
    assert!(asked(&[], "tools", &search).contains("does not match any of the expected tags"));
    let later = |tool: &str| {
        let body = json!({
            "anthropic_version": "bedrock-2023-05-31",
            "max_tokens": 4096,
            "messages": [{"role": "user", "content": "Hi"}],
            "tools": [{"type": tool, "name": "tool"}],
        });
        told("anthropic.claude-sonnet-4-6", &body)
    };
    assert_eq!(later("memory_20250818"), "");
    assert_eq!(later("tool_search_tool_bm25_20251119"), "");
    let expected = "tools.0: Input tag 'code_execution_20250825' found using 'type' does not match any of the expected \
                    tags: 'bash_20250124', 'custom', 'memory_20250818', 'text_editor_20250124', \
                    'text_editor_20250429', 'text_editor_20250728', 'tool_search_tool_bm25', \
                    'tool_search_tool_bm25_20251119', 'tool_search_tool_regex', 'tool_search_tool_regex_20251119'";
    assert_eq!(later("code_execution_20250825"), expected);
    let computer =
        json!([{"type": "computer_20250124", "name": "computer", "display_width_px": 1024}]);
    let expected = "tools.0.computer_20250124.display_height_px: Field required";
    assert_eq!(
        asked(&["computer-use-2025-01-24"], "tools", &computer),
        expected
    );
}

#[test]
fn a_compaction_is_a_turn_like_others() {
    let said = json!({"type": "compaction", "content": "They spoke of marble."});
    let failed = json!({"type": "compaction", "content": null});
    let answer = json!({"type": "text", "text": "Yes."});
    let messages = json!([
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": [said, failed, answer]},
        {"role": "user", "content": "And?"},
    ]);
    assert_eq!(claude("messages", messages), "");
}

#[test]
fn claude_checks_what_belongs_together() {
    let text = |cached: bool| {
        let mut block = json!({"type": "text", "text": "Hi"});
        if cached {
            block["cache_control"] = json!({"type": "ephemeral"});
        }
        block
    };
    assert_eq!(
        said(&json!([
            text(true),
            text(true),
            text(true),
            text(true),
            text(false)
        ])),
        ""
    );
    let five = json!([text(true), text(true), text(true), text(true), text(true)]);
    assert_eq!(
        said(&five),
        "A maximum of 4 blocks with cache_control may be provided. Found 5."
    );
    let budget = claude(
        "thinking",
        json!({"type": "enabled", "budget_tokens": 4096}),
    );
    assert!(
        budget.starts_with("`max_tokens` must be greater than `thinking.budget_tokens`."),
        "{budget}"
    );
    let role = claude("messages", json!([{"role": "system", "content": "Hi"}]));
    assert!(
        role.starts_with("messages: Unexpected role \"system\"."),
        "{role}"
    );
    let limit = claude("max_tokens", json!(10_000_000));
    assert!(
        limit.starts_with("max_tokens: 10000000 > 64000, which is the maximum allowed"),
        "{limit}"
    );
}

#[test]
fn others_name_the_key() {
    let malformed = |text: &str| {
        format!("Malformed input request: {text}, please reformat your input and try again.")
    };
    let cases = [
        (
            "meta.llama3-8b-instruct-v1:0",
            json!({}),
            "#: required key [prompt] not found",
        ),
        (
            "amazon.titan-text-express-v1",
            json!({"inputText": "Hi", "textGenerationConfig": {"stopSequences": "END"}}),
            "#/textGenerationConfig/stopSequences: expected type: JSONArray, found: String",
        ),
        (
            "anthropic.claude-v2",
            json!({"prompt": "\n\nHuman: Hi\n\nAssistant:", "texts": []}),
            "#: required key [max_tokens_to_sample] not found#: extraneous key [texts] is not permitted",
        ),
        (
            "amazon.nova-lite-v1:0",
            json!({"messages": [{"role": "user", "content": [{"words": "Hi"}]}]}),
            "#/messages/0/content/0: extraneous key [words] is not permitted",
        ),
        (
            "openai.gpt-oss-20b-1:0",
            json!({"messages": []}),
            "#/messages: expected minimum item count: 1, found: 0",
        ),
    ];
    for (id, body, expected) in cases {
        assert_eq!(told(id, &body), malformed(expected), "{id}");
    }
}

#[test]
fn embeddings_name_the_key_in_their_ways() {
    let told = |id: &str, body: &Value| {
        let model = model(id);
        let call = outcrop_dialects::dialect(&model).request(&model, body.to_string().as_bytes());
        call.err()
            .map(|error| error.to_string())
            .unwrap_or_default()
    };
    let malformed = |text: &str| {
        format!("Malformed input request: {text}, please reformat your input and try again.")
    };
    let long = "x".repeat(50_001);
    let titan = told("amazon.titan-embed-text-v2:0", &json!({"inputText": long}));
    assert_eq!(titan, malformed("expected maxLength: 50000, actual: 50001"));
    let titan = told(
        "amazon.titan-embed-text-v2:0",
        &json!({"texts": [], "input_type": "x"}),
    );
    assert_eq!(titan, malformed("3 schema violations found"));
    let cohere = told(
        "cohere.embed-english-v3",
        &json!({"texts": ["x".repeat(2049)], "input_type": "search_query"}),
    );
    assert_eq!(
        cohere,
        malformed("#/texts/0: expected maxLength: 2048, actual: 2049")
    );
}
