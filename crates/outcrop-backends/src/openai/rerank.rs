//! Orders of documents, as vLLM, `LocalAI`, llama.cpp and others took them over from Jina and Cohere.

use std::cmp::Ordering;

use outcrop_engine::{RerankRequest, RerankResult};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::error::Fault;

/// The body of `/rerank`.
pub(crate) fn request(request: &RerankRequest, model: &str) -> Value {
    let top_n = request.top_n.unwrap_or(request.documents.len());
    json!({
        "model": model,
        "query": request.query,
        "documents": request.documents,
        "top_n": top_n,
        "return_documents": false,
    })
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Answer {
    /// Jina's and Cohere's.
    Named {
        #[serde(alias = "data")]
        results: Vec<Item>,
    },
    /// That of Hugging Face's text embeddings inference.
    Bare(Vec<Item>),
}

#[derive(Debug, Deserialize)]
struct Item {
    index: usize,
    #[serde(alias = "score")]
    relevance_score: f32,
}

/// The results of an answer, best first.
///
/// Some models score without bounds. Bedrock's scores go from 0 to 1, so an answer with any score
/// beyond them has all its scores put through the logistic function, which keeps their order.
pub(crate) fn results(request: &RerankRequest, body: &[u8]) -> Result<Vec<RerankResult>, Fault> {
    let answer: Answer = serde_json::from_slice(body)
        .map_err(|_| Fault::Malformed("it is no order of documents".to_owned()))?;
    let (Answer::Named { results: items } | Answer::Bare(items)) = answer;
    let documents = request.documents.len();
    if items.iter().any(|item| item.index >= documents) {
        let cause = format!("it ranks more documents than the {documents} that it got");
        return Err(Fault::Malformed(cause));
    }
    let bounded = items
        .iter()
        .all(|item| (0.0..=1.0).contains(&item.relevance_score));
    let score = |raw: f32| {
        if bounded {
            raw
        } else {
            1.0 / (1.0 + (-raw).exp())
        }
    };
    let mut results: Vec<_> = items
        .into_iter()
        .map(|item| RerankResult {
            index: item.index,
            relevance_score: score(item.relevance_score),
        })
        .collect();
    results.sort_by(|left, right| {
        let scores = right.relevance_score.partial_cmp(&left.relevance_score);
        scores.unwrap_or(Ordering::Equal)
    });
    results.truncate(request.top_n.unwrap_or(documents));
    Ok(results)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::rank;

    fn order(body: &Value, top_n: Option<usize>) -> Result<Vec<(usize, f32)>, Fault> {
        let request = rank(&["a", "b", "c"], top_n);
        let results = results(&request, body.to_string().as_bytes())?;
        let pairs = results.iter();
        Ok(pairs
            .map(|result| (result.index, result.relevance_score))
            .collect())
    }

    #[test]
    fn every_spelling_of_an_order_is_read() {
        let jina = json!({"results": [{"index": 2, "relevance_score": 0.5}, {"index": 0, "relevance_score": 0.75}]});
        let bare = json!([{"index": 2, "score": 0.5}, {"index": 0, "score": 0.75}]);
        let data = json!({"data": [{"index": 2, "relevance_score": 0.5, "document": {}}, {"index": 0, "relevance_score": 0.75}]});
        for body in [jina, bare, data] {
            assert_eq!(order(&body, None), Ok(vec![(0, 0.75), (2, 0.5)]), "{body}");
            assert_eq!(order(&body, Some(1)), Ok(vec![(0, 0.75)]), "{body}");
        }
    }

    #[test]
    fn scores_without_bounds_keep_their_order() {
        let body = json!({"results": [{"index": 0, "relevance_score": -3.0}, {"index": 1, "relevance_score": 0.0}]});
        let order = order(&body, None).unwrap();
        assert_eq!(order[0], (1, 0.5));
        assert!(order[1].1 > 0.0 && order[1].1 < 0.5, "{order:?}");
    }

    #[test]
    fn what_is_no_order_is_malformed() {
        for body in [
            json!({}),
            json!("x"),
            json!({"results": [{"index": 3, "relevance_score": 0.1}]}),
            json!({"results": [{"index": -1, "relevance_score": 0.1}]}),
        ] {
            assert!(
                matches!(order(&body, None), Err(Fault::Malformed(_))),
                "{body}"
            );
        }
    }
}
