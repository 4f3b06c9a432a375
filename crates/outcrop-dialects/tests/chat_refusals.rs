//! Bodies of the other chat families that break a rule: the key is named, whatever the family.

mod support;

use serde_json::{Value, json};
use support::{chat, model};

const COMMAND_R: &str = "cohere.command-r-v1:0";
const JURASSIC: &str = "ai21.j2-mid-v1";
const LLAMA: &str = "meta.llama3-8b-instruct-v1:0";
const MISTRAL: &str = "mistral.mistral-7b-instruct-v0:2";
const NOVA: &str = "amazon.nova-2-lite-v1:0";
const PEGASUS: &str = "twelvelabs.pegasus-1-2-v1:0";
const QWEN: &str = "qwen.qwen3-32b-v1:0";
const TITAN: &str = "amazon.titan-text-express-v1";

fn refused(id: &str, body: &Value, text: &str) {
    let told = chat(&model(id), body.to_string().as_bytes()).err();
    let expected =
        format!("Malformed input request: {text}, please reformat your input and try again.");
    assert_eq!(told.as_deref(), Some(expected.as_str()), "{id} {body}");
}

#[test]
fn missing_keys() {
    refused(
        COMMAND_R,
        &json!({"prompt": "Hi"}),
        "#: required key [message] not found#: extraneous key [prompt] is not permitted",
    );
    refused(JURASSIC, &json!({}), "#: required key [prompt] not found");
    refused(NOVA, &json!({}), "#: required key [messages] not found");
    refused(
        PEGASUS,
        &json!({"inputPrompt": "Hi"}),
        "#: required key [mediaSource] not found",
    );
    refused(
        PEGASUS,
        &json!({"inputPrompt": "Hi", "mediaSource": {}}),
        "#/mediaSource: required key [base64String] not found",
    );
    refused(
        QWEN,
        &json!({"messages": [{"role": "user"}]}),
        "#/messages/0: required key [content] not found",
    );
    refused(TITAN, &json!({}), "#: required key [inputText] not found");
    let result = json!({"call": {"name": "clock"}, "outputs": []});
    refused(
        COMMAND_R,
        &json!({"message": "", "tool_results": [result]}),
        "#/tool_results/0/call: required key [parameters] not found",
    );
}

#[test]
fn values_out_of_range() {
    let cases = [
        (
            COMMAND_R,
            json!({"message": "Hi", "p": 1}),
            "#/p: 1 is not less or equal to 0.99",
        ),
        (
            LLAMA,
            json!({"prompt": "Hi", "temperature": 1.5}),
            "#/temperature: 1.5 is not less or equal to 1",
        ),
        (
            LLAMA,
            json!({"prompt": "Hi", "max_gen_len": 0}),
            "#/max_gen_len: 0 is not greater or equal to 1",
        ),
        (
            MISTRAL,
            json!({"prompt": "Hi", "top_p": -1}),
            "#/top_p: -1 is not greater or equal to 0",
        ),
        (
            QWEN,
            json!({"messages": [{"role": "user", "content": "Hi"}], "max_tokens": 0}),
            "#/max_tokens: 0 is not greater or equal to 1",
        ),
    ];
    for (id, body, text) in cases {
        refused(id, &body, text);
    }
}

#[test]
fn values_of_another_kind() {
    let reasoning = json!({"type": "enabled", "maxReasoningEffort": "utmost"});
    let turn = json!({"role": "user", "content": [{"text": "Hi"}]});
    refused(
        NOVA,
        &json!({"messages": [turn], "reasoningConfig": reasoning}),
        "#/reasoningConfig/maxReasoningEffort: utmost is not a valid enum value",
    );
    let part = json!({"type": "film"});
    refused(
        QWEN,
        &json!({"messages": [{"role": "user", "content": [part]}]}),
        "#/messages/0/content/0/type: film is not a valid enum value",
    );
    let image = json!({"type": "image_url", "image_url": {"url": "https://example.com/a.png"}});
    refused(
        QWEN,
        &json!({"messages": [{"role": "user", "content": [image]}]}),
        "#/messages/0/content/0/image_url: an image has to be a data URI",
    );
    refused(
        MISTRAL,
        &json!({"prompt": ["Hi"]}),
        "#/prompt: expected type: String, found: JSONArray",
    );
    let malformed = "Malformed input request, please reformat your input and try again.";
    let body = json!({"prompt": "Hi", "images": ["words"]}).to_string();
    let told = chat(&model(LLAMA), body.as_bytes()).err();
    assert_eq!(told.as_deref(), Some(malformed));
}
