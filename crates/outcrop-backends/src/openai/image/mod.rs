//! Images.

mod edit;
mod form;
mod mask;

use aws_smithy_types::base64;
use outcrop_engine::{ImageFormat, ImageRequest};
use serde::Deserialize;
use serde_json::{Map, Value, json};

pub(crate) use edit::edit;

use crate::error::Fault;

/// How models that `OpenAI` hosts begin, which know fewer members and refuse the others.
const GPT_IMAGE: &str = "gpt-image";
const DALL_E: &str = "dall-e";

/// The body of `/images/generations`.
pub(crate) fn generation(request: &ImageRequest, model: &str) -> Value {
    Value::Object(members(request, model, &request.prompt))
}

/// What is said of an image to draw or to change.
fn members(request: &ImageRequest, model: &str, prompt: &str) -> Map<String, Value> {
    let (width, height) = (request.width, request.height);
    let mut body = Map::new();
    let mut insert = |name: &str, value: Value| body.insert(name.to_owned(), value);
    insert("model", json!(model));
    insert("prompt", json!(prompt));
    insert("n", json!(request.count));
    insert("size", json!(format!("{width}x{height}")));
    // What OpenAI's newer models answer with anyway, and refuse to be asked for.
    if !model.starts_with(GPT_IMAGE) {
        insert("response_format", json!("b64_json"));
    }
    if !model.starts_with(GPT_IMAGE) && !model.starts_with(DALL_E) {
        insert("seed", json!(request.seed));
        if !request.negative_prompt.is_empty() {
            insert("negative_prompt", json!(request.negative_prompt));
        }
    }
    if model.starts_with(GPT_IMAGE) {
        let format = match request.format {
            ImageFormat::Png => "png",
            ImageFormat::Jpeg => "jpeg",
            ImageFormat::WebP => "webp",
        };
        insert("output_format", json!(format));
        if request.transparent {
            insert("background", json!("transparent"));
        }
    }
    body
}

#[derive(Debug, Deserialize)]
struct Answer {
    data: Vec<Item>,
}

#[derive(Debug, Deserialize)]
struct Item {
    #[serde(default)]
    b64_json: Option<String>,
    /// Some servers send a data URL here, whatever they are asked for.
    #[serde(default)]
    url: Option<String>,
}

/// The files of an answer. An address instead of a file is not followed: nothing but the server that
/// was configured is called.
pub(crate) fn images(request: &ImageRequest, body: &[u8]) -> Result<Vec<Vec<u8>>, Fault> {
    let answer: Answer = serde_json::from_slice(body)
        .map_err(|_| Fault::Malformed("it is no list of images".to_owned()))?;
    let count = usize::try_from(request.count).unwrap_or(usize::MAX);
    if answer.data.len() < count.max(1) {
        let has = answer.data.len();
        let cause = format!("{has} images where {count} were asked for");
        return Err(Fault::Malformed(cause));
    }
    let items = answer.data.into_iter().take(count);
    items.map(|item| file(&item)).collect()
}

fn file(item: &Item) -> Result<Vec<u8>, Fault> {
    let url = item.url.as_deref();
    let inline = url.and_then(|url| Some(url.strip_prefix("data:")?.split_once(";base64,")?.1));
    let Some(text) = item.b64_json.as_deref().or(inline) else {
        let cause = "an image comes as an address, not as b64_json; set the server to send files";
        return Err(Fault::Malformed(cause.to_owned()));
    };
    base64::decode(text).map_err(|_| Fault::Malformed("an image is no base64".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::draw;

    #[test]
    fn the_request_has_what_the_model_knows() {
        let asked = draw("A cat", 2);
        assert_eq!(
            generation(&asked, "sdxl"),
            json!({
                "model": "sdxl", "prompt": "A cat", "n": 2, "size": "512x256", "response_format": "b64_json",
                "seed": 7, "negative_prompt": "dogs",
            })
        );
        assert_eq!(
            generation(&asked, "gpt-image-1"),
            json!({"model": "gpt-image-1", "prompt": "A cat", "n": 2, "size": "512x256", "output_format": "png"})
        );
        assert_eq!(generation(&asked, "dall-e-3").get("seed"), None);
    }

    #[test]
    fn files_come_as_base64_or_data_urls() {
        let body = json!({"data": [{"b64_json": "AQI="}, {"url": "data:image/png;base64,Aw=="}, {"b64_json": "BA=="}]});
        let files = images(&draw("A cat", 2), body.to_string().as_bytes());
        assert_eq!(files, Ok(vec![vec![1, 2], vec![3]]));
    }

    #[test]
    fn what_holds_no_files_is_malformed() {
        for body in [
            json!({}),
            json!({"data": []}),
            json!({"data": [{"url": "http://elsewhere/a.png"}]}),
            json!({"data": [{"b64_json": "!"}]}),
        ] {
            let files = images(&draw("A cat", 1), body.to_string().as_bytes());
            assert!(matches!(files, Err(Fault::Malformed(_))), "{body}");
        }
    }
}
