//! Citations, as Anthropic has them.

use bedrock_runtime_smithy::model::{
    Citation, CitationLocation, CitationSourceContent, CitationsDelta, DocumentCharLocation,
    DocumentChunkLocation, DocumentPageLocation, SearchResultLocation, StreamCitationLocation,
};
use serde_json::{Value, json};

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
