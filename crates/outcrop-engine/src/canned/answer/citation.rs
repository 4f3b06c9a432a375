//! What an answer cites: the beginning of the first source of the conversation that may be cited.
//!
//! Claude cites where a document or a search result lets it. The citation is in the block of the text that
//! rests on it, and comes first (recorded).

use bedrock_runtime_smithy::model::{
    CitationSourceContentDelta, CitationsDelta, ContentBlock, DocumentBlock, DocumentContentBlock,
    DocumentSource, SearchResultBlock, StreamCitationLocation, StreamDocumentCharLocation,
    StreamDocumentChunkLocation, StreamSearchResultLocation,
};

use crate::ConverseRequest;

/// The citation of an answer, if it has one. Files other than texts are not read, and so not cited.
pub(super) fn of(request: &ConverseRequest) -> Option<CitationsDelta> {
    // A format of the answer leaves no room for citations (documented).
    if request.output_config.is_some() {
        return None;
    }
    let blocks = || request.messages.iter().flat_map(|message| &message.content);
    let documents = blocks().filter_map(|block| match block {
        ContentBlock::Document(document) => Some(document),
        _ => None,
    });
    let results = blocks().filter_map(|block| match block {
        ContentBlock::SearchResult(result) => Some(result),
        _ => None,
    });
    let document = (0..)
        .zip(documents)
        .find_map(|(index, document)| of_document(index, document));
    document.or_else(|| {
        (0..)
            .zip(results)
            .find_map(|(index, result)| of_search_result(index, result))
    })
}

/// `index` is the document's place among those of the conversation.
fn of_document(index: i32, document: &DocumentBlock) -> Option<CitationsDelta> {
    document
        .citations
        .as_ref()
        .filter(|config| config.enabled)?;
    let (location, cited) = match &document.source {
        DocumentSource::Text(text) => in_text(index, text)?,
        DocumentSource::Bytes(bytes) => in_text(index, std::str::from_utf8(bytes.as_ref()).ok()?)?,
        DocumentSource::Content(chunks) => {
            let DocumentContentBlock::Text(text) = chunks.first()?;
            let at = StreamDocumentChunkLocation {
                document_index: Some(index),
                end: Some(1),
                start: Some(0),
            };
            (StreamCitationLocation::DocumentChunk(at), text.as_str())
        }
        DocumentSource::S3Location(_) => return None,
    };
    Some(citation(location, cited, Some(&document.name), None))
}

/// The first sentence of a text, with the space after it (recorded); places count characters.
fn in_text(index: i32, text: &str) -> Option<(StreamCitationLocation, &str)> {
    let sentence = text
        .split_inclusive(". ")
        .next()
        .filter(|sentence| !sentence.trim().is_empty())?;
    let at = StreamDocumentCharLocation {
        document_index: Some(index),
        end: i32::try_from(sentence.chars().count()).ok(),
        start: Some(0),
    };
    Some((StreamCitationLocation::DocumentChar(at), sentence))
}

/// `index` is the result's place among those of the conversation.
fn of_search_result(index: i32, result: &SearchResultBlock) -> Option<CitationsDelta> {
    result.citations.as_ref().filter(|config| config.enabled)?;
    let cited = &result.content.first()?.text;
    let at = StreamSearchResultLocation {
        end: Some(1),
        search_result_index: Some(index),
        start: Some(0),
    };
    let location = StreamCitationLocation::SearchResultLocation(at);
    Some(citation(
        location,
        cited,
        Some(&result.title),
        Some(&result.source),
    ))
}

fn citation(
    location: StreamCitationLocation,
    cited: &str,
    title: Option<&str>,
    source: Option<&str>,
) -> CitationsDelta {
    let cited = CitationSourceContentDelta {
        text: Some(cited.to_owned()),
    };
    CitationsDelta {
        location: Some(location),
        source: source.map(str::to_owned),
        source_content: Some(vec![cited]),
        title: title.map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use bedrock_runtime_smithy::model::{CitationsConfig, DocumentFormat};

    use super::*;
    use crate::canned::{
        CannedEngine,
        testing::{CLAUDE, NOVA, answer, request, text},
    };

    fn facts(enabled: bool) -> ContentBlock {
        ContentBlock::Document(DocumentBlock {
            citations: Some(CitationsConfig { enabled }),
            context: None,
            format: DocumentFormat::Txt,
            name: "facts".to_owned(),
            source: DocumentSource::Text("Ruby is red. Opal is not.".to_owned()),
        })
    }

    #[test]
    fn the_first_sentence_is_cited() {
        let asked = request(CLAUDE, vec![text("What is red?"), facts(true)]);
        let cited = of(&asked).unwrap();
        assert_eq!(cited.title.as_deref(), Some("facts"));
        let Some(StreamCitationLocation::DocumentChar(at)) = cited.location else {
            panic!("{cited:?}");
        };
        assert_eq!(
            (at.document_index, at.start, at.end),
            (Some(0), Some(0), Some(13))
        );
        assert!(of(&request(CLAUDE, vec![text("What is red?"), facts(false)])).is_none());
    }

    #[test]
    fn claude_cites_in_the_block_of_its_text() {
        let content = |model| {
            let asked = request(model, vec![text("What is red?"), facts(true)]);
            answer(&CannedEngine::new(), &asked)
                .unwrap()
                .message
                .content
        };
        let [ContentBlock::CitationsContent(block)] = &content(CLAUDE)[..] else {
            panic!("{:?}", content(CLAUDE));
        };
        assert_eq!(block.citations.as_ref().unwrap().len(), 1);
        assert!(!block.content.as_ref().unwrap().is_empty());
        assert!(matches!(&content(NOVA)[..], [ContentBlock::Text(_)]));
    }
}
