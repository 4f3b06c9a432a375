//! The models' own bodies, answered by a server of another kind. Each of these is what another
//! implementation was seen to get wrong.

use std::sync::Arc;

use futures_util::StreamExt;
use outcrop_engine::EngineError;
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::support::{Backend, Reply, Step, engine, invoke, streamed};

const CLAUDE: &str = "anthropic.claude-sonnet-4-20250514-v1:0";

fn said() -> Value {
    json!([{"role": "user", "content": "Where is Paris?"}])
}

#[tokio::test]
async fn prompts_of_every_prefix_become_chat_completions() {
    let backend = Backend::start(vec![Reply::text("In France.")]).await;
    let claude = json!({"anthropic_version": "bedrock-2023-05-31", "max_tokens": 20, "top_p": 0.9, "messages": said()});
    let titan = json!({"inputText": "Where is Paris?", "textGenerationConfig": {"maxTokenCount": 20, "topP": 0.9}});
    let llama = json!({"prompt": "Where is Paris?", "max_gen_len": 20, "top_p": 0.9});
    let mistral =
        json!({"prompt": "<s>[INST] Where is Paris? [/INST]", "max_tokens": 20, "top_p": 0.9});
    let cohere = json!({"prompt": "Where is Paris?", "max_tokens": 20, "p": 0.9});
    let command_r = json!({"message": "Where is Paris?", "max_tokens": 20, "p": 0.9});
    let nova = json!({"messages": [{"role": "user", "content": [{"text": "Where is Paris?"}]}],
        "inferenceConfig": {"maxTokens": 20, "topP": 0.9}});
    for (model, body, said) in [
        (CLAUDE, claude, "/content/0/text"),
        (
            "amazon.titan-text-express-v1",
            titan,
            "/results/0/outputText",
        ),
        ("meta.llama3-8b-instruct-v1:0", llama, "/generation"),
        (
            "mistral.mistral-7b-instruct-v0:2",
            mistral,
            "/outputs/0/text",
        ),
        ("cohere.command-text-v14", cohere, "/generations/0/text"),
        ("cohere.command-r-v1:0", command_r, "/text"),
        (
            "amazon.nova-lite-v1:0",
            nova,
            "/output/message/content/0/text",
        ),
    ] {
        let invoked = invoke(&backend, model, &body).await.unwrap();
        let answer = invoked.answer.pointer(said).and_then(Value::as_str);
        assert_eq!(
            answer.map(str::trim),
            Some("In France."),
            "{model}: {}",
            invoked.answer
        );
        let sent = invoked.sent;
        assert_eq!(
            (&sent["max_tokens"], &sent["top_p"]),
            (&json!(20), &json!(0.9)),
            "{model}"
        );
        assert_eq!(
            sent["messages"],
            json!([{"role": "user", "content": "Where is Paris?"}]),
            "{model}"
        );
    }
}

#[tokio::test]
async fn texts_of_titan_and_cohere_become_embeddings() {
    let item = |index: usize| json!({"index": index, "embedding": vec![0.5; 1024]});
    let one = Reply::json(
        "200 OK",
        &json!({"data": [item(0)], "usage": {"prompt_tokens": 3}}),
    );
    let two = Reply::json("200 OK", &json!({"data": [item(0), item(1)]}));
    let backend = Backend::start(vec![one, two]).await;
    let titan = json!({"inputText": "a b", "dimensions": 256, "normalize": false});
    let invoked = invoke(&backend, "amazon.titan-embed-text-v2:0", &titan)
        .await
        .unwrap();
    assert_eq!(invoked.answer["embedding"].as_array().unwrap().len(), 256);
    assert_eq!(invoked.answer["inputTextTokenCount"], 3);
    assert_eq!(invoked.sent["input"], json!(["a b"]));
    let cohere = json!({"texts": ["a", "b"], "input_type": "search_query"});
    let invoked = invoke(&backend, "cohere.embed-multilingual-v3", &cohere)
        .await
        .unwrap();
    assert_eq!(invoked.answer["embeddings"].as_array().unwrap().len(), 2);
    assert_eq!(invoked.sent["input"], json!(["a", "b"]));
}

