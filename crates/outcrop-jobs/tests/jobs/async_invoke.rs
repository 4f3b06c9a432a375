//! Asynchronous invocations, from their start to their files.

use std::{sync::atomic::Ordering, time::Duration};

use http::Method;
use serde_json::{Value, json};

use crate::support::{Gate, Server};

fn request(model: &str, input: &Value) -> Value {
    json!({
        "modelId": model,
        "modelInput": input,
        "outputDataConfig": {"s3OutputDataConfig": {"s3Uri": "s3://bucket/out"}},
    })
}

fn reel(shots: usize) -> Value {
    let shots: Vec<Value> = (0..shots)
        .map(|number| json!({"text": format!("shot {number}")}))
        .collect();
    let input = json!({
        "taskType": "MULTI_SHOT_MANUAL",
        "multiShotManualParams": {"shots": shots},
        "videoGenerationConfig": {"fps": 24, "dimension": "1280x720"},
    });
    request("amazon.nova-reel-v1:1", &input)
}

/// An embedding of `seconds` of video in `s3://bucket/in.mp4`, a vector for each second.
fn embedding(server: &Server, seconds: usize) -> Value {
    let file = vec![0xff; seconds * 125_000];
    std::fs::write(server.path("in.mp4"), file).expect("there is room");
    let input = json!({
        "taskType": "SEGMENTED_EMBEDDING",
        "segmentedEmbeddingParams": {
            "embeddingPurpose": "GENERIC_INDEX",
            "embeddingDimension": 256,
            "video": {
                "format": "mp4",
                "source": {"s3Location": {"uri": "s3://bucket/in.mp4"}},
                "embeddingMode": "AUDIO_VIDEO_SEPARATE",
                "segmentationConfig": {"durationSeconds": 1},
            },
        },
    });
    request("amazon.nova-2-multimodal-embeddings-v1:0", &input)
}

fn id(arn: &str) -> &str {
    arn.rsplit('/').next().expect("has an id")
}

#[tokio::test]
async fn shots_and_video_are_written() {
    let server = Server::new();
    let _worker = server.work(Server::canned());
    let arn = server.start(&reel(2)).await;
    server.end().await;
    let told = server.invocation(&arn).await;
    assert_eq!(told["status"], "Completed", "{told}");
    let folder = format!("out/{}", id(&arn));
    assert_eq!(
        told["outputDataConfig"]["s3OutputDataConfig"]["s3Uri"],
        format!("s3://bucket/{folder}")
    );
    let names = [
        "manifest.json",
        "output.mp4",
        "shot_0001.mp4",
        "shot_0002.mp4",
        "video-generation-status.json",
    ];
    assert_eq!(server.names(&folder), names);
    let status = server.read(&format!("{folder}/video-generation-status.json"));
    let status: Value = serde_json::from_str(&status).expect("is JSON");
    let location = format!("s3://bucket/{folder}/output.mp4");
    assert_eq!(
        status["fullVideo"],
        json!({"status": "SUCCESS", "location": location})
    );
    assert_eq!(status["shots"].as_array().map(Vec::len), Some(2));
    let video = std::fs::read(server.path(&format!("{folder}/output.mp4"))).expect("is there");
    assert_eq!(video.get(4..8), Some(&b"ftyp"[..]));
}

#[tokio::test]
async fn vectors_are_written_line_by_line() {
    let server = Server::new();
    let _worker = server.work(Server::canned());
    let arn = server.start(&embedding(&server, 20)).await;
    server.end().await;
    let told = server.invocation(&arn).await;
    assert_eq!(told["status"], "Completed", "{told}");
    let folder = format!("out/{}", id(&arn));
    let names = [
        "embedding-audio.jsonl",
        "embedding-video.jsonl",
        "manifest.json",
        "segmented-embedding-result.json",
    ];
    assert_eq!(server.names(&folder), names);
    let lines = server.lines(&format!("{folder}/embedding-video.jsonl"));
    let places: Vec<_> = lines
        .iter()
        .map(|line| line["segmentMetadata"]["segmentIndex"].as_u64())
        .collect();
    assert_eq!(places, (0..20).map(Some).collect::<Vec<_>>());
    assert_eq!(lines[0]["embedding"].as_array().map(Vec::len), Some(256));
}

#[tokio::test]
async fn one_document_lists_the_vectors_of_marengo() {
    let server = Server::new();
    let _worker = server.work(Server::canned());
    std::fs::write(server.path("in.mp4"), vec![0xff; 20 * 125_000]).expect("there is room");
    let input = json!({
        "inputType": "video",
        "mediaSource": {"s3Location": {"uri": "s3://bucket/in.mp4", "bucketOwner": "123456789012"}},
        "useFixedLengthSec": 2,
    });
    let arn = server
        .start(&request("twelvelabs.marengo-embed-2-7-v1:0", &input))
        .await;
    server.end().await;
    let output = server.read(&format!("out/{}/output.json", id(&arn)));
    let output: Value = serde_json::from_str(&output).expect("is JSON");
    let data = output["data"].as_array().expect("is a list");
    assert_eq!(data.len(), 30);
    let last = &data[29];
    assert_eq!(
        (&last["startSec"], &last["endSec"]),
        (&json!(18.0), &json!(20.0))
    );
}

