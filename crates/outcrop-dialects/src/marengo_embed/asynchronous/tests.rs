use bytes::Bytes;
use outcrop_catalogue::Catalogue;
use outcrop_engine::canned::image::draw;
use serde_json::{Value, json};

use crate::{AsyncCall, AsyncFile, Content, VectorsFile, dialect};

const V2: &str = "twelvelabs.marengo-embed-2-7-v1:0";
const V3: &str = "twelvelabs.marengo-embed-3-0-v1:0";

fn call(model: &str, input: &Value) -> Result<AsyncCall, String> {
    let catalogue = Catalogue::builtin().unwrap();
    let model = catalogue.model(model).unwrap();
    let call = dialect(model).asynchronous(model, input.to_string().as_bytes());
    call.map_err(|error| error.of_async_invoke())
}

fn file(model: &str, input: &Value, contents: Vec<Bytes>) -> Result<VectorsFile, String> {
    let work = call(model, input)?.plan.work(contents, "s3://out/id");
    let mut work = work.map_err(|error| error.to_string())?;
    let Some(AsyncFile::Vectors(file)) = work.files.pop() else {
        panic!("vectors are made");
    };
    assert_eq!(file.name, "output.json");
    Ok(file)
}

fn members(file: &VectorsFile) -> Vec<String> {
    let segments = file.segments.iter();
    let members = segments.map(|segment| Value::Object(segment.members.clone()).to_string());
    members.collect()
}

fn location() -> Value {
    json!({"s3Location": {"uri": "s3://in/a", "bucketOwner": "123456789012"}})
}

/// Thirteen seconds of video, by its size.
fn video() -> Vec<Bytes> {
    vec![Bytes::from(vec![0xff; 13 * 125_000])]
}

#[test]
fn second_version_tells_options_and_times() {
    let input = json!({
        "inputType": "video", "mediaSource": location(), "startSec": 1, "lengthSec": 8,
        "useFixedLengthSec": 5, "embeddingOption": ["visual-text", "audio"],
    });
    assert_eq!(call(V2, &input).unwrap().sources[0].uri, "s3://in/a");
    let file = file(V2, &input, video()).unwrap();
    let expected = [
        r#"{"embeddingOption":"visual-text","startSec":1.0,"endSec":6.0}"#,
        r#"{"embeddingOption":"audio","startSec":1.0,"endSec":6.0}"#,
        r#"{"embeddingOption":"visual-text","startSec":6.0,"endSec":9.0}"#,
        r#"{"embeddingOption":"audio","startSec":6.0,"endSec":9.0}"#,
    ];
    assert_eq!(members(&file), expected);
    let Content::Audio(piece) = &file.segments[3].content else {
        panic!("{:?}", file.segments[3].content);
    };
    assert_eq!(piece.len(), 3 * 125_000);
}

#[test]
fn sounds_have_vectors_of_what_is_heard() {
    let input = json!({"inputType": "audio", "mediaSource": {"base64String": "SUQzAwAAAAAA"}});
    let file = file(V2, &input, Vec::new()).unwrap();
    assert_eq!(file.dimensions, 1024);
    assert_eq!(file.segments.len(), 1);
    assert_eq!(file.segments[0].members["embeddingOption"], "audio");
}

#[test]
fn third_version_tells_scopes_and_fuses() {
    let input = json!({
        "inputType": "video",
        "video": {
            "mediaSource": location(), "startSec": 3, "endSec": 13,
            "segmentation": {"method": "fixed", "fixed": {"durationSec": 5}},
            "embeddingOption": ["visual", "audio"],
            "embeddingType": ["separate_embedding", "fused_embedding"],
            "embeddingScope": ["clip", "asset"],
        },
    });
    let file = file(V3, &input, video()).unwrap();
    let told = members(&file);
    assert_eq!(told.len(), 9);
    assert_eq!(
        told[2],
        r#"{"embeddingOption":"fused","embeddingScope":"clip","startSec":3.0,"endSec":8.0}"#
    );
    assert_eq!(
        told[6],
        r#"{"embeddingOption":"visual","embeddingScope":"asset","startSec":3.0,"endSec":13.0}"#
    );
}

#[test]
fn what_invoke_model_takes_is_taken_too() {
    let text = json!({"inputType": "text", "text": {"inputText": "man walking a dog"}});
    let text = file(V3, &text, Vec::new()).unwrap();
    assert_eq!(
        (text.segments.len(), members(&text)),
        (1, vec!["{}".to_owned()])
    );
    let image = json!({"inputType": "image", "mediaSource": location()});
    let picture = Bytes::from(draw("", 0, 0, 32, 32).unwrap());
    let image = file(V2, &image, vec![picture.clone()]).unwrap();
    assert!(matches!(&image.segments[0].content, Content::Image(file) if *file == picture));
}

#[test]
fn what_cannot_be_is_refused() {
    let refused = |model, input: Value| call(model, &input).err().unwrap();
    assert_eq!(
        refused(V2, json!({"inputType": "video"})),
        "#: required key [mediaSource] not found"
    );
    assert_eq!(
        refused(V3, json!({"inputType": "audio"})),
        "#: required key [audio] not found"
    );
    assert_eq!(
        refused(
            V2,
            json!({"inputType": "video", "mediaSource": location(), "useFixedLengthSec": 20})
        ),
        "#/useFixedLengthSec: 20 is not less or equal to 10"
    );
    let fused = json!({"inputType": "audio", "audio": {"mediaSource": location(), "embeddingOption": ["audio"], "embeddingType": ["fused_embedding"]}});
    assert!(refused(V3, fused).starts_with("#/audio/embeddingType: fused_embedding needs"));
    let late = json!({"inputType": "video", "mediaSource": location(), "startSec": 99});
    assert!(file(V2, &late, video()).is_err());
    let words = vec![Bytes::from_static(b"These are words.")];
    let input = json!({"inputType": "video", "mediaSource": location()});
    assert!(file(V2, &input, words).is_err());
}
