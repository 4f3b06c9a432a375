//! Citations, as Anthropic has them.
//!
//! What Converse has no member for (the title of a document is there, the id of its file is not) is
//! not kept.

use bedrock_runtime_smithy::model::{
    Citation, CitationLocation, CitationSourceContent, CitationsDelta, DocumentCharLocation,
    DocumentChunkLocation, DocumentPageLocation, SearchResultLocation, StreamCitationLocation,
    WebLocation,
};
use serde_json::{Value, json};

use super::fields::{Field, Object};
use crate::DialectError;

/// The types of citations, in the order in which errors list them.
const TYPES: &[&str] = &[
    "char_location",
    "content_block_location",
    "page_location",
    "search_result_location",
    "web_search_result_location",
];

/// The citations of a text that the assistant said before.
pub(super) fn read(citations: &Field<'_>) -> Result<Vec<Citation>, DialectError> {
    citations
        .list()?
        .map(|citation| {
            let (r#type, citation) = citation.object()?.variant(TYPES)?;
            one(r#type, &citation)
        })
        .collect()
}

fn one(r#type: &str, citation: &Object<'_>) -> Result<Citation, DialectError> {
    let text = |name: &str| citation.map(name, |text| text.string().map(str::to_owned));
    let whole = |name: &str| citation.map(name, |number| number.integer(0));
    let (index, title) = match r#type {
        "search_result_location" => ("search_result_index", "title"),
        "web_search_result_location" => ("", "title"),
        _ => ("document_index", "document_title"),
    };
    let (start, end) = match r#type {
        "char_location" => ("start_char_index", "end_char_index"),
        "page_location" => ("start_page_number", "end_page_number"),
        _ => ("start_block_index", "end_block_index"),
    };
    let (index, start, end) = (whole(index)?, whole(start)?, whole(end)?);
    let location = match r#type {
        "char_location" => CitationLocation::DocumentChar(DocumentCharLocation {
            document_index: index,
            end,
            start,
        }),
        "page_location" => CitationLocation::DocumentPage(DocumentPageLocation {
            document_index: index,
            end,
            start,
        }),
        "content_block_location" => CitationLocation::DocumentChunk(DocumentChunkLocation {
            document_index: index,
            end,
            start,
        }),
        "search_result_location" => CitationLocation::SearchResultLocation(SearchResultLocation {
            search_result_index: index,
            end,
            start,
        }),
        _ => CitationLocation::Web(WebLocation {
            domain: None,
            url: text("url")?,
        }),
    };
    Ok(Citation {
        location: Some(location),
        source: text("source")?,
        source_content: text("cited_text")?.map(|text| vec![CitationSourceContent::Text(text)]),
        title: text(title)?,
    })
}

/// A citation of a whole answer.
pub(super) fn whole(citation: &Citation) -> Value {
    let sources = citation.source_content.iter().flatten();
    let cited = sources
        .map(|CitationSourceContent::Text(text)| text.as_str())
        .collect::<String>();
    let title = citation.title.as_deref();
    match &citation.location {
        Some(CitationLocation::DocumentChar(at)) => chars(&cited, title, at),
        Some(CitationLocation::DocumentPage(at)) => pages(&cited, title, at),
        Some(CitationLocation::DocumentChunk(at)) => chunks(&cited, title, at),
        Some(CitationLocation::SearchResultLocation(at)) => {
            search_result(&cited, title, citation.source.as_deref(), at)
        }
        Some(CitationLocation::Web(at)) => web(&cited, title, at.url.as_deref()),
        None => chars(&cited, title, &DocumentCharLocation::builder().build()),
    }
}

/// A citation of a stream.
pub(super) fn delta(delta: CitationsDelta) -> Value {
    let sources = delta.source_content.into_iter().flatten();
    let content = sources
        .filter_map(|part| part.text.map(CitationSourceContent::Text))
        .collect();
    whole(&Citation {
        location: delta.location.map(location),
        source: delta.source,
        source_content: Some(content),
        title: delta.title,
    })
}

fn location(location: StreamCitationLocation) -> CitationLocation {
    match location {
        StreamCitationLocation::DocumentChar(at) => {
            let (document_index, start, end) = (at.document_index, at.start, at.end);
            CitationLocation::DocumentChar(DocumentCharLocation {
                document_index,
                end,
                start,
            })
        }
        StreamCitationLocation::DocumentPage(at) => {
            let (document_index, start, end) = (at.document_index, at.start, at.end);
            CitationLocation::DocumentPage(DocumentPageLocation {
                document_index,
                end,
                start,
            })
        }
        StreamCitationLocation::DocumentChunk(at) => {
            let (document_index, start, end) = (at.document_index, at.start, at.end);
            CitationLocation::DocumentChunk(DocumentChunkLocation {
                document_index,
                end,
                start,
            })
        }
        StreamCitationLocation::SearchResultLocation(at) => {
            let (search_result_index, start, end) = (at.search_result_index, at.start, at.end);
            let at = SearchResultLocation {
                search_result_index,
                end,
                start,
            };
            CitationLocation::SearchResultLocation(at)
        }
        StreamCitationLocation::Web(at) => CitationLocation::Web(at),
    }
}

fn chars(cited: &str, title: Option<&str>, at: &DocumentCharLocation) -> Value {
    json!({
        "type": "char_location",
        "cited_text": cited,
        "document_index": at.document_index.unwrap_or_default(),
        "document_title": title,
        "start_char_index": at.start.unwrap_or_default(),
        "end_char_index": at.end.unwrap_or_default(),
    })
}

fn pages(cited: &str, title: Option<&str>, at: &DocumentPageLocation) -> Value {
    json!({
        "type": "page_location",
        "cited_text": cited,
        "document_index": at.document_index.unwrap_or_default(),
        "document_title": title,
        "start_page_number": at.start.unwrap_or_default(),
        "end_page_number": at.end.unwrap_or_default(),
    })
}

fn chunks(cited: &str, title: Option<&str>, at: &DocumentChunkLocation) -> Value {
    json!({
        "type": "content_block_location",
        "cited_text": cited,
        "document_index": at.document_index.unwrap_or_default(),
        "document_title": title,
        "start_block_index": at.start.unwrap_or_default(),
        "end_block_index": at.end.unwrap_or_default(),
    })
}

fn search_result(
    cited: &str,
    title: Option<&str>,
    source: Option<&str>,
    at: &SearchResultLocation,
) -> Value {
    json!({
        "type": "search_result_location",
        "cited_text": cited,
        "search_result_index": at.search_result_index.unwrap_or_default(),
        "source": source,
        "title": title,
        "start_block_index": at.start.unwrap_or_default(),
        "end_block_index": at.end.unwrap_or_default(),
    })
}

fn web(cited: &str, title: Option<&str>, url: Option<&str>) -> Value {
    json!({"type": "web_search_result_location", "cited_text": cited, "url": url, "title": title})
}
