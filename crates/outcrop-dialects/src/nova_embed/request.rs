//! A body as a request for one vector.

use aws_smithy_types::base64;
use outcrop_catalogue::Model;
use outcrop_engine::EmbedInput;
use serde_json::{Map, Value};

use super::error::{self, BODY};
use crate::{DialectError, EmbedParts, body, schema};

pub(super) fn read(
    model: &Model,
    members: &Map<String, Value>,
) -> Result<EmbedParts, DialectError> {
    schema::check(members, &BODY)?;
    let params = members.get("singleEmbeddingParams").unwrap_or(&Value::Null);
    let input = if let Some(text) = params["text"]["value"].as_str() {
        EmbedInput::Text(text.to_owned())
    } else if let Some(bytes) = params["image"]["source"]["bytes"].as_str() {
        EmbedInput::Image(base64::decode(bytes).map_err(|_| DialectError::Malformed)?)
    } else {
        return Err(error::nothing_to_embed());
    };
    let dimensions = body::dimensions(model, params.get("embeddingDimension"));
    Ok(EmbedParts {
        inputs: vec![input],
        dimensions,
        normalize: true,
    })
}
