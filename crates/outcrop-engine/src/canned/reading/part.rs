//! Content blocks as what they are made of: texts and files.

use std::borrow::Cow;

use bedrock_runtime_smithy::model::{
    AudioSource, CitationGeneratedContent, ContentBlock, DocumentBlock, DocumentContentBlock,
    DocumentSource, GuardrailConverseContentBlock, GuardrailConverseContentQualifier,
    GuardrailConverseImageSource, ImageBlock, ImageSource, ReasoningContentBlock,
    SearchResultBlock, SystemContentBlock, ToolResultBlock, ToolResultContentBlock, VideoBlock,
    VideoSource,
};

use super::media::{self, File};
use crate::{
    canned::{media::MediaError, tokenizer},
    document,
};

/// Something that counts for tokens.
#[derive(Debug)]
pub(super) enum Part<'a> {
    Text(Cow<'a, str>),
    File(File<'a>),
}

impl<'a> From<&'a str> for Part<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Part<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl Part<'_> {
    /// What it counts for.
    pub(super) fn tokens(&self) -> Result<u64, MediaError> {
        match self {
            Self::Text(text) => Ok(tokenizer::count(text)),
            Self::File(file) => media::tokens(file),
        }
    }

    /// Its bytes, so that different parts have different ones.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let (tag, format, bytes) = match self {
            Self::Text(text) => (b't', "", text.as_bytes()),
            Self::File(file) => (
                b'f',
                file.format,
                file.bytes.unwrap_or(file.location.as_bytes()),
            ),
        };
        out.push(tag);
        for field in [format.as_bytes(), bytes] {
            out.extend_from_slice(&(field.len() as u64).to_le_bytes());
            out.extend_from_slice(field);
        }
    }
}

/// The parts of a message's block.
pub(super) fn parts(block: &ContentBlock) -> Vec<Part<'_>> {
    match block {
        ContentBlock::Text(text) => vec![text.as_str().into()],
        ContentBlock::Image(image) => vec![image_part(image)],
        ContentBlock::Document(document) => document_parts(document),
        ContentBlock::Video(video) => vec![video_part(video)],
        ContentBlock::Audio(audio) => vec![Part::File(match &audio.source {
            AudioSource::Bytes(bytes) => File::audio(audio.format.as_str(), bytes.as_ref()),
            AudioSource::S3Location(location) => {
                File::audio(audio.format.as_str(), &[]).at(&location.uri)
            }
        })],
        ContentBlock::ToolUse(call) => vec![
            call.tool_use_id.as_str().into(),
            call.name.as_str().into(),
            document::to_value(&call.input).to_string().into(),
        ],
        ContentBlock::ToolResult(result) => result_parts(result),
        ContentBlock::GuardContent(content) => vec![guarded_part(content)],
        ContentBlock::ReasoningContent(reasoning) => vec![match reasoning {
            ReasoningContentBlock::ReasoningText(reasoning) => reasoning.text.as_str().into(),
            ReasoningContentBlock::RedactedContent(content) => {
                Part::File(File::opaque(content.as_ref()))
            }
        }],
        ContentBlock::CitationsContent(cited) => {
            let texts = cited.content.iter().flatten();
            texts
                .map(|CitationGeneratedContent::Text(text)| text.as_str().into())
                .collect()
        }
        ContentBlock::SearchResult(result) => search_parts(result),
        ContentBlock::CachePoint(_)
        | ContentBlock::ToolAddition(_)
        | ContentBlock::ToolRemoval(_) => Vec::new(),
    }
}

/// The parts of a system prompt's block.
pub(super) fn system_parts(block: &SystemContentBlock) -> Vec<Part<'_>> {
    match block {
        SystemContentBlock::Text(text) => vec![text.as_str().into()],
        SystemContentBlock::GuardContent(content) => vec![guarded_part(content)],
        SystemContentBlock::CachePoint(_) => Vec::new(),
    }
}

fn result_parts(result: &ToolResultBlock) -> Vec<Part<'_>> {
    let mut parts = vec![result.tool_use_id.as_str().into()];
    for content in &result.content {
        match content {
            ToolResultContentBlock::Text(text) => parts.push(text.as_str().into()),
            ToolResultContentBlock::Json(value) => {
                parts.push(document::to_value(value).to_string().into());
            }
            ToolResultContentBlock::Image(image) => parts.push(image_part(image)),
            ToolResultContentBlock::Document(document) => parts.extend(document_parts(document)),
            ToolResultContentBlock::Video(video) => parts.push(video_part(video)),
            ToolResultContentBlock::SearchResult(result) => parts.extend(search_parts(result)),
        }
    }
    parts
}

fn image_part(image: &ImageBlock) -> Part<'_> {
    let format = image.format.as_str();
    Part::File(match &image.source {
        ImageSource::Bytes(bytes) => File::image(format, bytes.as_ref()),
        ImageSource::S3Location(location) => File::image(format, &[]).at(&location.uri),
    })
}

fn video_part(video: &VideoBlock) -> Part<'_> {
    Part::File(match &video.source {
        VideoSource::Bytes(bytes) => File::video(&video.format, bytes.as_ref()),
        VideoSource::S3Location(location) => File::video(&video.format, &[]).at(&location.uri),
    })
}

fn document_parts(document: &DocumentBlock) -> Vec<Part<'_>> {
    let format = document.format.as_str();
    let mut parts: Vec<Part<'_>> = vec![document.name.as_str().into()];
    parts.extend(document.context.as_deref().map(Part::from));
    match &document.source {
        DocumentSource::Bytes(bytes) => {
            parts.push(Part::File(File::document(format, bytes.as_ref())));
        }
        DocumentSource::S3Location(location) => {
            parts.push(Part::File(File::document(format, &[]).at(&location.uri)));
        }
        DocumentSource::Text(text) => parts.push(text.as_str().into()),
        DocumentSource::Content(content) => {
            parts.extend(
                content
                    .iter()
                    .map(|DocumentContentBlock::Text(text)| Part::from(text.as_str())),
            );
        }
    }
    parts
}

fn search_parts(result: &SearchResultBlock) -> Vec<Part<'_>> {
    let texts = result.content.iter().map(|content| content.text.as_str());
    [result.title.as_str(), &result.source]
        .into_iter()
        .chain(texts)
        .map(Part::from)
        .collect()
}

/// What a block says in words of its message's author, so not what an answer is to be grounded on.
pub(super) fn said(block: &ContentBlock) -> Option<&str> {
    const SOURCE: &[GuardrailConverseContentQualifier] =
        &[GuardrailConverseContentQualifier::GroundingSource];
    match block {
        ContentBlock::Text(text) => Some(text),
        ContentBlock::GuardContent(GuardrailConverseContentBlock::Text(text))
            if text.qualifiers.as_deref() != Some(SOURCE) =>
        {
            Some(&text.text)
        }
        _ => None,
    }
}

fn guarded_part(content: &GuardrailConverseContentBlock) -> Part<'_> {
    match content {
        GuardrailConverseContentBlock::Text(text) => text.text.as_str().into(),
        GuardrailConverseContentBlock::Image(image) => {
            let GuardrailConverseImageSource::Bytes(bytes) = &image.source;
            Part::File(File::image(image.format.as_str(), bytes.as_ref()))
        }
    }
}
