//! Contents in S3, and how many bytes they may have: limits of ours, which leave room for what one vector takes
//! (a text of 50,000 characters, 30 seconds of sound or video).

use serde_json::Value;

use super::request::KINDS;
use crate::sourced::{Place, Sourced};

const TEXT_BYTES: u64 = 1 << 20;
const IMAGE_BYTES: u64 = 50 << 20;
const OTHER_BYTES: u64 = 100 << 20;

/// The objects of a body: one for each kind of content that has no bytes.
pub(super) fn of(body: &Value) -> Vec<Sourced> {
    let params = &body["singleEmbeddingParams"];
    let sourced = KINDS.into_iter().filter_map(|kind| {
        let source = &params[kind]["source"];
        if !source["bytes"].is_null() || !params[kind]["value"].is_null() {
            return None;
        }
        let holder = format!("/singleEmbeddingParams/{kind}");
        let (limit, place) = match kind {
            "text" => (TEXT_BYTES, text(holder)),
            "image" => (IMAGE_BYTES, bytes(&holder)),
            _ => (OTHER_BYTES, bytes(&holder)),
        };
        Sourced::of(&source["s3Location"], limit, place)
    });
    sourced.collect()
}

fn bytes(holder: &str) -> Place {
    Place::base64(format!("{holder}/source"), "bytes")
}

/// The text takes the place of its source.
fn text(holder: String) -> Place {
    Place {
        pointer: holder,
        from: "source",
        to: "value",
        text: true,
    }
}
