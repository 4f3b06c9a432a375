//! Batch inference from the request to the output, with the real handlers, a store in memory and a folder for S3.

mod crash;
mod formats;
mod lifecycle;
mod support;
