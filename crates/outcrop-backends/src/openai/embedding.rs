//! Embeddings.

use aws_smithy_types::base64;
use outcrop_engine::{EmbedInput, EmbedRequest, Embeddings, EngineError};
use serde::Deserialize;
use serde_json::{Value, json};

use super::content::refuse;
use crate::{error::Fault, settings::EncodingFormat};

/// Bytes of text that count as one token where a server does not count.
const BYTES_PER_TOKEN: usize = 4;

/// Inputs of one request. The strictest server that is known takes no more (text embeddings inference,
/// as it comes).
const BATCH: usize = 32;

/// The member that asks for a number of dimensions.
const DIMENSIONS: &str = "dimensions";

/// The bodies of `/embeddings`, for one batch of inputs each.
///
/// They ask for a number of dimensions where the client most likely did: the usual number of the Bedrock
/// model says nothing about the server's.
pub(crate) fn batches(
    request: &EmbedRequest,
    model: &str,
    encoding: EncodingFormat,
) -> Result<Vec<Value>, EngineError> {
    let texts = request.inputs.iter().map(|input| match input {
        EmbedInput::Text(text) => Ok(text.as_str()),
        _ => Err(refuse("images, sounds or videos to embed", "send texts")),
    });
    let texts = texts.collect::<Result<Vec<_>, _>>()?;
    let dimensions = Some(request.dimensions).filter(|wanted| usual(request) != Some(*wanted));
    let batch = |texts| {
        let mut body = json!({"model": model, "input": texts});
        match encoding {
            EncodingFormat::Float => body["encoding_format"] = json!("float"),
            EncodingFormat::Base64 => body["encoding_format"] = json!("base64"),
            EncodingFormat::Unsaid => {}
        }
        if let Some(dimensions) = dimensions {
            body[DIMENSIONS] = json!(dimensions);
        }
        body
    };
    Ok(texts.chunks(BATCH).map(batch).collect())
}

/// The length of the Bedrock model's vectors where nothing is said.
fn usual(request: &EmbedRequest) -> Option<usize> {
    let usual = request.model.capabilities.embedding_dimensions.first()?;
    usize::try_from(*usual).ok()
}

/// The body without the number of dimensions, which servers refuse for models that are not made for
/// it. [`Vectors::shaped`] shortens as they would.
pub(crate) fn without_dimensions(body: &Value) -> Option<Value> {
    let mut body = body.clone();
    body.as_object_mut()?.shift_remove(DIMENSIONS)?;
    Some(body)
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
    embedding: Encoded,
}

/// A vector as a server writes it; some write base64 whatever they are asked for.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Encoded {
    Floats(Vec<f32>),
    Base64(String),
}

impl Encoded {
    /// base64 holds little-endian floats of 32 bits.
    fn decode(self) -> Option<Vec<f32>> {
        let text = match self {
            Self::Floats(vector) => return Some(vector),
            Self::Base64(text) => text,
        };
        let bytes = base64::decode(text).ok()?;
        let (floats, rest) = bytes.as_chunks::<4>();
        rest.is_empty().then(|| {
            floats
                .iter()
                .map(|float| f32::from_le_bytes(*float))
                .collect()
        })
    }
}

/// The vectors of a request, batch after batch.
#[derive(Debug, Default)]
pub(crate) struct Vectors {
    vectors: Vec<Vec<f32>>,
    tokens: u64,
}

/// The vectors are shorter than the client wants them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Short {
    /// Their length.
    pub(crate) has: usize,
}

impl Vectors {
    /// Takes the answer to the body of a batch.
    pub(crate) fn add(
        &mut self,
        request: &EmbedRequest,
        body: &Value,
        answer: &[u8],
    ) -> Result<(), Fault> {
        let answer: Answer =
            serde_json::from_slice(answer).map_err(|error| Fault::Malformed(error.to_string()))?;
        let mut items = answer.data;
        items.sort_by_key(|item| item.index);
        let wants = body["input"].as_array().map_or(0, Vec::len);
        if items.len() != wants {
            let has = items.len();
            return Err(Fault::Malformed(format!(
                "{has} vectors for {wants} inputs"
            )));
        }
        self.tokens += tokens(request, self.vectors.len(), wants, answer.usage.as_ref());
        for item in items {
            let vector = item.embedding.decode();
            let malformed = || Fault::Malformed("a vector is no list of floats".to_owned());
            self.vectors.push(vector.ok_or_else(malformed)?);
        }
        Ok(())
    }

