//! How jobs end.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Gate, Server, ids, records};

const HOUR: Duration = Duration::from_hours(1);

async fn failure(server: &Server, input: &str, change: impl FnOnce(&mut Value)) -> String {
    let id = server.submit(input, change).await;
    server.end().await;
    let job = server.job(&id).await;
    assert_eq!(job["status"], "Failed", "{job}");
    assert!(job["endTime"].is_string());
    job["message"].as_str().expect("says why").to_owned()
}

#[tokio::test]
async fn input_that_cannot_be_used_fails_with_a_reason() {
    let server = Server::new();
    server.write("empty.jsonl", "\n\n");
    server.write("broken.jsonl", &format!("{}[1, 2]\n", records(0..2)));
    server.write("no-input.jsonl", r#"{"recordId": "A"}"#);
    let _worker = server.work(Server::canned());
    for (input, reason) in [
        ("none.jsonl", "There is no input"),
        ("empty.jsonl", "has no records"),
        ("broken.jsonl", "Record 3 of s3://bucket/broken.jsonl"),
        ("no-input.jsonl", "modelInput"),
    ] {
        let message = failure(&server, input, |_| {}).await;
        assert!(message.contains(reason), "{input}: {message}");
    }
    server.write("good.jsonl", &records(0..2));
    let to_nowhere = |body: &mut Value| {
        body["outputDataConfig"]["s3OutputDataConfig"]["s3Uri"] = "s3://nowhere/out".into();
    };
    let message = failure(&server, "good.jsonl", to_nowhere).await;
    assert!(
        message.contains("bucket nowhere does not exist"),
        "{message}"
    );
    let asked = |body: &mut Value| {
        body["tags"] = json!([{"key": "outcrop:fail", "value": "No capacity"}]);
    };
    assert_eq!(failure(&server, "good.jsonl", asked).await, "No capacity");
}

#[tokio::test]
async fn stopped_job_keeps_what_was_done() {
    let server = Server::new();
    server.write("in.jsonl", &records(0..40));
    let gate = Gate::new(12);
    let _worker = server.work(gate.clone());
    let id = server.submit("in.jsonl", |_| {}).await;
    gate.closed.notified().await;
    let job = server.job(&id).await;
    assert_eq!(
        (&job["status"], &job["processedRecordCount"]),
        (&json!("InProgress"), &json!(8))
    );
    server.stop(&id).await;
    server.end().await;
    let job = server.job(&id).await;
    assert_eq!(job["status"], "Stopped");
    assert_eq!(
        (&job["totalRecordCount"], &job["processedRecordCount"]),
        (&json!(40), &json!(8))
    );
    let lines = server.lines(&format!("out/{id}/in.jsonl.out"));
    assert_eq!(ids(&lines).len(), 8);
    assert_eq!(
        server.names(&format!("out/{id}")),
        ["in.jsonl.out", "manifest.json.out"]
    );
}

#[tokio::test]
async fn time_ends_jobs_that_have_begun_and_those_that_have_not() {
    let server = Server::new();
    server.write("in.jsonl", &records(0..40));
    let late = server.submit("in.jsonl", |_| {}).await;
    server.pass(25 * HOUR);
    let gate = Gate::new(8);
    let begun = server.submit("in.jsonl", |_| {}).await;
    let _worker = server.work(gate.clone());
    server.end().await;
    assert_eq!(server.job(&late).await["status"], "Expired");
    gate.closed.notified().await;
    server.pass(25 * HOUR);
    server.end().await;
    let job = server.job(&begun).await;
    assert_eq!(
        (&job["status"], &job["processedRecordCount"]),
        (&json!("PartiallyCompleted"), &json!(8))
    );
    assert_eq!(server.lines(&format!("out/{begun}/in.jsonl.out")).len(), 8);
}

#[tokio::test]
async fn more_jobs_than_places_are_all_done() {
    let server = Server::new();
    server.write("in.jsonl", &records(0..5));
    let _worker = server.work(Server::canned());
    let mut jobs = Vec::new();
    for _ in 0..7 {
        jobs.push(server.submit("in.jsonl", |_| {}).await);
    }
    for id in jobs {
        while server.job(&id).await["status"] != "Completed" {
            server.end().await;
        }
        assert_eq!(server.lines(&format!("out/{id}/in.jsonl.out")).len(), 5);
    }
}
