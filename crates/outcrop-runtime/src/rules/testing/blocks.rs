//! Messages and their parts.

use aws_smithy_types::{Blob, Document};
use bedrock_runtime_smithy::model::{
    AnyToolChoice, AutoToolChoice, CachePointBlock, CachePointType, CacheTtl, ContentBlock,
    ConversationRole, DocumentBlock, DocumentFormat, DocumentSource, ImageBlock, ImageFormat,
    ImageSource, InferenceConfiguration, Message, ReasoningContentBlock, ReasoningTextBlock,
    S3Location, SpecificToolChoice, Tool, ToolChoice, ToolInputSchema, ToolResultBlock,
    ToolResultContentBlock, ToolSpecification, ToolUseBlock, VideoBlock, VideoSource,
};

pub(in crate::rules) fn user(content: impl Into<Vec<ContentBlock>>) -> Message {
    Message {
        content: content.into(),
        role: ConversationRole::User,
    }
}

pub(in crate::rules) fn assistant(content: impl Into<Vec<ContentBlock>>) -> Message {
    Message {
        content: content.into(),
        role: ConversationRole::Assistant,
    }
}

pub(in crate::rules) fn text(text: &str) -> ContentBlock {
    ContentBlock::Text(text.to_owned())
}

pub(in crate::rules) fn reasoning() -> ContentBlock {
    ContentBlock::ReasoningContent(ReasoningContentBlock::ReasoningText(ReasoningTextBlock {
        signature: None,
        text: "Hm".to_owned(),
    }))
}

pub(in crate::rules) fn object() -> Document {
    Document::Object([("a".to_owned(), Document::Bool(true))].into())
}

pub(in crate::rules) fn call(id: &str) -> ContentBlock {
    call_with(id, object())
}

pub(in crate::rules) fn call_with(id: &str, input: Document) -> ContentBlock {
    ContentBlock::ToolUse(ToolUseBlock {
        input,
        name: "look".to_owned(),
        tool_use_id: id.to_owned(),
        r#type: None,
    })
}

pub(in crate::rules) fn result(id: &str) -> ContentBlock {
    result_with(id, [ToolResultContentBlock::Text("seen".to_owned())])
}

pub(in crate::rules) fn result_with(
    id: &str,
    content: impl Into<Vec<ToolResultContentBlock>>,
) -> ContentBlock {
    ContentBlock::ToolResult(ToolResultBlock {
        content: content.into(),
        status: None,
        tool_use_id: id.to_owned(),
        r#type: None,
    })
}

/// A question, a call and its result.
pub(in crate::rules) fn exchange(result: ContentBlock) -> [Message; 3] {
    [user([text("Look")]), assistant([call("1")]), user([result])]
}

pub(in crate::rules) fn tool(name: &str) -> Tool {
    tool_with(name, object())
}

pub(in crate::rules) fn tool_with(name: &str, schema: Document) -> Tool {
    Tool::ToolSpec(ToolSpecification {
        description: None,
        input_schema: ToolInputSchema::Json(schema),
        name: name.to_owned(),
        strict: None,
    })
}

pub(in crate::rules) fn auto() -> ToolChoice {
    ToolChoice::Auto(AutoToolChoice {})
}

pub(in crate::rules) fn any() -> ToolChoice {
    ToolChoice::Any(AnyToolChoice {})
}

pub(in crate::rules) fn certain(name: &str) -> ToolChoice {
    ToolChoice::Tool(SpecificToolChoice {
        name: name.to_owned(),
    })
}

pub(in crate::rules) fn point() -> CachePointBlock {
    CachePointBlock {
        ttl: None,
        r#type: CachePointType::Default,
    }
}

pub(in crate::rules) fn point_for(ttl: CacheTtl) -> CachePointBlock {
    CachePointBlock {
        ttl: Some(ttl),
        r#type: CachePointType::Default,
    }
}

pub(in crate::rules) fn limit(max_tokens: i32) -> InferenceConfiguration {
    InferenceConfiguration {
        max_tokens: Some(max_tokens),
        ..parameters()
    }
}

/// None at all.
pub(in crate::rules) fn parameters() -> InferenceConfiguration {
    InferenceConfiguration {
        max_tokens: None,
        stop_sequences: None,
        temperature: None,
        top_p: None,
    }
}

pub(in crate::rules) fn s3(path: &str) -> S3Location {
    S3Location {
        bucket_owner: None,
        uri: format!("s3://bucket/{path}"),
    }
}

pub(in crate::rules) fn pdf(name: &str) -> DocumentBlock {
    file(
        name,
        DocumentFormat::Pdf,
        DocumentSource::Bytes(Blob::new("%PDF")),
    )
}

pub(in crate::rules) fn file(
    name: &str,
    format: DocumentFormat,
    source: DocumentSource,
) -> DocumentBlock {
    DocumentBlock {
        citations: None,
        context: None,
        format,
        name: name.to_owned(),
        source,
    }
}

pub(in crate::rules) fn image() -> ImageBlock {
    image_from(ImageSource::Bytes(Blob::new("PNG")))
}

pub(in crate::rules) fn image_from(source: ImageSource) -> ImageBlock {
    ImageBlock {
        error: None,
        format: ImageFormat::Png,
        source,
    }
}

pub(in crate::rules) fn video(format: &str) -> VideoBlock {
    VideoBlock {
        format: format.to_owned(),
        source: VideoSource::S3Location(s3("a.mp4")),
    }
}
