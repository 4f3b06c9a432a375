//! Conversions between the models' native bodies and the Converse vocabulary, without I/O.
//!
//! `InvokeModel` takes the body that a model's provider invented. [`dialect`] finds the [`Dialect`] that
//! a model speaks; it turns a body into a [`Call`], which an engine can answer, and hands out a
//! responder, which turns the engine's answer back into the provider's words:
//!
//! ```text
//! body -> Dialect::request -> Call::Converse(parts, responder)
//!                                   |         |
//!                                engine   response(&Answer) | stream() -> chunks(event)
//! ```
//!
//! One folder is one family of models, with the same files in each: `request.rs` reads bodies,
//! `response.rs` writes whole answers, `stream.rs` writes chunks, `error.rs` refuses.

mod anthropic;
mod asynchronous;
mod body;
mod call;
mod choices;
mod cohere_chat;
mod cohere_embed;
mod dialect;
mod elsewhere;
mod error;
mod id;
mod image;
mod luma_ray;
mod marengo_embed;
mod metrics;
mod nova;
mod nova_canvas;
mod nova_embed;
mod nova_reel;
mod openai_chat;
mod prompt;
mod registry;
mod rerank;
mod schema;
mod sourced;
mod stability;
mod stable_diffusion;
mod titan_embed;
mod titan_image;

pub use asynchronous::{
    AsyncCall, AsyncFile, AsyncPlan, AsyncSource, AsyncWork, Content, Document, Form, Segment,
    VectorsFile, VideoFile, VideoParts,
};
pub use call::{Call, ConverseParts, EmbedParts, ImageParts, RerankParts};
pub use choices::{usage_of_choices, with_further};
pub use dialect::{
    CacheHeaders, ChatResponder, ChatStream, Dialect, EmbedResponder, ImageResponder,
    RerankResponder, Timing,
};
pub use error::DialectError;
pub use registry::{dialect, families, family};
pub use sourced::{Place, Sourced};
