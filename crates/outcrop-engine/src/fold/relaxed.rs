//! The stream's relaxed types as the strict ones.
//!
//! Shapes that an event stream reaches carry no constraints, so that their members are optional:
//! a stream's `StreamServiceTier` is the message's `ServiceTier`.

use bedrock_runtime_smithy::model::{
    Citation, CitationLocation, CitationSourceContent, CitationsDelta, DocumentCharLocation,
    DocumentChunkLocation, DocumentPageLocation, ImageSource, S3Location, SearchResultLocation,
    ServiceTier, StreamCitationLocation, StreamImageSource, StreamServiceTier,
};

pub(super) fn service_tier(tier: &StreamServiceTier) -> Option<ServiceTier> {
    tier.r#type.map(|r#type| ServiceTier { r#type })
}

pub(super) fn citation(delta: CitationsDelta) -> Citation {
    Citation {
        title: delta.title,
        source: delta.source,
        source_content: delta.source_content.map(|content| {
            content
                .into_iter()
                .filter_map(|part| part.text.map(CitationSourceContent::Text))
                .collect()
        }),
        location: delta.location.map(location),
    }
}

fn location(location: StreamCitationLocation) -> CitationLocation {
    match location {
        StreamCitationLocation::DocumentChar(at) => {
            CitationLocation::DocumentChar(DocumentCharLocation {
                document_index: at.document_index,
                start: at.start,
                end: at.end,
            })
        }
        StreamCitationLocation::DocumentChunk(at) => {
            CitationLocation::DocumentChunk(DocumentChunkLocation {
                document_index: at.document_index,
                start: at.start,
                end: at.end,
            })
        }
        StreamCitationLocation::DocumentPage(at) => {
            CitationLocation::DocumentPage(DocumentPageLocation {
                document_index: at.document_index,
                start: at.start,
                end: at.end,
            })
        }
        StreamCitationLocation::SearchResultLocation(at) => {
            CitationLocation::SearchResultLocation(SearchResultLocation {
                search_result_index: at.search_result_index,
                start: at.start,
                end: at.end,
            })
        }
        StreamCitationLocation::Web(at) => CitationLocation::Web(at),
    }
}

pub(super) fn image_source(source: StreamImageSource) -> ImageSource {
    match source {
        StreamImageSource::Bytes(bytes) => ImageSource::Bytes(bytes),
        StreamImageSource::S3Location(location) => ImageSource::S3Location(S3Location {
            uri: location.uri.unwrap_or_default(),
            bucket_owner: location.bucket_owner,
        }),
    }
}
