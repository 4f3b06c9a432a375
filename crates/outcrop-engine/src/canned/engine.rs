//! The canned engine as an [`Engine`].

use futures_util::stream;

use super::{
    answer::answer, cache::PromptCache, embedding::embed, image::picture, reading::Reading,
    rerank::rerank, tokenizer, usage::clamp, video::film,
};
use crate::{
    ConverseRequest, EmbedInput, EmbedRequest, Embeddings, Engine, EngineError, EngineFuture,
    EventStream, ImageRequest, RerankRequest, RerankResult, VideoRequest, answered_by,
};

/// What logs and metrics call this engine.
const NAME: &str = "canned";

/// Images that one request may ask for.
const MAX_IMAGES: u32 = 10;

/// Answers without a model: deterministic, and obedient to the request.
#[derive(Debug, Default)]
pub struct CannedEngine {
    cache: PromptCache,
}

impl CannedEngine {
    /// An engine with an empty prompt cache.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An engine whose prompt cache is `cache`, for instance one with a clock of its own.
    #[must_use]
    pub fn with_cache(cache: PromptCache) -> Self {
        Self { cache }
    }

    /// Does now what would make the first request slow. Blocks for some 25 ms.
    pub fn warm() {
        tokenizer::warm();
    }
}

impl Engine for CannedEngine {
    /// A model's own refusal comes as the stream's one item, because the live service sends it so: a stream that
    /// answers 200 and then has a single exception frame (recorded).
    fn converse(&self, request: ConverseRequest) -> EngineFuture<'_, EventStream> {
        Box::pin(async move {
            answered_by(NAME, None);
            let events = match answer(&request, &self.cache) {
                Ok(events) => events.into_iter().map(Ok).collect(),
                Err(refusal @ EngineError::ModelValidation(_)) => vec![Err(refusal)],
                Err(error) => return Err(error),
            };
            Ok(Box::pin(stream::iter(events)) as EventStream)
        })
    }

    fn count_tokens(&self, request: ConverseRequest) -> EngineFuture<'_, u32> {
        Box::pin(async move {
            answered_by(NAME, None);
            Ok(saturate(Reading::of(&request)?.input_tokens))
        })
    }

    fn embed(&self, request: EmbedRequest) -> EngineFuture<'_, Embeddings> {
        Box::pin(async move {
            answered_by(NAME, None);
            let mut input_tokens = 0;
            let mut vectors = Vec::with_capacity(request.inputs.len());
            for input in &request.inputs {
                let (text, image) = match input {
                    EmbedInput::Text(text) => (Some(text.as_str()), None),
                    EmbedInput::Image(file) | EmbedInput::Audio(file) | EmbedInput::Video(file) => {
                        (None, Some(file.as_slice()))
                    }
                    EmbedInput::TextAndImage(text, image) => {
                        (Some(text.as_str()), Some(image.as_slice()))
                    }
                };
                input_tokens += text.map_or(0, tokenizer::count);
                vectors.push(embed(text, image, request.dimensions, request.normalize));
            }
            Ok(Embeddings {
                vectors,
                input_tokens: saturate(input_tokens),
            })
        })
    }

    fn rerank(&self, request: RerankRequest) -> EngineFuture<'_, Vec<RerankResult>> {
        Box::pin(async move {
            answered_by(NAME, None);
            let ranked = rerank(&request.query, &request.documents).into_iter();
            Ok(ranked
                .take(request.top_n.unwrap_or(usize::MAX))
                .map(|(index, relevance_score)| RerankResult {
                    index,
                    relevance_score,
                })
                .collect())
        })
    }

    fn generate_images(&self, request: ImageRequest) -> EngineFuture<'_, Vec<Vec<u8>>> {
        Box::pin(async move {
            answered_by(NAME, None);
            if request.count > MAX_IMAGES {
                let message = format!(
                    "{} images were asked for; ask for {MAX_IMAGES} at most.",
                    request.count
                );
                return Err(EngineError::Validation(message));
            }
            (0..request.count)
                .map(|index| picture(&request, index))
                .collect::<Result<_, _>>()
                .map_err(|error| EngineError::Validation(error.to_string()))
        })
    }

    fn generate_video(&self, request: VideoRequest) -> EngineFuture<'_, Vec<u8>> {
        Box::pin(async move {
            answered_by(NAME, None);
            film(&request).map_err(|error| EngineError::Validation(error.to_string()))
        })
    }
}

