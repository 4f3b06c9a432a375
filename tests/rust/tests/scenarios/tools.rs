use std::collections::HashMap;

use aws_sdk_bedrockruntime::types::{
    AnyToolChoice, AutoToolChoice, ContentBlock, ConversationRole, StopReason, Tool, ToolChoice,
    ToolConfiguration, ToolInputSchema, ToolResultBlock, ToolResultContentBlock, ToolSpecification,
    ToolUseBlock,
};
use aws_smithy_types::Document;
use outcrop_sdk_rust::Clients;

use super::{MODEL, answered, message, text_of, user};

fn object(members: impl IntoIterator<Item = (&'static str, Document)>) -> Document {
    Document::Object(
        members
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

fn text(value: &str) -> Document {
    Document::String(value.to_owned())
}

fn tool(name: &str) -> Tool {
    let city = object([
        ("type", text("string")),
        ("enum", Document::Array(vec![text("Oslo"), text("Rome")])),
    ]);
    let schema = object([
        ("type", text("object")),
        ("properties", object([("city", city)])),
        ("required", Document::Array(vec![text("city")])),
    ]);
    let specification = ToolSpecification::builder()
        .name(name)
        .description("Looks something up for a city")
        .input_schema(ToolInputSchema::Json(schema));
    Tool::ToolSpec(specification.build().unwrap())
}

fn tools(names: &[&str], choice: ToolChoice) -> ToolConfiguration {
    let tools = names.iter().map(|name| tool(name)).collect();
    ToolConfiguration::builder()
        .set_tools(Some(tools))
        .tool_choice(choice)
        .build()
        .unwrap()
}

fn calls(content: &[ContentBlock]) -> Vec<&ToolUseBlock> {
    content
        .iter()
        .filter_map(|block| block.as_tool_use().ok())
        .collect()
}

pub(crate) async fn a_tool_loop_ends(clients: &Clients) {
    let config = tools(
        &["get_weather"],
        ToolChoice::Auto(AutoToolChoice::builder().build()),
    );
    let question = user("Use get_weather for Rome.");
    let ask = || {
        clients
            .runtime
            .converse()
            .model_id(MODEL)
            .tool_config(config.clone())
    };
    let called = ask().messages(question.clone()).send().await.unwrap();
    assert_eq!(*called.stop_reason(), StopReason::ToolUse);
    let turn = answered(called.output());
    let [call] = calls(&turn.content)[..] else {
        panic!("{turn:?}")
    };
    assert_eq!(call.name, "get_weather");
    let input: &HashMap<_, _> = call.input.as_object().unwrap();
    assert!(
        matches!(input["city"].as_string(), Some("Oslo" | "Rome")),
        "{input:?}"
    );

    let result = ToolResultBlock::builder()
        .tool_use_id(&call.tool_use_id)
        .content(ToolResultContentBlock::Text("31 degrees and dusty".into()))
        .build()
        .unwrap();
    let result = message(ConversationRole::User, [ContentBlock::ToolResult(result)]);
    let last = ask()
        .messages(question)
        .messages(turn.clone())
        .messages(result)
        .send()
        .await
        .unwrap();
    assert_eq!(*last.stop_reason(), StopReason::EndTurn);
    let said = text_of(&answered(last.output()));
    assert!(said.contains("31 degrees"), "{said}");
}

pub(crate) async fn tools_are_called_in_parallel(clients: &Clients) {
    let auto = ToolChoice::Auto(AutoToolChoice::builder().build());
    let names = ["get_weather", "get_time"];
    let answer = clients
        .runtime
        .converse()
        .model_id(MODEL)
        .tool_config(tools(&names, auto))
        .messages(user("Use get_weather and get_time for Oslo."))
        .send()
        .await
        .unwrap();
    let turn = answered(answer.output());
    let called: Vec<_> = calls(&turn.content)
        .iter()
        .map(|call| call.name.clone())
        .collect();
    assert_eq!(called, names);
    assert_ne!(
        calls(&turn.content)[0].tool_use_id,
        calls(&turn.content)[1].tool_use_id
    );

    let any = ToolChoice::Any(AnyToolChoice::builder().build());
    let forced = clients
        .runtime
        .converse()
        .model_id(MODEL)
        .tool_config(tools(&names, any))
        .messages(user("Hello"))
        .send()
        .await
        .unwrap();
    assert_eq!(*forced.stop_reason(), StopReason::ToolUse);
}
