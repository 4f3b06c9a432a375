use aws_smithy_types::Blob;
use bedrock_runtime_smithy::model::{
    AutoToolChoice, CachePointBlock, CachePointType, CacheTtl, Citation, CitationGeneratedContent,
    CitationLocation, CitationSourceContent, CitationsConfig, CitationsContentBlock, ContentBlock,
    DocumentBlock, DocumentCharLocation, DocumentFormat, DocumentSource, JsonSchemaDefinition,
    OutputConfig, OutputFormat, OutputFormatStructure, OutputFormatType, ReasoningContentBlock,
    ReasoningTextBlock, SystemContentBlock, ToolChoice, ToolResultContentBlock, ToolResultStatus,
    VideoBlock, VideoSource,
};
use outcrop_engine::document::to_document;
use serde_json::json;

use super::*;
use crate::testing::{ask_claude, assistant, call, image, limits, result, tools, user};

fn written(request: &ConverseRequest) -> Value {
    let messages = messages(request, "claude").unwrap();
    serde_json::from_slice(&messages.body).unwrap()
}

fn golden(request: &ConverseRequest) -> String {
    serde_json::to_string_pretty(&written(request)).unwrap()
}

fn cache_point(ttl: Option<CacheTtl>) -> CachePointBlock {
    CachePointBlock {
        ttl,
        r#type: CachePointType::Default,
    }
}

fn document(format: DocumentFormat, source: DocumentSource) -> ContentBlock {
    ContentBlock::Document(DocumentBlock {
        citations: Some(CitationsConfig { enabled: true }),
        context: Some("From the archive.".to_owned()),
        format,
        name: "report".to_owned(),
        source,
    })
}

#[test]
fn a_question() {
    insta::assert_snapshot!(golden(&ask_claude("Hello")));
}

#[test]
fn a_conversation_with_everything() {
    let mut request = ask_claude("What is the weather?");
    request.system = vec![
        SystemContentBlock::Text("Be brief.".to_owned()),
        SystemContentBlock::CachePoint(cache_point(Some(CacheTtl::OneHour))),
    ];
    request.inference_config = Some(limits());
    request.tool_config = Some(tools(
        &["weather", "bash"],
        Some(ToolChoice::Auto(AutoToolChoice {})),
    ));
    request.messages[0]
        .content
        .push(ContentBlock::CachePoint(cache_point(None)));
    let thought = ReasoningTextBlock {
        text: "I look.".to_owned(),
        signature: Some("sig".to_owned()),
    };
    request.messages.push(assistant(vec![
        ContentBlock::ReasoningContent(ReasoningContentBlock::ReasoningText(thought)),
        ContentBlock::ReasoningContent(ReasoningContentBlock::RedactedContent(Blob::new("b64=="))),
        ContentBlock::Text("Looking.".to_owned()),
        call("toolu_1", "weather", &json!({"city": "東京", "days": 2})),
    ]));
    let mut failed = result(
        "toolu_1",
        vec![
            ToolResultContentBlock::Text("None.".to_owned()),
            ToolResultContentBlock::Json(to_document(&json!({"code": 5}))),
            ToolResultContentBlock::Image(image()),
        ],
    );
    failed.status = Some(ToolResultStatus::Error);
    request
        .messages
        .push(user(vec![ContentBlock::ToolResult(failed)]));
    request.additional_model_request_fields = Some(json!({
        "anthropic_beta": ["computer-use-2025-01-24", "x"],
        "thinking": {"type": "enabled", "budget_tokens": 1024},
        "tools": [{"type": "bash_20250124", "name": "bash"}],
        "top_k": 40,
    }));
    insta::assert_snapshot!(golden(&request));
    let headers = messages(&request, "claude").unwrap().headers;
    assert_eq!(headers["anthropic-beta"], "computer-use-2025-01-24,x");
    assert_eq!(headers["anthropic-version"], "2023-06-01");
}

#[test]
fn media_documents_and_citations() {
    let mut request = ask_claude("Read.");
    let text = DocumentSource::Bytes(Blob::new("a,b"));
    let pdf = DocumentSource::Bytes(Blob::new("%PDF"));
    request.messages[0].content.extend([
        ContentBlock::Image(image()),
        document(DocumentFormat::Csv, text),
        document(DocumentFormat::Pdf, pdf),
    ]);
    let at = DocumentCharLocation {
        document_index: Some(1),
        start: Some(0),
        end: Some(3),
    };
    request
        .messages
        .push(assistant(vec![ContentBlock::CitationsContent(
            CitationsContentBlock {
                citations: Some(vec![Citation {
                    location: Some(CitationLocation::DocumentChar(at)),
                    source: None,
                    source_content: Some(vec![CitationSourceContent::Text("a,b".to_owned())]),
                    title: Some("report".to_owned()),
                }]),
                content: Some(vec![CitationGeneratedContent::Text(
                    "It says a.".to_owned(),
                )]),
            },
        )]));
    insta::assert_snapshot!(golden(&request));
}

#[test]
fn formats_and_effort() {
    let mut request = ask_claude("Hello");
    let definition = JsonSchemaDefinition {
        description: None,
        name: Some("city".to_owned()),
        schema: r#"{"type":"object"}"#.to_owned(),
    };
    request.output_config = Some(OutputConfig {
        effort: Some("low".to_owned()),
        text_format: Some(OutputFormat {
            r#type: OutputFormatType::JsonSchema,
            structure: OutputFormatStructure::JsonSchema(definition),
        }),
    });
    assert_eq!(
        written(&request)["output_config"],
        json!({"effort": "low", "format": {"type": "json_schema", "schema": {"type": "object"}}})
    );
}

#[test]
fn results_of_the_providers_tools_go_back_as_they_came() {
    let mut request = ask_claude("Search.");
    let found = json!([{"type": "web_search_result", "url": "http://a"}]);
    let mut of_server = result(
        "srvtoolu_1",
        vec![ToolResultContentBlock::Json(to_document(
            &json!({"content": found}),
        ))],
    );
    of_server.r#type = Some("web_search_tool_result".to_owned());
    request
        .messages
        .push(assistant(vec![ContentBlock::ToolResult(of_server)]));
    assert_eq!(
        written(&request)["messages"][1]["content"][0],
        json!({"type": "web_search_tool_result", "tool_use_id": "srvtoolu_1", "content": found})
    );
}

#[test]
fn what_messages_cannot_say_is_refused() {
    let video = ContentBlock::Video(VideoBlock {
        format: "mp4".to_owned(),
        source: VideoSource::Bytes(Blob::new([1])),
    });
    let docx = document(DocumentFormat::Docx, DocumentSource::Bytes(Blob::new("PK")));
    for block in [video, docx] {
        let mut request = ask_claude("Hello");
        request.messages[0].content.push(block);
        assert!(matches!(
            messages(&request, "claude"),
            Err(EngineError::Validation(_))
        ));
    }
    for fields in [
        json!({"stream": false}),
        json!({"anthropic_beta": ["a\nb"]}),
    ] {
        let mut request = ask_claude("Hello");
        request.additional_model_request_fields = Some(fields);
        assert!(messages(&request, "claude").is_err());
    }
}
