//! Image models: what to draw, and how large. What a model does to an image that it is given comes later.

mod amazon;
mod stability;

pub(crate) use amazon::AmazonImage;
pub(crate) use stability::{StableDiffusion, StableImage};