#[tokio::test]
async fn invocation_goes_on_where_a_crash_left_it() {
    let server = Server::new();
    // Parts have eight vectors: two parts are there, the third waits.
    let gate = Gate::new(2);
    let first = server.work(gate.clone());
    let arn = server.start(&embedding(&server, 20)).await;
    gate.closed.notified().await;
    first.abort();
    assert!(first.await.is_err_and(|error| error.is_cancelled()));
    assert_eq!(server.invocation(&arn).await["status"], "InProgress");

    let second_gate = Gate::new(usize::MAX);
    let second = server.work(second_gate.clone());
    server.pass(Duration::from_secs(31));
    server.end().await;
    second.abort();
    assert_eq!(server.invocation(&arn).await["status"], "Completed");
    // Three parts of each file, of which two were there.
    assert_eq!(second_gate.asked.load(Ordering::SeqCst), 4);
    let lines = server.lines(&format!("out/{}/embedding-video.jsonl", id(&arn)));
    assert_eq!(lines.len(), 20);
}

#[tokio::test]
async fn shots_are_not_drawn_again_after_a_crash() {
    let server = Server::new();
    let gate = Gate::new(2);
    let first = server.work(gate.clone());
    let arn = server.start(&reel(3)).await;
    gate.closed.notified().await;
    first.abort();
    let _ = first.await;
    let second_gate = Gate::new(usize::MAX);
    let _second = server.work(second_gate.clone());
    server.pass(Duration::from_secs(31));
    server.end().await;
    assert_eq!(server.invocation(&arn).await["status"], "Completed");
    // The third shot, and all of it.
    assert_eq!(second_gate.asked.load(Ordering::SeqCst), 2);
    // Videos are drawn by threads, which end before the test does.
    gate.open();
}

#[tokio::test]
async fn failures_are_told_with_a_reason() {
    let server = Server::new();
    let _worker = server.work(Server::canned());
    let mut asked = reel(2);
    asked["tags"] = json!([{"key": "outcrop:fail", "value": "Out of film"}]);
    let arn = server.start(&asked).await;
    server.end().await;
    let told = server.invocation(&arn).await;
    assert_eq!(
        (&told["status"], &told["failureMessage"]),
        (&json!("Failed"), &json!("Out of film"))
    );
    assert!(told["endTime"].is_string());
    let folder = format!("out/{}", id(&arn));
    assert_eq!(
        server.names(&folder),
        ["manifest.json", "video-generation-status.json"]
    );
    let status = server.read(&format!("{folder}/video-generation-status.json"));
    assert!(status.contains("Out of film"), "{status}");
}

#[tokio::test]
async fn what_s3_does_not_have_fails_the_invocation() {
    let server = Server::new();
    let gate = Gate::new(0);
    let worker = server.work(gate.clone());
    let missing = embedding(&server, 1);
    std::fs::remove_file(server.path("in.mp4")).expect("is there");
    let arn = server.start(&missing).await;
    server.end().await;
    let told = server.invocation(&arn).await;
    assert_eq!(told["status"], "Failed", "{told}");
    let why = told["failureMessage"].as_str().expect("is told");
    assert!(
        why.starts_with("s3://bucket/in.mp4 does not exist"),
        "{why}"
    );

    // The bucket goes while the video is drawn.
    let arn = server.start(&reel(1)).await;
    gate.closed.notified().await;
    std::fs::remove_dir_all(server.path("")).expect("is there");
    gate.open();
    server.end().await;
    let told = server.invocation(&arn).await;
    assert_eq!(told["status"], "Failed", "{told}");
    worker.abort();
}

#[tokio::test]
async fn refusals_come_at_once() {
    let server = Server::new();
    let refused = |body: Value| server.invoke(Method::POST, "/async-invoke", body);
    let input = json!({"messages": []});
    let answer = refused(request("amazon.nova-lite-v1:0", &input)).await;
    assert_eq!(answer["message"], "The provided request is not valid");
    let answer = refused(request("acme.none-v1:0", &input)).await;
    assert_eq!(
        answer["message"],
        "The provided model identifier is invalid."
    );
    let answer = refused(request("amazon.nova-reel-v1:1", &input)).await;
    assert_eq!(answer["message"], "#: required key [taskType] not found");
    let mut nowhere = reel(1);
    nowhere["outputDataConfig"]["s3OutputDataConfig"]["s3Uri"] = json!("s3://nowhere/out");
    let answer = refused(nowhere).await;
    assert_eq!(answer["message"], "Invalid Output Config/Credentials");
    let answer = server
        .invoke(Method::GET, "/async-invoke", Value::Null)
        .await;
    assert_eq!(answer["asyncInvokeSummaries"], json!([]));
}

#[tokio::test]
async fn batches_and_invocations_share_the_worker() {
    let server = Server::new();
    server.write("in.jsonl", &crate::support::records(0..10));
    let _worker = server.work(Server::canned());
    let job = server.submit("in.jsonl", |_| {}).await;
    let mut arns = Vec::new();
    for _ in 0..3 {
        arns.push(server.start(&reel(1)).await);
    }
    for arn in &arns {
        while server.invocation(arn).await["status"] != "Completed" {
            server.end().await;
        }
    }
    while server.job(&job).await["status"] != "Completed" {
        server.end().await;
    }
}
