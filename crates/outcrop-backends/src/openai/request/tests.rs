use aws_smithy_types::Blob;
use bedrock_runtime_smithy::model::{
    AnyToolChoice, AutoToolChoice, CachePointBlock, CachePointType, ContentBlock, DocumentBlock,
    DocumentFormat, DocumentSource, OutputFormat, OutputFormatType, ReasoningContentBlock,
    ReasoningTextBlock, SpecificToolChoice, SystemContentBlock, ToolChoice, ToolResultContentBlock,
    ToolResultStatus,
};
use outcrop_engine::document::to_document;

use super::*;
use crate::testing::{ask, assistant, call, image, limits, result, tools, user};

fn body(request: &ConverseRequest) -> Value {
    chat(request, "llama3.1:8b").unwrap().body
}

fn golden(request: &ConverseRequest) -> String {
    serde_json::to_string_pretty(&body(request)).unwrap()
}

fn text(text: &str) -> ContentBlock {
    ContentBlock::Text(text.to_owned())
}

fn thought(text: &str) -> ContentBlock {
    ContentBlock::ReasoningContent(ReasoningContentBlock::ReasoningText(ReasoningTextBlock {
        signature: None,
        text: text.to_owned(),
    }))
}

fn document(format: DocumentFormat, bytes: &[u8]) -> ContentBlock {
    ContentBlock::Document(DocumentBlock {
        citations: None,
        context: None,
        format,
        name: "notes".to_owned(),
        source: DocumentSource::Bytes(Blob::new(bytes)),
    })
}

fn point() -> CachePointBlock {
    CachePointBlock {
        ttl: None,
        r#type: CachePointType::Default,
    }
}

#[test]
fn a_question() {
    insta::assert_snapshot!(golden(&ask("Hello")));
}

#[test]
fn every_parameter() {
    let mut request = ask("Hello");
    let system = |text: &str| SystemContentBlock::Text(text.to_owned());
    request.system = vec![
        system("Be brief."),
        SystemContentBlock::CachePoint(point()),
        system("Be kind."),
    ];
    request.inference_config = Some(limits());
    request.output_config = Some(OutputConfig {
        effort: Some("high".to_owned()),
        text_format: Some(OutputFormat {
            r#type: OutputFormatType::JsonSchema,
            structure: OutputFormatStructure::JsonSchema(JsonSchemaDefinition {
                description: Some("An answer".to_owned()),
                name: None,
                schema: r#"{"type": "object"}"#.to_owned(),
            }),
        }),
    });
    request.additional_model_request_fields = Some(json!({
        "chat_template_kwargs": {"enable_thinking": false}, "temperature": 1, "top_k": 40,
    }));
    insta::assert_snapshot!(golden(&request));
}

#[test]
fn media_and_documents() {
    let mut request = ask("");
    request.messages = vec![
        user(vec![
            text("See"),
            ContentBlock::Image(image()),
            ContentBlock::CachePoint(point()),
            text("and"),
            document(DocumentFormat::Csv, "a;b\n1;é".as_bytes()),
        ]),
        assistant(vec![text("Seen.")]),
        user(vec![text("One."), text("Two.")]),
    ];
    insta::assert_snapshot!(golden(&request));
}

#[test]
fn a_conversation_with_tools() {
    let mut failed = result(
        "call_2",
        vec![ToolResultContentBlock::Text("no such city".to_owned())],
    );
    failed.status = Some(ToolResultStatus::Error);
    let first = result(
        "call_1",
        vec![
            ToolResultContentBlock::Json(to_document(&json!({"degrees": 20, "city": "Bonn"}))),
            ToolResultContentBlock::Text("sunny".to_owned()),
            ToolResultContentBlock::Image(image()),
        ],
    );
    let mut request = ask("");
    request.messages = vec![
        user(vec![text("Hello")]),
        assistant(vec![thought("An earlier thought."), text("Hello.")]),
        user(vec![text("Weather?")]),
        assistant(vec![
            thought("I need two calls."),
            call("call_1", "weather", &json!({"city": "Bonn"})),
            call("call_2", "weather", &json!({})),
        ]),
        user(vec![
            ContentBlock::ToolResult(first),
            ContentBlock::ToolResult(failed),
            text("Go on."),
        ]),
    ];
    request.tool_config = Some(tools(
        &["weather"],
        Some(ToolChoice::Auto(AutoToolChoice {})),
    ));
    insta::assert_snapshot!(golden(&request));
}

#[test]
fn tool_choices_have_words_of_their_own() {
    let named = SpecificToolChoice {
        name: "b".to_owned(),
    };
    let both: &[&str] = &["a", "b"];
    for (choice, expected, offered) in [
        (None, json!(null), both),
        (
            Some(ToolChoice::Auto(AutoToolChoice {})),
            json!("auto"),
            both,
        ),
        (
            Some(ToolChoice::Any(AnyToolChoice {})),
            json!("required"),
            both,
        ),
        (Some(ToolChoice::Tool(named)), json!("required"), &both[1..]),
    ] {
        let mut request = ask("Hello");
        request.tool_config = Some(tools(both, choice));
        let body = body(&request);
        assert_eq!(body["tool_choice"], expected);
        let listed = body["tools"].as_array().unwrap().iter();
        let told: Vec<_> = listed.map(|tool| &tool["function"]["name"]).collect();
        assert_eq!(told, offered);
    }
}

#[test]
fn a_result_without_text_is_a_message_all_the_same() {
    let mut request = ask("Hello");
    request
        .messages
        .push(assistant(vec![call("a", "f", &json!({}))]));
    request
        .messages
        .push(user(vec![ContentBlock::ToolResult(result(
            "a",
            Vec::new(),
        ))]));
    assert_eq!(
        body(&request)["messages"][2],
        json!({"role": "tool", "tool_call_id": "a", "content": ""})
    );
}

#[test]
fn the_newer_name_of_the_token_limit_replaces_the_older() {
    let mut request = ask("Hello");
    request.inference_config = Some(limits());
    request.additional_model_request_fields = Some(json!({"max_completion_tokens": 7}));
    let body = body(&request);
    assert_eq!(
        (&body["max_tokens"], &body["max_completion_tokens"]),
        (&json!(null), &json!(7))
    );
}

#[test]
fn what_cannot_be_said_is_refused() {
    let refusal = |block: ContentBlock| {
        let mut request = ask("Hello");
        request.messages[0].content.push(block);
        match chat(&request, "m") {
            Err(EngineError::Validation(message)) => message,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(
        refusal(document(DocumentFormat::Docx, b"PK")),
        "The backend that answers for this model takes no docx documents: send their text as txt, md, csv or html."
    );
    assert_eq!(
        refusal(document(DocumentFormat::Txt, b"\xff")),
        "The document \"notes\" is not UTF-8 text. Save it as UTF-8 and try again."
    );
    for own in OWN {
        let mut request = ask("Hello");
        request.additional_model_request_fields = Some(json!({*own: 1}));
        assert!(
            matches!(chat(&request, "m"), Err(EngineError::Validation(_))),
            "{own}"
        );
    }
}

#[test]
fn images_are_no_text() {
    let mut request = ask("12345");
    let before = chat(&request, "m").unwrap().text_bytes;
    request.messages[0]
        .content
        .push(ContentBlock::Image(image()));
    let after = chat(&request, "m").unwrap().text_bytes;
    // The names of the parts.
    assert!(after - before < 30, "{before} {after}");
}
