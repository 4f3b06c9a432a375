//! Documents as search results.
//!
//! A search result tells a title, a source and texts. The first text is the snippet; what else a document has is
//! the last one, a JSON object, so that models read it and nothing is lost.

use bedrock_runtime_smithy::model::{
    CitationsConfig, ContentBlock, SearchResultBlock, SearchResultContentBlock,
};
use serde_json::{Map, Value};

use crate::body;

/// A document: any names with texts, of which Cohere knows `id`, `title`, `snippet` and `url`.
pub(super) fn search_result(index: usize, document: &Value) -> ContentBlock {
    let text = |name: &str| document[name].as_str().map(str::to_owned);
    let own = document.as_object().into_iter().flatten();
    let mut rest: Map<_, _> = own
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let (snippet, title) = (text("snippet"), text("title"));
    let title = title.filter(|title| !title.is_empty());
    // A source with a scheme is a URL, another one an id: what is told so needs no second telling.
    let url = text("url").filter(|url| url.contains("://"));
    let own_place = format!("doc_{index}");
    let id = text("id").filter(|id| url.is_none() && !id.contains("://") && *id != own_place);
    for (name, told) in [
        ("snippet", &snippet),
        ("title", &title),
        ("url", &url),
        ("id", &id),
    ] {
        if told.is_some() {
            rest.remove(name);
        }
    }
    // An only text that is an object would be taken for what else there is.
    let ambiguous = snippet.as_deref().is_some_and(is_object);
    let rest =
        (ambiguous || !rest.is_empty()).then(|| body::sorted(Value::Object(rest)).to_string());
    let content = snippet.into_iter().chain(rest);
    ContentBlock::SearchResult(SearchResultBlock {
        citations: Some(CitationsConfig { enabled: true }),
        content: content
            .map(|text| SearchResultContentBlock { text })
            .collect(),
        source: url.or(id).unwrap_or(own_place),
        title: title.unwrap_or_default(),
    })
}

fn is_object(text: &str) -> bool {
    text.starts_with('{') && serde_json::from_str::<Map<String, Value>>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(document: &Value) -> (String, String, Vec<String>) {
        let ContentBlock::SearchResult(result) = search_result(4, document) else {
            panic!("no search result");
        };
        let texts = result.content.into_iter().map(|part| part.text);
        (result.title, result.source, texts.collect())
    }

    fn expected(title: &str, source: &str, texts: &[&str]) -> (String, String, Vec<String>) {
        let texts = texts.iter().map(|text| (*text).to_owned());
        (title.to_owned(), source.to_owned(), texts.collect())
    }

    #[test]
    fn known_members_have_places_of_their_own() {
        let whole = json!({"title": "T", "snippet": "S", "url": "https://a.example/b"});
        assert_eq!(told(&whole), expected("T", "https://a.example/b", &["S"]));
        let named = json!({"id": "d-1", "snippet": "S"});
        assert_eq!(told(&named), expected("", "d-1", &["S"]));
        assert_eq!(
            told(&json!({"snippet": "S"})),
            expected("", "doc_4", &["S"])
        );
    }

    #[test]
    fn other_members_are_told_too() {
        let document = json!({"title": "T", "snippet": "S", "url": "https://a.example", "id": "d-1", "year": 1999});
        let texts = ["S", r#"{"id":"d-1","year":1999}"#];
        assert_eq!(told(&document), expected("T", "https://a.example", &texts));
        let document = json!({"text": "All of it.", "url": "a"});
        let texts = [r#"{"text":"All of it.","url":"a"}"#];
        assert_eq!(told(&document), expected("", "doc_4", &texts));
    }

    #[test]
    fn a_snippet_that_is_an_object_stays_a_snippet() {
        let document = json!({"snippet": r#"{"a":1}"#});
        assert_eq!(
            told(&document),
            expected("", "doc_4", &[r#"{"a":1}"#, "{}"])
        );
    }
}
