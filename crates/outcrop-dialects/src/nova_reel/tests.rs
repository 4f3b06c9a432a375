use aws_smithy_types::base64;
use bytes::Bytes;
use outcrop_catalogue::Catalogue;
use outcrop_engine::canned::image::draw;
use serde_json::{Value, json};

use crate::{AsyncCall, AsyncFile, AsyncWork, VideoParts, dialect};

fn call(model: &str, input: &Value) -> Result<AsyncCall, String> {
    let catalogue = Catalogue::builtin().unwrap();
    let model = catalogue.model(model).unwrap();
    let call = dialect(model).asynchronous(model, input.to_string().as_bytes());
    call.map_err(|error| error.of_async_invoke())
}

fn work(input: &Value, contents: Vec<Bytes>) -> Result<AsyncWork, String> {
    let work = call("amazon.nova-reel-v1:1", input)?
        .plan
        .work(contents, "s3://bucket/id");
    work.map_err(|error| error.to_string())
}

fn videos(work: &AsyncWork) -> Vec<(&str, &VideoParts)> {
    let videos = work.files.iter().filter_map(|file| match file {
        AsyncFile::Video(video) => Some((video.name.as_str(), &video.parts)),
        AsyncFile::Vectors(_) => None,
    });
    videos.collect()
}

fn config() -> Value {
    json!({"fps": 24, "dimension": "1280x720", "seed": 7})
}

fn single(text: &str, images: Value) -> Value {
    let mut config = config();
    config["durationSeconds"] = json!(6);
    let mut params = json!({"text": text});
    if !images.is_null() {
        params["images"] = images;
    }
    json!({"taskType": "TEXT_VIDEO", "textToVideoParams": params, "videoGenerationConfig": config})
}

fn manual(shots: &Value) -> Value {
    json!({
        "taskType": "MULTI_SHOT_MANUAL",
        "multiShotManualParams": {"shots": shots},
        "videoGenerationConfig": config(),
    })
}

fn picture(width: u32, height: u32) -> Vec<u8> {
    draw("", 0, 0, width, height).unwrap()
}

#[test]
fn one_shot_is_one_file() {
    let work = work(&single("a seashell", Value::Null), Vec::new()).unwrap();
    let [("output.mp4", parts)] = videos(&work)[..] else {
        panic!("{:?}", videos(&work));
    };
    assert_eq!((parts.width, parts.height), (1280, 720));
    assert_eq!((parts.seconds_per_shot, parts.frames_per_second), (6, 24));
    assert_eq!(parts.shots[0].seed, 7);
    assert_eq!(
        work.documents[0].content.to_string(),
        r#"{"schemaVersion":"1.0","shots":[],"fullVideo":{"status":"SUCCESS","location":"s3://bucket/id/output.mp4"}}"#
    );
}

#[test]
fn shots_are_files_and_make_the_video() {
    let mut automated =
        json!({"taskType": "MULTI_SHOT_AUTOMATED", "multiShotAutomatedParams": {"text": "a reef"}});
    automated["videoGenerationConfig"] = config();
    automated["videoGenerationConfig"]["durationSeconds"] = json!(18);
    let manual = manual(&json!([{"text": "a"}, {"text": "b"}, {"text": "c"}]));
    for input in [automated, manual] {
        let work = work(&input, Vec::new()).unwrap();
        let videos = videos(&work);
        let names: Vec<_> = videos.iter().map(|(name, _)| *name).collect();
        let expected = [
            "shot_0001.mp4",
            "shot_0002.mp4",
            "shot_0003.mp4",
            "output.mp4",
        ];
        assert_eq!(names, expected);
        let (alone, whole) = videos.split_at(3);
        let alone: Vec<_> = alone
            .iter()
            .map(|(_, parts)| parts.shots[0].clone())
            .collect();
        assert_eq!(whole[0].1.shots, alone);
        assert_ne!(alone[0], alone[1]);
        let status = &work.documents[0].content;
        assert_eq!(
            status["shots"][2]["location"],
            "s3://bucket/id/shot_0003.mp4"
        );
    }
}

#[test]
fn images_have_the_size_of_the_video() {
    let image =
        |file: Vec<u8>| json!([{"format": "png", "source": {"bytes": base64::encode(file)}}]);
    let fitting = work(&single("a", image(picture(1280, 720))), Vec::new()).unwrap();
    assert_eq!(videos(&fitting)[0].1.shots[0].images.len(), 1);
    let other = call(
        "amazon.nova-reel-v1:1",
        &single("a", image(picture(64, 64))),
    );
    assert_eq!(
        other.err().unwrap(),
        "#/textToVideoParams/images/0/source: the image has 64x64 pixels. Provide one of 1280x720 pixels."
    );
}

#[test]
fn images_in_s3_are_looked_at_when_they_are_there() {
    let location = json!({"s3Location": {"uri": "s3://bucket/a.png"}});
    let shots =
        json!([{"text": "a"}, {"text": "b", "image": {"format": "png", "source": location}}]);
    let asked = call("amazon.nova-reel-v1:1", &manual(&shots)).unwrap();
    assert_eq!(asked.sources[0].uri, "s3://bucket/a.png");
    let contents = |file| vec![Bytes::from(file)];
    let fitting = work(&manual(&shots), contents(picture(1280, 720))).unwrap();
    assert_eq!(videos(&fitting)[1].1.shots[0].images.len(), 1);
    assert!(work(&manual(&shots), contents(picture(64, 64))).is_err());
    assert!(work(&manual(&shots), contents(b"text".to_vec())).is_err());
}

#[test]
fn what_breaks_the_schema_is_told_alone() {
    let refused = |input: &Value| call("amazon.nova-reel-v1:1", input).err().unwrap();
    assert_eq!(refused(&json!({})), "#: required key [taskType] not found");
    assert_eq!(
        refused(&single(&"a".repeat(513), Value::Null)),
        "#/textToVideoParams/text: expected maxLength: 512, actual: 513"
    );
    let nowhere = json!([{"format": "png", "source": {}}]);
    assert_eq!(
        refused(&single("a", nowhere)),
        "#: required key [s3Location] not found"
    );
    let mut long = single("a", Value::Null);
    long["videoGenerationConfig"]["durationSeconds"] = json!(12);
    assert_eq!(
        refused(&long),
        "#/videoGenerationConfig/durationSeconds: 12 is not a valid enum value"
    );
    let first = call("amazon.nova-reel-v1:0", &manual(&json!([{"text": "a"}])));
    assert_eq!(
        first.err().unwrap(),
        "#/taskType: MULTI_SHOT_MANUAL is not a valid enum value"
    );
}

#[test]
fn failures_are_told_of_every_shot() {
    let call = call(
        "amazon.nova-reel-v1:1",
        &manual(&json!([{"text": "a"}, {"text": "b"}])),
    )
    .unwrap();
    let status = &call.plan.failed("No room")[0].content;
    assert_eq!(status["shots"].as_array().unwrap().len(), 2);
    assert_eq!(status["fullVideo"]["failureMessage"], "No room");
}
