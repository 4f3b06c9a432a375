//! An engine that can be exchanged while it answers.

use std::sync::Arc;

use arc_swap::ArcSwap;
use outcrop_engine::{
    ConverseRequest, EmbedRequest, Embeddings, Engine, EngineFuture, EventStream, ImageRequest,
    RerankRequest, RerankResult, VideoRequest,
};

use super::{Answering, EngineError};
use crate::config::Effective;

/// Answers with what answered when the request came. Streams that run keep what they began with.
pub(crate) struct Reloadable(ArcSwap<Answering>);

impl Reloadable {
    pub(crate) fn new(answering: Answering) -> Self {
        Self(ArcSwap::from_pointee(answering))
    }

    /// Answers with another configuration from now on; with the old one if the new one is wrong.
    pub(crate) fn reload(&self, effective: &Effective) -> Result<(), EngineError> {
        let before = self.0.load_full();
        self.0
            .store(Arc::new(Answering::new(effective, Some(&before))?));
        Ok(())
    }
}

macro_rules! forward {
    ($( $call:ident($request:ty) -> $answer:ty; )+) => { $(
        fn $call(&self, request: $request) -> EngineFuture<'_, $answer> {
            let current = self.0.load_full();
            Box::pin(async move { current.engine().$call(request).await })
        }
    )+ };
}

impl Engine for Reloadable {
    forward! {
        converse(ConverseRequest) -> EventStream;
        count_tokens(ConverseRequest) -> u32;
        embed(EmbedRequest) -> Embeddings;
        rerank(RerankRequest) -> Vec<RerankResult>;
        generate_images(ImageRequest) -> Vec<Vec<u8>>;
        generate_video(VideoRequest) -> Vec<u8>;
    }
}
