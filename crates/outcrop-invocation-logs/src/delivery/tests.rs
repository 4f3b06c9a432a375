use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use flate2::read::GzDecoder;
use outcrop_objects::Objects;
use outcrop_telemetry::Metrics;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::oneshot;

use super::*;
use crate::{DeliverySettings, InvocationLogs, record::tests::invocation};

const BUCKETS: &str = "s3";

/// A folder with the buckets of the tests' configuration.
struct Root(TempDir);

impl Root {
    fn new() -> Self {
        let root = Self(tempfile::tempdir().unwrap());
        for bucket in ["logs", "large"] {
            fs::create_dir_all(root.path(BUCKETS).join(bucket)).unwrap();
        }
        root
    }

    fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    fn logs(
        &self,
        change: impl Fn(&mut DeliverySettings),
    ) -> (InvocationLogs, Delivery, Arc<Metrics>) {
        let mut settings = DeliverySettings {
            cloud_watch_root: self.path("cloudwatch"),
            pause: Duration::ZERO,
            delay: Duration::from_hours(1),
            ..DeliverySettings::default()
        };
        change(&mut settings);
        let metrics = Arc::new(Metrics::new("0"));
        let objects = Objects::folder(self.path(BUCKETS));
        let (logs, delivery) = InvocationLogs::new(objects, Arc::clone(&metrics), settings);
        (logs, delivery, metrics)
    }

    /// Every file, with its path below the folder.
    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut found = Vec::new();
        walk(self.0.path(), &mut |path| {
            let name = path.strip_prefix(self.0.path()).unwrap();
            found.push((name.to_str().unwrap().to_owned(), fs::read(path).unwrap()));
        });
        found.sort();
        found
    }
}

fn walk(folder: &Path, file: &mut dyn FnMut(&Path)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, file);
        } else {
            file(&path);
        }
    }
}

fn text(compressed: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(compressed)
        .read_to_string(&mut text)
        .unwrap();
    text
}

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn one(input: &Value) -> Invocation {
    invocation("InvokeModel", input, vec!["{}".into()])
}

/// Puts invocations in, ends the server, and waits until all are delivered.
async fn delivered(logs: &InvocationLogs, delivery: Delivery, invocations: Vec<Invocation>) {
    for invocation in invocations {
        logs.shared.queue.offer(invocation);
    }
    delivery.run(std::future::ready(())).await;
}

#[tokio::test]
async fn the_end_of_the_server_delivers_what_waits() {
    let root = Root::new();
    let (logs, delivery, metrics) = root.logs(|_| ());
    let large = "x".repeat(200 << 10);
    let places = one(&json!({})).places;
    let invocations = [
        json!({ "prompt": "first" }),
        json!({ "prompt": large }),
        json!({ "prompt": "last" }),
    ];
    let mut invocations: Vec<_> = invocations.iter().map(one).collect();
    for invocation in &mut invocations {
        invocation.places = Arc::clone(&places);
    }
    delivered(&logs, delivery, invocations).await;

    let hour = "AWSLogs/123456789012/BedrockModelInvocationLogs/us-west-2/2026/04/19/13";
    let id = "7487ab04-734e-470b-8dfc-46d8d8506381";
    let files = root.files();
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    let stream = "cloudwatch/123456789012/us-west-2/%2Faws%2Fbedrock%2Ftest/aws%2Fbedrock%2Fmodelinvocations.jsonl";
    assert_eq!(names.len(), 4, "{names:?}");
    assert_eq!(names[0], stream);
    assert_eq!(names[1], format!("s3/large/{hour}/data/{id}_input.json.gz"));
    let (folder, name) = names[2].rsplit_once('/').unwrap();
    assert_eq!(folder, format!("s3/logs/bedrock/{hour}"));
    let (time, digits) = name
        .strip_suffix(".json.gz")
        .unwrap()
        .split_once('_')
        .unwrap();
    assert!(time.len() == 19 && time.ends_with('Z'), "{name}");
    assert!(
        digits.len() == 16 && digits.chars().all(|c| c.is_ascii_hexdigit()),
        "{name}"
    );
    assert_eq!(
        names[3],
        format!("s3/logs/bedrock/{hour}/data/{id}_input.json.gz")
    );

    let records = lines(&text(&files[2].1));
    let prompts: Vec<_> = records
        .iter()
        .map(|record| &record["input"]["inputBodyJson"]["prompt"])
        .collect();
    assert_eq!(prompts, [&json!("first"), &Value::Null, &json!("last")]);
    assert_eq!(
        records[1]["input"]["inputBodyS3Path"],
        format!("s3://logs/bedrock/{hour}/data/{id}_input.json.gz")
    );
    assert_eq!(lines(&text(&files[3].1)), [json!({ "prompt": large })]);

    let events = lines(std::str::from_utf8(&files[0].1).unwrap());
    assert_eq!(events.len(), 3);
    assert_eq!(events[0]["timestamp"], 1_776_605_331_023_i64);
    let message: Value = serde_json::from_str(events[1]["message"].as_str().unwrap()).unwrap();
    assert_eq!(
        message["input"]["inputBodyS3Path"],
        format!("s3://large/{hour}/data/{id}_input.json.gz")
    );
    let text = metrics.text();
    for destination in ["s3", "cloudwatch"] {
        let count =
            format!("outcrop_invocation_logs_delivered_total{{destination=\"{destination}\"}} 3");
        assert!(text.contains(&count), "{text}");
    }
}

