//! The Engine trait, and the canned engine that answers without a model.
//!
//! An [`Engine`] answers a [`ConverseRequest`] with a stream of [`StreamEvent`]s; [`fold`] makes one
//! [`Answer`] of them. The language is the generated one: messages, content blocks and events are the
//! types of the official model.

pub mod canned;
pub mod document;
mod engine;
mod error;
mod fold;
pub mod observation;
mod request;

pub use engine::{Engine, EngineFuture, EventStream, StreamEvent};
pub use error::{EngineError, MODEL_ERROR_PREFIX};
pub use fold::{Answer, fold};
pub use observation::{Observation, answered_by};
pub use request::{
    Caller, ConverseRequest, EmbedInput, EmbedRequest, Embeddings, ImageEdit, ImageFormat,
    ImageRequest, RerankRequest, RerankResult, Shade, VideoRequest, VideoShot,
};
