//! Converse requests as JSON, for snapshots.

use bedrock_runtime_smithy::model::{
    CachePointBlock, CacheTtl, CitationGeneratedContent, CitationsContentBlock, ContentBlock,
    DocumentBlock, DocumentSource, ImageBlock, ImageSource, Message, OutputFormatStructure,
    ReasoningContentBlock, SearchResultBlock, SystemContentBlock, Tool, ToolChoice,
    ToolInputSchema, ToolResultBlock, ToolResultContentBlock, ToolResultStatus, VideoSource,
};
use outcrop_dialects::ConverseParts;
use outcrop_engine::document;
use serde_json::{Map, Value, json};

/// The parts that are there.
pub(crate) fn parts(parts: &ConverseParts) -> Value {
    let mut all = Map::new();
    all.insert(
        "messages".to_owned(),
        parts.messages.iter().map(message).collect(),
    );
    if !parts.system.is_empty() {
        all.insert(
            "system".to_owned(),
            parts.system.iter().map(system).collect(),
        );
    }
    if let Some(config) = &parts.inference_config {
        let told = json!({
            "maxTokens": config.max_tokens,
            "temperature": config.temperature.map(|number| number.to_string()),
            "topP": config.top_p.map(|number| number.to_string()),
            "stopSequences": config.stop_sequences,
        });
        all.insert("inferenceConfig".to_owned(), told);
    }
    if let Some(config) = &parts.tool_config {
        let tools: Vec<_> = config.tools.iter().map(tool).collect();
        let choice = config.tool_choice.as_ref().map(choice);
        all.insert(
            "toolConfig".to_owned(),
            json!({"tools": tools, "toolChoice": choice}),
        );
    }
    if let Some(config) = &parts.output_config {
        let schema = config.text_format.as_ref().map(|format| {
            let OutputFormatStructure::JsonSchema(definition) = &format.structure;
            definition.schema.clone()
        });
        all.insert(
            "outputConfig".to_owned(),
            json!({"effort": config.effort, "jsonSchema": schema}),
        );
    }
    if let Some(fields) = &parts.additional_model_request_fields {
        all.insert("additionalModelRequestFields".to_owned(), fields.clone());
    }
    Value::Object(all)
}

fn message(message: &Message) -> Value {
    let content: Vec<_> = message.content.iter().map(block).collect();
    json!({"role": message.role.as_str(), "content": content})
}

fn system(block: &SystemContentBlock) -> Value {
    match block {
        SystemContentBlock::Text(text) => json!({"text": text}),
        SystemContentBlock::CachePoint(point) => cache_point(point),
        SystemContentBlock::GuardContent(_) => json!("guardContent"),
    }
}

fn cache_point(point: &CachePointBlock) -> Value {
    json!({"cachePoint": {"ttl": point.ttl.as_ref().map(CacheTtl::as_str)}})
}

fn block(block: &ContentBlock) -> Value {
    match block {
        ContentBlock::Text(text) => json!({"text": text}),
        ContentBlock::CachePoint(point) => cache_point(point),
        ContentBlock::Image(block) => image(block),
        ContentBlock::Document(block) => document_block(block),
        ContentBlock::SearchResult(block) => search_result(block),
        ContentBlock::Video(block) => match &block.source {
            VideoSource::Bytes(bytes) => json!({"video": [block.format, bytes.as_ref().len()]}),
            VideoSource::S3Location(location) => json!({"video": [block.format, location.uri]}),
        },
        ContentBlock::ToolUse(call) => json!({"toolUse": {
            "toolUseId": call.tool_use_id,
            "name": call.name,
            "input": document::to_value(&call.input),
            "type": call.r#type,
        }}),
        ContentBlock::ToolResult(result) => tool_result(result),
        ContentBlock::ReasoningContent(ReasoningContentBlock::ReasoningText(block)) => {
            json!({"reasoningText": {"text": block.text, "signature": block.signature}})
        }
        ContentBlock::ReasoningContent(ReasoningContentBlock::RedactedContent(data)) => {
            json!({"redactedContent": String::from_utf8_lossy(data.as_ref())})
        }
        ContentBlock::CitationsContent(block) => json!({"citationsContent": cited(block)}),
        ContentBlock::Audio(block) => json!({"audio": block.format.as_str()}),
        _ => json!("another kind of block"),
    }
}

fn image(block: &ImageBlock) -> Value {
    match &block.source {
        ImageSource::Bytes(bytes) => {
            json!({"image": [block.format.as_str(), bytes.as_ref().len()]})
        }
        ImageSource::S3Location(location) => {
            json!({"image": [block.format.as_str(), location.uri]})
        }
    }
}

fn document_block(block: &DocumentBlock) -> Value {
    let source = match &block.source {
        DocumentSource::Bytes(bytes) => json!(bytes.as_ref().len()),
        DocumentSource::Content(parts) => parts
            .iter()
            .map(|part| json!(part.as_text().unwrap()))
            .collect(),
        DocumentSource::S3Location(location) => json!(location.uri),
        DocumentSource::Text(text) => json!(text),
    };
    json!({"document": {
        "name": block.name,
        "format": block.format.as_str(),
        "source": source,
        "context": block.context,
        "citations": block.citations.as_ref().map(|citations| citations.enabled),
    }})
}

fn cited(block: &CitationsContentBlock) -> Value {
    let texts = block.content.iter().flatten();
    let texts: Vec<_> = texts
        .map(|CitationGeneratedContent::Text(text)| text)
        .collect();
    let citations = block.citations.iter().flatten();
    let citations: Vec<_> = citations
        .map(|citation| {
            json!([
                citation.title,
                citation.source,
                format!("{:?}", citation.location)
            ])
        })
        .collect();
    json!([texts, citations])
}

fn search_result(block: &SearchResultBlock) -> Value {
    let texts: Vec<_> = block.content.iter().map(|part| &part.text).collect();
    json!({"searchResult": {"source": block.source, "title": block.title, "content": texts}})
}

fn tool_result(result: &ToolResultBlock) -> Value {
    let content = result.content.iter().map(|part| match part {
        ToolResultContentBlock::Text(text) => json!({"text": text}),
        ToolResultContentBlock::Json(value) => json!({"json": document::to_value(value)}),
        ToolResultContentBlock::Image(block) => image(block),
        ToolResultContentBlock::Document(block) => document_block(block),
        ToolResultContentBlock::SearchResult(block) => search_result(block),
        ToolResultContentBlock::Video(_) => json!("video"),
    });
    json!({"toolResult": {
        "toolUseId": result.tool_use_id,
        "status": result.status.as_ref().map(ToolResultStatus::as_str),
        "content": content.collect::<Vec<_>>(),
        "type": result.r#type,
    }})
}

fn tool(tool: &Tool) -> Value {
    match tool {
        Tool::ToolSpec(tool) => {
            let ToolInputSchema::Json(schema) = &tool.input_schema;
            let schema = document::to_value(schema);
            json!({"name": tool.name, "description": tool.description, "schema": schema, "strict": tool.strict})
        }
        Tool::CachePoint(point) => cache_point(point),
        Tool::SystemTool(tool) => json!({"systemTool": tool.name}),
    }
}

fn choice(choice: &ToolChoice) -> Value {
    match choice {
        ToolChoice::Any(_) => json!("any"),
        ToolChoice::Auto(_) => json!("auto"),
        ToolChoice::Tool(tool) => json!({"tool": tool.name}),
    }
}
