//! What the families of image models share: pictures that a body carries, and the form of Amazon's bodies.

pub(crate) mod amazon;
mod source;

pub(crate) use source::{JPEG_AND_PNG, Source};
