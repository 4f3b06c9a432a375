//! Stability AI: Stable Image and its services, and Stable Diffusion XL.

use aws_smithy_types::base64;
use outcrop_catalogue::Model;
use serde_json::{Value, json};

use crate::schema::{INTEGER, Kind, TEXT, optional, required};
use crate::{Call, Dialect, DialectError, ImageParts, ImageResponder, body, schema};

const STABLE_IMAGE: Kind = Kind::Open(&[
    optional("prompt", Kind::String(0, 10_000)),
    optional(
        "aspect_ratio",
        Kind::Word(&[
            "16:9", "1:1", "21:9", "2:3", "3:2", "4:5", "5:4", "9:16", "9:21",
        ]),
    ),
    optional("seed", Kind::Integer(0, 4_294_967_295)),
    optional("image", TEXT),
]);

const STABLE_DIFFUSION: Kind = Kind::Open(&[
    required(
        "text_prompts",
        Kind::List(&Kind::Open(&[required("text", TEXT)]), 1, usize::MAX),
    ),
    optional("width", Kind::Integer(128, 2048)),
    optional("height", Kind::Integer(128, 2048)),
    optional("samples", Kind::Integer(1, 10)),
    optional("seed", INTEGER),
]);

/// Stable Image Core and Ultra, Stable Diffusion 3, and the editing services.
pub(crate) struct StableImage;

/// `stability.stable-diffusion-xl-v1`.
pub(crate) struct StableDiffusion;

impl Dialect for StableImage {
    fn request(&self, _model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        let members = body::parse(body)?;
        schema::check(&members, &STABLE_IMAGE)?;
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        let (width, height) = size(text("aspect_ratio").unwrap_or("1:1"));
        let seed = members.get("seed").and_then(Value::as_u64).unwrap_or(0);
        let prompt = text("prompt").unwrap_or_default().to_owned();
        let parts = ImageParts {
            prompt,
            width,
            height,
            count: 1,
            seed,
        };
        Ok(Call::Image(parts, Box::new(StableImageResponder { seed })))
    }
}

impl Dialect for StableDiffusion {
    fn request(&self, _model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        let body = Value::Object(body::parse(body)?);
        schema::check(
            body.as_object().ok_or(DialectError::Malformed)?,
            &STABLE_DIFFUSION,
        )?;
        let prompts = body["text_prompts"].as_array().into_iter().flatten();
        let prompts: Vec<_> = prompts
            .filter_map(|prompt| prompt["text"].as_str())
            .collect();
        let number = |name: &str, default| {
            body[name]
                .as_u64()
                .and_then(|number| u32::try_from(number).ok())
                .unwrap_or(default)
        };
        let seed = body["seed"].as_u64().unwrap_or(0);
        let parts = ImageParts {
            prompt: prompts.join(" "),
            width: number("width", 512),
            height: number("height", 512),
            count: number("samples", 1),
            seed,
        };
        Ok(Call::Image(
            parts,
            Box::new(StableDiffusionResponder { seed }),
        ))
    }
}

/// About a megapixel in every aspect.
fn size(aspect_ratio: &str) -> (u32, u32) {
    match aspect_ratio {
        "16:9" => (1344, 768),
        "21:9" => (1536, 640),
        "2:3" => (832, 1216),
        "3:2" => (1216, 832),
        "4:5" => (896, 1088),
        "5:4" => (1088, 896),
        "9:16" => (768, 1344),
        "9:21" => (640, 1536),
        _ => (1024, 1024),
    }
}

struct StableImageResponder {
    seed: u64,
}

impl ImageResponder for StableImageResponder {
    fn response(&self, images: &[Vec<u8>]) -> Value {
        let encoded: Vec<_> = images.iter().map(base64::encode).collect();
        json!({"seeds": vec![self.seed; images.len()], "finish_reasons": vec![Value::Null; images.len()], "images": encoded})
    }
}

struct StableDiffusionResponder {
    seed: u64,
}

impl ImageResponder for StableDiffusionResponder {
    fn response(&self, images: &[Vec<u8>]) -> Value {
        let artifact = |image: &Vec<u8>| json!({"seed": self.seed, "base64": base64::encode(image), "finishReason": "SUCCESS"});
        json!({"result": "success", "artifacts": images.iter().map(artifact).collect::<Vec<_>>()})
    }
}
