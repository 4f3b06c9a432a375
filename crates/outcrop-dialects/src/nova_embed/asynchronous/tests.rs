use outcrop_catalogue::Catalogue;

use super::*;
use crate::dialect;

fn call(input: &Value) -> Result<AsyncCall, String> {
    let catalogue = Catalogue::builtin().unwrap();
    let id = "amazon.nova-2-multimodal-embeddings-v1:0";
    let model = catalogue.model(id).unwrap();
    let call = dialect(model).asynchronous(model, input.to_string().as_bytes());
    call.map_err(|error| error.of_async_invoke())
}

fn work(kind: &str, content: &Value, contents: Vec<Bytes>) -> Result<AsyncWork, String> {
    let work = call(&input(kind, content))?
        .plan
        .work(contents, "s3://out/id");
    work.map_err(|error| error.to_string())
}

fn input(kind: &str, content: &Value) -> Value {
    json!({
        "taskType": "SEGMENTED_EMBEDDING",
        "segmentedEmbeddingParams": {
            "embeddingPurpose": "GENERIC_INDEX",
            "embeddingDimension": 256,
            kind: content,
        },
    })
}

fn files(work: &AsyncWork) -> Vec<&VectorsFile> {
    let files = work.files.iter().filter_map(|file| match file {
        AsyncFile::Vectors(file) => Some(file),
        AsyncFile::Video(_) => None,
    });
    files.collect()
}

fn metadata(file: &VectorsFile, index: usize) -> String {
    file.segments[index].members["segmentMetadata"].to_string()
}

fn location() -> Value {
    json!({"s3Location": {"uri": "s3://in/a"}})
}

#[test]
fn texts_are_cut_between_words() {
    let text = "granite basalt ".repeat(100);
    let content = json!({"truncationMode": "END", "source": location(), "segmentationConfig": {"maxLengthChars": 800}});
    let asked = call(&input("text", &content)).unwrap();
    assert_eq!(asked.sources[0].uri, "s3://in/a");
    let work = work("text", &content, vec![Bytes::from(text.clone())]).unwrap();
    let file = files(&work)[0];
    assert_eq!(
        (file.name, file.dimensions, file.segments.len()),
        ("embedding-text.jsonl", 256, 2)
    );
    assert_eq!(
        metadata(file, 1),
        r#"{"segmentIndex":1,"truncatedCharLength":0,"segmentStartCharPosition":795,"segmentEndCharPosition":1500}"#
    );
    let kept = file.segments.iter().map(|segment| match &segment.content {
        Content::Text(text) => text.as_str(),
        other => panic!("{other:?}"),
    });
    assert_eq!(kept.collect::<String>(), text);
    assert_eq!(
        work.documents[0].content.to_string(),
        r#"{"sourceFileUri":"s3://in/a","embeddingDimension":256,"embeddingResults":[{"embeddingType":"TEXT","status":"SUCCESS","outputFileUri":"s3://out/id/embedding-text.jsonl"}]}"#
    );
}

#[test]
fn words_without_end_are_cut_all_the_same() {
    assert_eq!(end_of(&"é".repeat(10), 4), 8);
    assert_eq!(end_of("one two", 5), 4);
    assert_eq!(end_of("one two", 50), 7);
}

#[test]
fn videos_are_cut_by_the_second() {
    // Twelve seconds, by its size.
    let file = vec![Bytes::from(vec![0xff; 1_500_000])];
    let content = |mode: &str| json!({"format": "mp4", "source": location(), "embeddingMode": mode, "segmentationConfig": {}});
    let separate = work("video", &content("AUDIO_VIDEO_SEPARATE"), file.clone()).unwrap();
    let names: Vec<_> = files(&separate).iter().map(|file| file.name).collect();
    assert_eq!(names, ["embedding-video.jsonl", "embedding-audio.jsonl"]);
    assert_eq!(
        metadata(files(&separate)[0], 2),
        r#"{"segmentIndex":2,"segmentStartSeconds":10.0,"segmentEndSeconds":12.0}"#
    );
    let combined = work("video", &content("AUDIO_VIDEO_COMBINED"), file).unwrap();
    assert_eq!(files(&combined)[0].name, "embedding-audio-video.jsonl");
    assert_eq!(files(&combined)[0].segments.len(), 3);
}

#[test]
fn what_breaks_the_schema_is_told_alone() {
    let refused = |input: &Value| call(input).err().unwrap();
    let single = json!({"taskType": "SINGLE_EMBEDDING", "segmentedEmbeddingParams": {"embeddingPurpose": "GENERIC_INDEX"}});
    assert_eq!(
        refused(&single),
        "#/taskType: SINGLE_EMBEDDING is not a valid enum value"
    );
    let audio = json!({"format": "mp3", "source": location()});
    assert_eq!(
        refused(&input("audio", &audio)),
        "#/segmentedEmbeddingParams/audio: required key [segmentationConfig] not found"
    );
    let nowhere = json!({"format": "mp3", "source": {}, "segmentationConfig": {}});
    assert_eq!(
        refused(&input("audio", &nowhere)),
        "#: required key [s3Location] not found"
    );
}

#[test]
fn content_that_cannot_be_used_is_refused() {
    let audio = json!({"format": "mp3", "source": location(), "segmentationConfig": {"durationSeconds": 1}});
    let words = vec![Bytes::from_static(b"These are words.")];
    assert!(work("audio", &audio, words).is_err());
    // More than half an hour of sound, by its size.
    let long = [&b"ID3\x03"[..], &vec![0; 16_000 * 1500]].concat();
    let refused = work("audio", &audio, vec![Bytes::from(long)])
        .err()
        .unwrap();
    assert!(refused.starts_with("The content has more than 1434 segments."));
    let image = json!({"format": "png", "source": location()});
    assert!(work("image", &image, vec![Bytes::from_static(b"GIF89a")]).is_err());
    let call = call(&input(
        "text",
        &json!({"truncationMode": "NONE", "value": "a", "segmentationConfig": {}}),
    ))
    .unwrap();
    let told = &call.plan.failed("No room")[0].content;
    assert_eq!(told["embeddingResults"][0]["message"], "No room");
}
