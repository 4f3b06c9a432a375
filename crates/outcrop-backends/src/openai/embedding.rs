//! Embeddings.

use outcrop_engine::{EmbedInput, EmbedRequest, Embeddings, EngineError};
use serde::Deserialize;
use serde_json::{Value, json};

use super::content::refuse;
use crate::error::Fault;

/// Bytes of text that count as one token where a server does not count.
const BYTES_PER_TOKEN: usize = 4;

/// The body of `/embeddings`. It asks for no number of dimensions: servers refuse it for the models
/// that are not made for it, and [`vectors`] shortens as they would.
pub(crate) fn request(request: &EmbedRequest, model: &str) -> Result<Value, EngineError> {
    let texts = request.inputs.iter().map(|input| match input {
        EmbedInput::Text(text) => Ok(text.as_str()),
        _ => Err(refuse("images, sounds or videos to embed", "send texts")),
    });
    let texts = texts.collect::<Result<Vec<_>, _>>()?;
    Ok(json!({"model": model, "input": texts, "encoding_format": "float"}))
}

#[derive(Debug, Deserialize)]
struct Answer {
    data: Vec<Item>,
    #[serde(default)]
    usage: Option<Value>,
}

#[derive(Debug, Deserialize)]
struct Item {
    #[serde(default)]
    index: Option<usize>,
    embedding: Vec<f32>,
}

/// Why there are no vectors.
#[derive(Debug, PartialEq)]
pub(crate) enum Unusable {
    /// The answer is none.
    Fault(Fault),
    /// The vectors are shorter than the client wants them.
    Short {
        /// Their length.
        has: usize,
    },
}

/// The vectors of an answer, as long as the request wants them.
///
/// Longer ones are shortened and get the length one again, as models with nested dimensions are
/// used. Shorter ones are an error, except for a request that asks for the Bedrock model's usual
/// length: it most likely asks for none, and takes what the server's model has.
pub(crate) fn vectors(request: &EmbedRequest, body: &[u8]) -> Result<Embeddings, Unusable> {
    let malformed = |cause: String| Unusable::Fault(Fault::Malformed(cause));
    let answer: Answer =
        serde_json::from_slice(body).map_err(|error| malformed(error.to_string()))?;
    let mut items = answer.data;
    items.sort_by_key(|item| item.index);
    if items.len() != request.inputs.len() {
        let (has, wants) = (items.len(), request.inputs.len());
        return Err(malformed(format!("{has} vectors for {wants} inputs")));
    }
    let usual = request.model.capabilities.embedding_dimensions.first();
    let usual = usual.and_then(|usual| usize::try_from(*usual).ok());
    let mut vectors = Vec::with_capacity(items.len());
    for item in items {
        let mut vector = item.embedding;
        let has = vector.len();
        if has == 0 || (has < request.dimensions && usual != Some(request.dimensions)) {
            return Err(Unusable::Short { has });
        }
        vector.truncate(request.dimensions);
        if request.normalize || has > request.dimensions {
            normalize(&mut vector);
        }
        vectors.push(vector);
    }
    Ok(Embeddings {
        vectors,
        input_tokens: tokens(request, answer.usage.as_ref()),
    })
}

fn normalize(vector: &mut [f32]) {
    let length = vector.iter().map(|number| number * number).sum::<f32>();
    let length = length.sqrt();
    if length > 0.0 {
        for number in vector {
            *number /= length;
        }
    }
}

fn tokens(request: &EmbedRequest, usage: Option<&Value>) -> u32 {
    let told = usage.and_then(|usage| usage.get("prompt_tokens")?.as_u64());
    let bytes = request.inputs.iter().map(|input| match input {
        EmbedInput::Text(text) => text.len(),
        _ => 0,
    });
    let tokens = told.unwrap_or_else(|| bytes.sum::<usize>().div_ceil(BYTES_PER_TOKEN) as u64);
    u32::try_from(tokens).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use outcrop_catalogue::Catalogue;
    use outcrop_engine::Caller;

    use super::*;

    fn ask(dimensions: usize, normalize: bool) -> EmbedRequest {
        let catalogue = Catalogue::builtin().unwrap();
        EmbedRequest {
            model: catalogue
                .model("amazon.titan-embed-text-v2:0")
                .unwrap()
                .clone(),
            caller: Caller {
                account: "123456789012".into(),
                region: "us-east-1".into(),
            },
            inputs: ["a", "b"]
                .map(|text| EmbedInput::Text(text.to_owned()))
                .to_vec(),
            dimensions,
            normalize,
        }
    }

    fn answer() -> Vec<u8> {
        let second = json!({"index": 1, "embedding": [0.0, 2.0, 2.0]});
        let first = json!({"index": 0, "embedding": [3.0, 4.0, 12.0]});
        json!({"data": [second, first], "usage": {"prompt_tokens": 5}})
            .to_string()
            .into_bytes()
    }

    #[test]
    fn vectors_come_in_order_and_are_shortened() {
        let embeddings = vectors(&ask(2, false), &answer()).unwrap();
        assert_eq!(embeddings.vectors, [vec![0.6, 0.8], vec![0.0, 1.0]]);
        assert_eq!(embeddings.input_tokens, 5);
    }

    #[test]
    fn whole_vectors_are_normalized_only_where_asked() {
        let raw = vectors(&ask(3, false), &answer()).unwrap();
        assert_eq!(raw.vectors[0], [3.0, 4.0, 12.0]);
        let unit = vectors(&ask(3, true), &answer()).unwrap();
        assert_eq!(unit.vectors[0], [3.0 / 13.0, 4.0 / 13.0, 12.0 / 13.0]);
    }

    #[test]
    fn short_vectors_are_taken_only_where_no_length_was_asked_for() {
        assert_eq!(
            vectors(&ask(1024, false), &answer()).unwrap().vectors[0].len(),
            3
        );
        assert_eq!(
            vectors(&ask(256, false), &answer()),
            Err(Unusable::Short { has: 3 })
        );
    }

    #[test]
    fn a_vector_that_is_missing_is_an_error() {
        let body = json!({"data": [{"embedding": [1.0]}]}).to_string();
        assert!(matches!(
            vectors(&ask(1024, true), body.as_bytes()),
            Err(Unusable::Fault(Fault::Malformed(_)))
        ));
    }

    #[test]
    fn images_are_refused() {
        let mut asked = ask(3, true);
        asked.inputs.push(EmbedInput::Image(vec![1]));
        assert!(matches!(
            request(&asked, "m"),
            Err(EngineError::Validation(_))
        ));
    }
}
