use aws_smithy_types::base64;
use outcrop_catalogue::Catalogue;
use outcrop_engine::canned::image::draw;
use serde_json::{Value, json};

use crate::{AsyncFile, VideoParts, dialect};

fn asked(input: &Value) -> Result<VideoParts, String> {
    let catalogue = Catalogue::builtin().unwrap();
    let model = catalogue.model("luma.ray-v2:0").unwrap();
    let call = dialect(model).asynchronous(model, input.to_string().as_bytes());
    let call = call.map_err(|error| error.of_async_invoke())?;
    assert!(call.sources.is_empty());
    let mut work = call.plan.work(Vec::new(), "s3://bucket/id").unwrap();
    let Some(AsyncFile::Video(video)) = work.files.pop() else {
        panic!("a video is made");
    };
    assert_eq!(
        (video.name.as_str(), work.documents.len()),
        ("output.mp4", 0)
    );
    Ok(video.parts)
}

#[test]
fn members_decide_about_the_video() {
    let plain = asked(&json!({"prompt": "a car"})).unwrap();
    assert_eq!((plain.width, plain.height), (1280, 720));
    assert_eq!((plain.seconds_per_shot, plain.loops), (5, false));
    let input = json!({"prompt": "a car", "aspect_ratio": "9:16", "resolution": "540p", "duration": "9s", "loop": true});
    let other = asked(&input).unwrap();
    assert_eq!((other.width, other.height), (540, 960));
    assert_eq!((other.seconds_per_shot, other.loops), (9, true));
}

#[test]
fn keyframes_are_images() {
    let frame = |side| {
        let data = base64::encode(draw("", 0, 0, side, side).unwrap());
        json!({"type": "image", "source": {"type": "base64", "media_type": "image/jpeg", "data": data}})
    };
    let input =
        |frame: Value| json!({"prompt": "a car", "keyframes": {"frame0": frame, "frame1": frame}});
    assert_eq!(asked(&input(frame(512))).unwrap().shots[0].images.len(), 2);
    let refused = asked(&input(frame(16))).unwrap_err();
    assert!(refused.starts_with("#/keyframes/frame0/source/data: the image has 16x16 pixels"));
}

#[test]
fn what_breaks_the_schema_is_told_alone() {
    let refused = |input: Value| asked(&input).unwrap_err();
    assert_eq!(refused(json!({})), "#: required key [prompt] not found");
    assert_eq!(
        refused(json!({"prompt": "a car", "duration": "7s"})),
        "#/duration: 7s is not a valid enum value"
    );
    assert_eq!(
        refused(json!({"prompt": ""})),
        "#/prompt: expected minLength: 1, actual: 0"
    );
}