#[tokio::test]
async fn what_its_place_does_not_take_is_counted_and_the_rest_delivered() {
    let root = Root::new();
    fs::remove_dir_all(root.path(BUCKETS).join("logs")).unwrap();
    let (logs, delivery, metrics) = root.logs(|_| ());
    delivered(&logs, delivery, vec![one(&json!({}))]).await;
    let text = metrics.text();
    assert!(
        text.contains("outcrop_invocation_logs_lost_total{reason=\"destination_failed\"} 1"),
        "{text}"
    );
    assert!(
        text.contains("delivered_total{destination=\"cloudwatch\"} 1"),
        "{text}"
    );
    assert_eq!(root.files().len(), 1);
}

#[tokio::test]
async fn what_has_no_room_is_counted_and_waits_for_nothing() {
    let root = Root::new();
    let (logs, delivery, metrics) = root.logs(|settings| settings.queue = 5000);
    let offered = (0..10).map(|_| one(&json!({})));
    delivered(&logs, delivery, offered.collect()).await;
    let text = metrics.text();
    assert!(
        text.contains("outcrop_invocation_logs_lost_total{reason=\"queue_full\"} 6"),
        "{text}"
    );
    assert!(
        text.contains("delivered_total{destination=\"s3\"} 4"),
        "{text}"
    );
    // Whoever comes after the end finds nobody.
    logs.shared.queue.offer(one(&json!({})));
    assert!(metrics.text().contains("lost_total{reason=\"shutdown\"} 1"));
}

#[tokio::test]
async fn room_is_given_back() {
    let root = Root::new();
    let (logs, delivery, metrics) = root.logs(|settings| {
        settings.queue = 2000;
        settings.delay = Duration::ZERO;
    });
    let (end, ended) = oneshot::channel::<()>();
    let running = tokio::spawn(delivery.run(async { drop(ended.await) }));
    for number in 1..=5 {
        logs.shared.queue.offer(one(&json!({ "number": number })));
        let count = format!("delivered_total{{destination=\"cloudwatch\"}} {number}\n");
        let written = async {
            while !metrics.text().contains(&count) {
                tokio::task::yield_now().await;
            }
        };
        time::timeout(Duration::from_mins(1), written)
            .await
            .expect("is delivered");
        // The batch goes after it was counted.
        let freed = async {
            while logs.shared.queue.taken() > 0 {
                tokio::task::yield_now().await;
            }
        };
        time::timeout(Duration::from_mins(1), freed)
            .await
            .expect("is given back");
    }
    end.send(()).unwrap();
    running.await.unwrap();
    assert!(!metrics.text().contains("lost_total{"));
}
