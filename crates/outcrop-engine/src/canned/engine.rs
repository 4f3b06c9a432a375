//! The canned engine as an [`Engine`].

use futures_util::stream;

use super::{
    answer::answer, cache::PromptCache, embedding::embed, image::draw, reading::Reading,
    rerank::rerank, tokenizer, usage::clamp,
};
use crate::{
    ConverseRequest, EmbedInput, EmbedRequest, Embeddings, Engine, EngineError, EngineFuture,
    EventStream, ImageRequest, RerankRequest, RerankResult,
};

/// Images that one request may ask for.
const MAX_IMAGES: u32 = 20;

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
            let events = match answer(&request, &self.cache) {
                Ok(events) => events.into_iter().map(Ok).collect(),
                Err(refusal @ EngineError::ModelValidation(_)) => vec![Err(refusal)],
                Err(error) => return Err(error),
            };
            Ok(Box::pin(stream::iter(events)) as EventStream)
        })
    }

    fn count_tokens(&self, request: ConverseRequest) -> EngineFuture<'_, u32> {
        Box::pin(async move { Ok(saturate(Reading::of(&request)?.input_tokens)) })
    }

    fn embed(&self, request: EmbedRequest) -> EngineFuture<'_, Embeddings> {
        Box::pin(async move {
            let mut input_tokens = 0;
            let mut vectors = Vec::with_capacity(request.inputs.len());
            for input in &request.inputs {
                let (text, image) = match input {
                    EmbedInput::Text(text) => (Some(text.as_str()), None),
                    EmbedInput::Image(image) => (None, Some(image.as_slice())),
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
            if request.count > MAX_IMAGES {
                let message = format!(
                    "{} images were asked for; ask for {MAX_IMAGES} at most.",
                    request.count
                );
                return Err(EngineError::Validation(message));
            }
            (0..request.count)
                .map(|index| {
                    draw(
                        &request.prompt,
                        request.seed,
                        index,
                        request.width,
                        request.height,
                    )
                })
                .collect::<Result<_, _>>()
                .map_err(|error| EngineError::Validation(error.to_string()))
        })
    }
}

fn saturate(tokens: u64) -> u32 {
    // The API's counts are signed.
    clamp(tokens).unsigned_abs()
}