    /// The vectors, as long as the request wants them.
    ///
    /// Longer ones are shortened and get the length one again, as models with nested dimensions are
    /// used. Shorter ones are an error, except for a request that asks for the Bedrock model's usual
    /// length: it most likely asks for none, and takes what the server's model has.
    pub(crate) fn shaped(mut self, request: &EmbedRequest) -> Result<Embeddings, Short> {
        let usual = usual(request);
        for vector in &mut self.vectors {
            let has = vector.len();
            if has == 0 || (has < request.dimensions && usual != Some(request.dimensions)) {
                return Err(Short { has });
            }
            vector.truncate(request.dimensions);
            if request.normalize || has > request.dimensions {
                normalize(vector);
            }
        }
        Ok(Embeddings {
            vectors: self.vectors,
            input_tokens: u32::try_from(self.tokens).unwrap_or(u32::MAX),
        })
    }
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

/// The tokens of a batch, which has `count` of the inputs from `first` on.
fn tokens(request: &EmbedRequest, first: usize, count: usize, usage: Option<&Value>) -> u64 {
    let told = usage.and_then(|usage| usage.get("prompt_tokens")?.as_u64());
    let inputs = request.inputs.iter().skip(first).take(count);
    let bytes = inputs.map(|input| match input {
        EmbedInput::Text(text) => text.len(),
        _ => 0,
    });
    told.unwrap_or_else(|| bytes.sum::<usize>().div_ceil(BYTES_PER_TOKEN) as u64)
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
            model_id: "amazon.titan-embed-text-v2:0".to_owned(),
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

    #[derive(Debug, PartialEq)]
    enum Unusable {
        Fault(Fault),
        Short(Short),
    }

    fn vectors(request: &EmbedRequest, answer: &[u8]) -> Result<Embeddings, Unusable> {
        let bodies = batches(request, "m", EncodingFormat::Float).unwrap();
        let mut vectors = Vectors::default();
        let added = vectors.add(request, &bodies[0], answer);
        added.map_err(Unusable::Fault)?;
        vectors.shaped(request).map_err(Unusable::Short)
    }

    #[test]
    fn inputs_go_in_batches_and_their_vectors_keep_the_order() {
        let mut asked = ask(3, false);
        let texts = (0..70).map(|place| EmbedInput::Text(place.to_string()));
        asked.inputs = texts.collect();
        let mut vectors = Vectors::default();
        for body in batches(&asked, "m", EncodingFormat::Float).unwrap() {
            let inputs = body["input"].as_array().unwrap();
            assert!(inputs.len() <= BATCH);
            let item = |(index, text): (usize, &Value)| {
                let number: f32 = text.as_str().unwrap().parse().unwrap();
                json!({"index": index, "embedding": [number, 0.0, 0.0]})
            };
            let data: Vec<_> = inputs.iter().enumerate().map(item).rev().collect();
            let answer = json!({"data": data, "usage": {"prompt_tokens": inputs.len()}});
            let answer = answer.to_string();
            vectors.add(&asked, &body, answer.as_bytes()).unwrap();
        }
        let embeddings = vectors.shaped(&asked).unwrap();
        let firsts = embeddings.vectors.iter().map(|vector| vector[0]);
        assert!(firsts.eq((0..70_u8).map(f32::from)));
        assert_eq!(embeddings.input_tokens, 70);
    }

    #[test]
    fn a_length_is_asked_for_where_the_client_asks_for_one() {
        let body = |dimensions, encoding| {
            let bodies = batches(&ask(dimensions, true), "m", encoding).unwrap();
            bodies.into_iter().next().unwrap()
        };
        let usual = body(1024, EncodingFormat::Base64);
        assert_eq!(
            usual,
            json!({"model": "m", "input": ["a", "b"], "encoding_format": "base64"})
        );
        assert_eq!(without_dimensions(&usual), None);
        let asked = body(256, EncodingFormat::Unsaid);
        assert_eq!(
            asked,
            json!({"model": "m", "input": ["a", "b"], "dimensions": 256})
        );
        assert_eq!(
            without_dimensions(&asked),
            Some(json!({"model": "m", "input": ["a", "b"]}))
        );
    }

    #[test]
    fn base64_is_read_as_floats() {
        let mut asked = ask(2, false);
        asked.inputs.truncate(1);
        let bytes: Vec<_> = [0.5_f32, -2.0]
            .into_iter()
            .flat_map(f32::to_le_bytes)
            .collect();
        let body = |text: String| json!({"data": [{"embedding": text}]}).to_string();
        let told = body(base64::encode(&bytes));
        assert_eq!(
            vectors(&asked, told.as_bytes()).unwrap().vectors,
            [[0.5, -2.0]]
        );
        for broken in ["!".to_owned(), base64::encode(&bytes[1..])] {
            let told = vectors(&asked, body(broken).as_bytes());
            assert!(matches!(told, Err(Unusable::Fault(Fault::Malformed(_)))));
        }
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
            Err(Unusable::Short(Short { has: 3 }))
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
            batches(&asked, "m", EncodingFormat::Float),
            Err(EngineError::Validation(_))
        ));
    }
}