#[tokio::test]
async fn tool_results_reach_the_model() {
    let backend = Backend::start(vec![Reply::text("Sunny.")]).await;
    let body = json!({
        "anthropic_version": "bedrock-2023-05-31", "max_tokens": 20,
        "system": [{"type": "text", "text": "Be "}, {"type": "text", "text": "brief."}],
        "tools": [{"name": "weather", "input_schema": {"type": "object"}}],
        "messages": [
            {"role": "user", "content": "Weather?"},
            {"role": "assistant", "content": [{"type": "tool_use", "id": "toolu_1", "name": "weather", "input": {"city": "Paris"}}]},
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "22 degrees"}]},
        ],
    });
    let invoked = invoke(&backend, CLAUDE, &body).await.unwrap();
    let messages = invoked.sent["messages"].as_array().unwrap();
    let roles: Vec<_> = messages
        .iter()
        .map(|message| message["role"].as_str().unwrap())
        .collect();
    assert_eq!(roles, ["system", "user", "assistant", "tool"]);
    assert_eq!(messages[2]["tool_calls"][0]["function"]["name"], "weather");
    assert_eq!(
        messages[3],
        json!({"role": "tool", "tool_call_id": "toolu_1", "content": "22 degrees"})
    );
    assert!(messages[0]["content"].as_str().unwrap().contains("brief."));
}

#[tokio::test]
async fn calls_whose_content_is_null_are_calls() {
    let call = json!({"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": "{\"city\": \"Paris\"}"}});
    let message = json!({"role": "assistant", "content": null, "tool_calls": [call]});
    let whole = json!({"choices": [{"message": message, "finish_reason": "tool_calls"}]});
    let backend = Backend::start(vec![Reply::json("200 OK", &whole)]).await;
    let body = json!({"anthropic_version": "bedrock-2023-05-31", "max_tokens": 20, "messages": said(),
        "tools": [{"name": "weather", "input_schema": {"type": "object"}}]});
    let answer = invoke(&backend, CLAUDE, &body).await.unwrap().answer;
    assert_eq!(answer["stop_reason"], "tool_use");
    assert_eq!(answer["content"][0]["input"], json!({"city": "Paris"}));
}

#[tokio::test]
async fn profiles_and_arns_are_mapped() {
    let backend = Backend::start(vec![Reply::text("Hi")]).await;
    let body =
        json!({"anthropic_version": "bedrock-2023-05-31", "max_tokens": 20, "messages": said()});
    for id in [
        format!("us.{CLAUDE}"),
        format!("arn:aws:bedrock:us-east-1::foundation-model/{CLAUDE}"),
        format!("arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.{CLAUDE}"),
    ] {
        let invoked = invoke(&backend, &id, &body).await.unwrap();
        assert_eq!(invoked.sent["model"], "llama3.1:8b", "{id}");
    }
}

#[tokio::test]
async fn failures_of_the_server_are_never_a_success() {
    let body = json!({"prompt": "Where is Paris?"});
    for (status, throttled) in [
        ("429 Too Many Requests", true),
        ("500 Internal Server Error", false),
    ] {
        let failed = Reply::json(status, &json!({"error": {"message": "no luck"}}));
        let backend = Backend::start(vec![failed]).await;
        let refused = invoke(&backend, "meta.llama3-8b-instruct-v1:0", &body).await;
        let error = refused.map(|_| ()).unwrap_err();
        assert_eq!(
            matches!(error, EngineError::Throttling { .. }),
            throttled,
            "{error:?}"
        );
        assert_eq!(
            matches!(error, EngineError::ModelError { .. }),
            !throttled,
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn chunks_leave_while_the_server_still_writes() {
    let go_on = Arc::new(Notify::new());
    let chunk = |text: &str| {
        let chunk = json!({"choices": [{"delta": {"content": text}}]});
        Step::Send(format!("data: {chunk}\n\n").into_bytes())
    };
    let backend = Backend::start(vec![Reply::steps(vec![
        chunk("In"),
        Step::Wait(Arc::clone(&go_on)),
        chunk(" France."),
        Step::Send(b"data: [DONE]\n\n".to_vec()),
    ])])
    .await;
    let body = json!({"messages": [{"role": "user", "content": [{"text": "Where is Paris?"}]}]});
    let mut chunks = streamed(&engine(&backend), "amazon.nova-lite-v1:0", &body).await;
    let mut first = String::new();
    while first.is_empty() {
        let chunk = chunks.next().await.unwrap();
        let text = chunk.pointer("/contentBlockDelta/delta/text");
        first.push_str(text.and_then(Value::as_str).unwrap_or_default());
    }
    // The server sends nothing more before it is told to, and it is told only now.
    assert_eq!(first, "In");
    go_on.notify_one();
    assert!(chunks.count().await > 2);
}
