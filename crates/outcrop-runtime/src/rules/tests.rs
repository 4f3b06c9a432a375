use aws_smithy_types::Document;
use bedrock_runtime_smithy::model::{ContentBlock, SystemContentBlock, ToolResultContentBlock};
use outcrop_engine::EngineError;
use serde_json::json;

use super::{
    check,
    testing::{
        HAIKU_3, LLAMA, Request, SONNET_4_5, SONNET_4_6, TITAN, any, assistant, call, limit, pdf,
        point, result, result_with, text, tool_with, user,
    },
};

fn refusal(request: &Request) -> String {
    check(&request.conversation()).unwrap_err().to_string()
}

/// Breaks rules from last to first; each time the rule that comes earlier is named.
#[test]
fn the_first_rule_that_is_broken_is_named() {
    let mut request = Request::hi(HAIKU_3);
    request.is_accepted();

    request.messages.push(assistant([text("So: ")]));
    assert!(refusal(&request).contains("trailing whitespace"));
    request.fields = Some(json!({"thinking": {"type": "enabled", "budget_tokens": 1}}));
    assert!(refusal(&request).contains("budget_tokens"));
    request.messages[0].content = vec![ContentBlock::Document(pdf("a"))];
    assert!(refusal(&request).contains("must be included when using documents"));
    request.messages[0].content.push(text(""));
    assert!(refusal(&request).contains("messages.0.content.1 is blank"));
    request.inference_config = Some(limit(i32::MAX));
    assert!(refusal(&request).contains("exceeds the model limit"));
    request = request.with_tools([tool_with("look", Document::Null)]);
    assert!(refusal(&request).contains("inputSchema.json is invalid"));
    request.system = vec![SystemContentBlock::CachePoint(point())];
    assert!(refusal(&request).contains("prompt caching"));
}

/// A broken rule of an earlier block goes before one of its turn, and that before later turns.
#[test]
fn blocks_go_before_turns() {
    let failed = result_with("2", [ToolResultContentBlock::Json(Document::Null)]);
    let mut messages = vec![
        user([text("a")]),
        assistant([call("1")]),
        user([failed]),
        user([text("")]),
    ];
    let broken = |messages: &[_]| refusal(&Request::new(SONNET_4_5, messages).with_a_tool());
    assert!(broken(&messages).contains("messages.2.content.0.toolResult.content.0.json"));
    messages[2] = user([result("2")]);
    assert!(broken(&messages).contains("messages.3.content.0 is blank"));
    messages[3] = user([text("b")]);
    assert!(broken(&messages).contains("Expected toolResult blocks at messages.2.content"));
    messages.insert(3, assistant([text("c")]));
    messages.push(user([text("")]));
    assert!(broken(&messages).contains("Expected toolResult blocks at messages.2.content"));
}

/// A rule of the service goes before one of the model.
#[test]
fn bedrock_speaks_before_the_model() {
    let begun = || [user([text("a")]), assistant([text("b")])];
    let fields = json!({"thinking": {"type": "enabled", "budget_tokens": 1}});
    Request::new(LLAMA, begun())
        .with_fields(fields.clone())
        .is_refused(
            "The model that you are using requires the last turn in the conversation to be a user \
         message. Add a user message to the conversation and try again.",
        );
    Request::new(SONNET_4_6, begun())
        .with_fields(fields)
        .is_refused_by_the_model(
            "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024",
        );
}

/// A request without a conversation cannot hide what is wrong besides.
#[test]
fn what_a_model_cannot_do_comes_before_its_messages() {
    let request = Request::new(TITAN, []).with_a_tool().choosing(any());
    let refused = Err(EngineError::Validation(
        "This model doesn't support tool use.".to_owned(),
    ));
    assert_eq!(check(&request.conversation()), refused);
}