fn saturate(tokens: u64) -> u32 {
    // The API's counts are signed.
    clamp(tokens).unsigned_abs()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use futures_util::FutureExt;
    use outcrop_catalogue::Catalogue;

    use super::*;
    use crate::{
        Caller, ImageFormat, StreamEvent,
        canned::{
            embedding::similarity,
            media::image_facts,
            testing::{NOVA, ask},
        },
    };

    fn model() -> Arc<outcrop_catalogue::Model> {
        Arc::clone(Catalogue::builtin().unwrap().model(NOVA).unwrap())
    }

    fn caller() -> Caller {
        Caller {
            account: "123456789012".into(),
            region: "us-east-1".into(),
        }
    }

    #[test]
    fn counts_are_those_of_the_answers_usage() {
        let engine = CannedEngine::new();
        let counted = engine
            .count_tokens(ask(NOVA, "Hello there"))
            .now_or_never()
            .unwrap()
            .unwrap();
        let answer = crate::canned::testing::answer(&engine, &ask(NOVA, "Hello there")).unwrap();
        assert_eq!(
            answer.usage.input_tokens,
            Some(i32::try_from(counted).unwrap())
        );
    }

    #[test]
    fn a_models_refusal_is_the_only_item_of_its_stream() {
        use futures_util::StreamExt;
        let long = ask(NOVA, &"word ".repeat(500_000));
        let mut stream = CannedEngine::new()
            .converse(long)
            .now_or_never()
            .unwrap()
            .unwrap();
        let first: Option<Result<StreamEvent, _>> = stream.next().now_or_never().unwrap();
        assert!(matches!(first, Some(Err(EngineError::ModelValidation(_)))));
        assert!(stream.next().now_or_never().unwrap().is_none());
    }

    #[test]
    fn embeds_each_input() {
        let request = EmbedRequest {
            model: model(),
            model_id: model().id.clone(),
            caller: caller(),
            inputs: vec![
                EmbedInput::Text("a red fox".to_owned()),
                EmbedInput::TextAndImage("a red fox".to_owned(), vec![1, 2, 3]),
                EmbedInput::Image(vec![1, 2, 3]),
            ],
            dimensions: 256,
            normalize: true,
        };
        let answer = CannedEngine::new()
            .embed(request)
            .now_or_never()
            .unwrap()
            .unwrap();
        assert_eq!(answer.vectors.len(), 3);
        assert_eq!(answer.input_tokens, 6);
        let [text, both, image] = answer.vectors.as_slice() else {
            panic!()
        };
        assert!(similarity(text, both) > similarity(text, image));
    }

    #[test]
    fn reranks_up_to_the_asked_number() {
        let request = RerankRequest {
            model: model(),
            model_id: model().id.clone(),
            caller: caller(),
            query: "red fox".to_owned(),
            documents: vec!["blue whale".to_owned(), "a red fox".to_owned()],
            top_n: Some(1),
        };
        let ranked = CannedEngine::new()
            .rerank(request)
            .now_or_never()
            .unwrap()
            .unwrap();
        assert_eq!(
            ranked.iter().map(|result| result.index).collect::<Vec<_>>(),
            [1]
        );
    }

    #[test]
    fn draws_the_asked_images() {
        let request = |count, width| ImageRequest {
            model: model(),
            model_id: model().id.clone(),
            caller: caller(),
            prompt: "a red fox".to_owned(),
            negative_prompt: String::new(),
            sources: Vec::new(),
            edit: crate::ImageEdit::None,
            width,
            height: 32,
            count,
            seed: 1,
            transparent: false,
            format: ImageFormat::Png,
        };
        let draw = |request| {
            CannedEngine::new()
                .generate_images(request)
                .now_or_never()
                .unwrap()
        };
        let images = draw(request(2, 64)).unwrap();
        assert_ne!(images[0], images[1]);
        let facts = image_facts("png", &images[0]).unwrap();
        assert_eq!((facts.width, facts.height), (64, 32));
        assert!(matches!(
            draw(request(1, 50_000)),
            Err(EngineError::Validation(_))
        ));
        assert!(matches!(
            draw(request(1000, 64)),
            Err(EngineError::Validation(_))
        ));
    }
}
