//! Images in S3.

use serde_json::Value;

use super::error::IMAGE_BYTES;
use crate::sourced::{Place, Sourced};

/// The objects of a body, whichever version it has.
pub(super) fn of(body: &Value) -> Vec<Sourced> {
    let single = ["", "/image", "/text_image"]
        .into_iter()
        .filter_map(|holder| {
            let pointer = format!("{holder}/mediaSource");
            sourced(body.pointer(&pointer)?, pointer)
        });
    let several = body["multi_input"]["mediaSources"].as_array();
    let several = several.into_iter().flatten().enumerate();
    let several = several.filter_map(|(index, source)| {
        sourced(source, format!("/multi_input/mediaSources/{index}"))
    });
    single.chain(several).collect()
}

fn sourced(source: &Value, pointer: String) -> Option<Sourced> {
    if !source["base64String"].is_null() {
        return None;
    }
    let place = Place::base64(pointer, "base64String");
    Sourced::of(&source["s3Location"], IMAGE_BYTES as u64, place)
}
