//! Images.

use aws_smithy_types::base64;
use outcrop_engine::{EngineError, canned::image::draw};
use serde_json::{Value, json};

use crate::support::{Backend, Reply, invoke};

const TITAN: &str = "amazon.titan-image-generator-v2:0";

async fn server() -> Backend {
    let body = json!({"data": [{"b64_json": "AQI="}]});
    Backend::start(vec![Reply::json("200 OK", &body)]).await
}

/// A picture in base64.
fn picture(prompt: &str) -> String {
    base64::encode(draw(prompt, 0, 0, 320, 320).unwrap())
}

fn inpainting(mask: &Value) -> Value {
    let mut params = json!({"image": picture("a house"), "text": "A cat"});
    params
        .as_object_mut()
        .unwrap()
        .extend(mask.as_object().unwrap().clone());
    json!({"taskType": "INPAINTING", "inPaintingParams": params})
}

#[tokio::test]
async fn images_to_change_become_edits() {
    let backend = server().await;
    let variation = json!({
        "taskType": "IMAGE_VARIATION",
        "imageVariationParams": {"images": [picture("a"), picture("b")], "text": "A cat"},
    });
    let masked = inpainting(&json!({"maskImage": picture("a mask")}));
    for (body, fields) in [
        (variation, &["image[]", "image[]"][..]),
        (masked, &["image", "mask"]),
    ] {
        let invoked = invoke(&backend, TITAN, &body).await.unwrap();
        assert_eq!(invoked.answer["images"], json!(["AQI="]));
        let request = backend.received().pop().unwrap();
        assert!(
            request.head.starts_with("post /v1/images/edits "),
            "{}",
            request.head
        );
        let kind = "content-type: multipart/form-data; boundary=";
        assert_eq!(request.head.matches("content-type: ").count(), 1);
        assert!(request.head.contains(kind), "{}", request.head);
        let form = request.body.as_str().unwrap();
        let files: Vec<_> = (form.split("; name=\"").skip(1))
            .filter(|part| part.contains("filename="))
            .filter_map(|part| part.split('"').next())
            .collect();
        assert_eq!(files, fields);
        assert!(form.contains("name=\"prompt\"\r\n\r\nA cat\r\n"), "{form}");
    }
}

#[tokio::test]
async fn what_edits_cannot_say_is_named() {
    let backend = server().await;
    let body = inpainting(&json!({"maskPrompt": "the door"}));
    let Err(EngineError::Validation(message)) = invoke(&backend, TITAN, &body).await.map(|_| ())
    else {
        panic!()
    };
    assert!(message.contains("maskPrompt"), "{message}");
    assert!(backend.received().is_empty());
}

#[tokio::test]
async fn titan_and_stability_bodies_become_generations() {
    let backend = server().await;
    let titan = json!({
        "taskType": "TEXT_IMAGE", "textToImageParams": {"text": "A cat"},
        "imageGenerationConfig": {"numberOfImages": 1, "width": 512, "height": 512, "seed": 7},
    });
    let invoked = invoke(&backend, TITAN, &titan).await.unwrap();
    assert_eq!(invoked.answer["images"], json!(["AQI="]));
    assert_eq!(
        invoked.sent,
        json!({"model": "sdxl", "prompt": "A cat", "n": 1, "size": "512x512", "response_format": "b64_json", "seed": 7})
    );
    let request = backend.received().pop().unwrap();
    assert!(
        request.head.starts_with("post /v1/images/generations "),
        "{}",
        request.head
    );
    let stability = json!({"prompt": "A cat", "seed": 7});
    let invoked = invoke(&backend, "stability.stable-image-core-v1:1", &stability)
        .await
        .unwrap();
    assert_eq!(invoked.answer["images"], json!(["AQI="]));
}
