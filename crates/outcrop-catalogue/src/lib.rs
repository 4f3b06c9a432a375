//! The foundation models and inference profiles that the server knows, and how a model id finds one.
