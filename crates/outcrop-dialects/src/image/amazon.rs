//! Nova Canvas and Titan Image Generator.

use aws_smithy_types::base64;
use outcrop_catalogue::Model;
use serde_json::{Map, Value, json};

use crate::schema::{INTEGER, Kind, NUMBER, TEXT, optional, required};
use crate::{Call, Dialect, DialectError, ImageParts, ImageResponder, body, schema};

const BODY: Kind = Kind::Open(&[
    required("taskType", TEXT),
    optional(
        "textToImageParams",
        Kind::Open(&[required("text", Kind::String(1, 1024))]),
    ),
    optional(
        "imageGenerationConfig",
        Kind::Open(&[
            optional("numberOfImages", Kind::Integer(1, 5)),
            optional("width", Kind::Integer(320, 4096)),
            optional("height", Kind::Integer(320, 4096)),
            optional("cfgScale", NUMBER),
            optional("seed", INTEGER),
        ]),
    ),
]);

/// `amazon.nova-canvas-v1:0` and `amazon.titan-image-generator-v2:0`.
pub(crate) struct AmazonImage;

impl Dialect for AmazonImage {
    fn request(&self, _model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        let members = body::parse(body)?;
        schema::check(&members, &BODY)?;
        let config = members.get("imageGenerationConfig").unwrap_or(&Value::Null);
        let number = |name: &str, default| number(config, name).unwrap_or(default);
        let parts = ImageParts {
            prompt: prompt(&members).unwrap_or_default().to_owned(),
            width: number("width", 1024),
            height: number("height", 1024),
            count: number("numberOfImages", 1),
            seed: config["seed"].as_u64().unwrap_or(12),
        };
        Ok(Call::Image(parts, Box::new(Responder)))
    }
}

fn number(config: &Value, name: &str) -> Option<u32> {
    config[name]
        .as_u64()
        .and_then(|number| u32::try_from(number).ok())
}

/// Each task has parameters of its own, most of them with a text.
fn prompt(members: &Map<String, Value>) -> Option<&str> {
    let mut params = members.iter().filter(|(name, _)| name.ends_with("Params"));
    params.find_map(|(_, params)| {
        params["text"]
            .as_str()
            .or_else(|| params["prompt"].as_str())
    })
}

struct Responder;

impl ImageResponder for Responder {
    fn response(&self, images: &[Vec<u8>]) -> Value {
        let images: Vec<_> = images.iter().map(base64::encode).collect();
        json!({"images": images, "error": null})
    }
}
