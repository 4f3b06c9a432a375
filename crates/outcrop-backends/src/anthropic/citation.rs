//! Citations, there and back.
//!
//! What Converse has no member for (the id of a document's file) is not kept.

use bedrock_runtime_smithy::model::{
    Citation, CitationLocation, CitationSourceContent, CitationSourceContentDelta, CitationsDelta,
    StreamCitationLocation, StreamDocumentCharLocation, StreamDocumentChunkLocation,
    StreamDocumentPageLocation, StreamSearchResultLocation, WebLocation,
};
use serde_json::{Value, json};

/// A citation of an answer. One of a kind that Converse does not know has no location.
pub(super) fn read(citation: &Value) -> CitationsDelta {
    let text = |name: &str| citation[name].as_str().map(str::to_owned);
    let whole = |name: &str| citation[name].as_i64().and_then(|n| i32::try_from(n).ok());
    let document_index = whole("document_index");
    let location = match citation["type"].as_str().unwrap_or_default() {
        "char_location" => Some(StreamCitationLocation::DocumentChar(
            StreamDocumentCharLocation {
                document_index,
                start: whole("start_char_index"),
                end: whole("end_char_index"),
            },
        )),
        "page_location" => Some(StreamCitationLocation::DocumentPage(
            StreamDocumentPageLocation {
                document_index,
                start: whole("start_page_number"),
                end: whole("end_page_number"),
            },
        )),
        "content_block_location" => Some(StreamCitationLocation::DocumentChunk(
            StreamDocumentChunkLocation {
                document_index,
                start: whole("start_block_index"),
                end: whole("end_block_index"),
            },
        )),
        "search_result_location" => Some(StreamCitationLocation::SearchResultLocation(
            StreamSearchResultLocation {
                search_result_index: whole("search_result_index"),
                start: whole("start_block_index"),
                end: whole("end_block_index"),
            },
        )),
        "web_search_result_location" => Some(StreamCitationLocation::Web(WebLocation {
            domain: None,
            url: text("url"),
        })),
        _ => None,
    };
    CitationsDelta {
        location,
        source: text("source"),
        source_content: text("cited_text")
            .map(|text| vec![CitationSourceContentDelta { text: Some(text) }]),
        title: text("document_title").or_else(|| text("title")),
    }
}

/// A citation of an earlier answer; nothing for one whose place is not known, which servers refuse.
pub(super) fn write(citation: &Citation) -> Option<Value> {
    let (r#type, index, start, end, numbers) = match citation.location.as_ref()? {
        CitationLocation::DocumentChar(at) => (
            "char_location",
            "document_index",
            "start_char_index",
            "end_char_index",
            [at.document_index, at.start, at.end],
        ),
        CitationLocation::DocumentPage(at) => (
            "page_location",
            "document_index",
            "start_page_number",
            "end_page_number",
            [at.document_index, at.start, at.end],
        ),
        CitationLocation::DocumentChunk(at) => (
            "content_block_location",
            "document_index",
            "start_block_index",
            "end_block_index",
            [at.document_index, at.start, at.end],
        ),
        CitationLocation::SearchResultLocation(at) => (
            "search_result_location",
            "search_result_index",
            "start_block_index",
            "end_block_index",
            [at.search_result_index, at.start, at.end],
        ),
        CitationLocation::Web(at) => {
            return Some(json!({
                "type": "web_search_result_location",
                "cited_text": cited_text(citation),
                "url": at.url,
                "title": citation.title,
            }));
        }
    };
    let mut written = json!({"type": r#type, "cited_text": cited_text(citation)});
    for (name, number) in [index, start, end].into_iter().zip(numbers) {
        written[name] = json!(number.unwrap_or_default());
    }
    if r#type == "search_result_location" {
        written["source"] = json!(citation.source);
        written["title"] = json!(citation.title);
    } else {
        written["document_title"] = json!(citation.title);
    }
    Some(written)
}

fn cited_text(citation: &Citation) -> String {
    let parts = citation.source_content.iter().flatten();
    parts
        .map(|CitationSourceContent::Text(text)| text.as_str())
        .collect()
}
