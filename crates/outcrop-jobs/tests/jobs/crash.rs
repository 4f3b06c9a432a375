//! What becomes of a job whose server goes.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use serde_json::json;
use tokio::sync::Notify;

use crate::support::{Gate, Server, ids, records};

fn all(count: usize) -> Vec<String> {
    (0..count)
        .map(|number| format!("RECORD{number:05}"))
        .collect()
}

#[tokio::test]
async fn job_goes_on_where_a_crash_left_it() {
    let server = Server::new();
    server.write("in/a.jsonl", &records(0..10));
    server.write("in/b.jsonl", &records(10..47));
    let gate = Gate::new(21);
    let first = server.work(gate.clone());
    let id = server.submit("in/", |_| {}).await;
    gate.closed.notified().await;
    first.abort();
    assert!(first.await.is_err_and(|error| error.is_cancelled()));
    let job = server.job(&id).await;
    // Chunks have eight records: one and two of the first file, one of the second.
    assert_eq!(
        (&job["status"], &job["processedRecordCount"]),
        (&json!("InProgress"), &json!(18))
    );

    // Nobody has it while the lease lasts.
    let second_gate = Gate::new(usize::MAX);
    let second = server.work(second_gate.clone());
    server.pass(Duration::from_secs(31));
    server.end().await;
    second.abort();
    let job = server.job(&id).await;
    assert_eq!(
        (&job["status"], &job["successRecordCount"]),
        (&json!("Completed"), &json!(47))
    );
    assert_eq!(second_gate.asked.load(Ordering::SeqCst), 47 - 18);
    let a = server.lines(&format!("out/{id}/a.jsonl.out"));
    let b = server.lines(&format!("out/{id}/b.jsonl.out"));
    assert_eq!([ids(&a), ids(&b)].concat(), all(47));
    assert_eq!(
        server.names(&format!("out/{id}")),
        ["a.jsonl.out", "b.jsonl.out", "manifest.json.out"]
    );
}

#[tokio::test]
async fn job_goes_on_at_once_after_a_server_that_ends_well() {
    let server = Server::new();
    server.write("in.jsonl", &records(0..30));
    let gate = Gate::new(9);
    let jobs = server.worker(gate.clone(), Duration::from_millis(20));
    let end = Arc::new(Notify::new());
    let ended = Arc::clone(&end);
    let first = tokio::spawn(jobs.run(async move { ended.notified().await }));
    let id = server.submit("in.jsonl", |_| {}).await;
    gate.closed.notified().await;
    end.notify_one();
    first.await.expect("ends well");
    // No time passes: the lease was given back.
    let _second = server.work(Server::canned());
    server.end().await;
    assert_eq!(server.job(&id).await["status"], "Completed");
    assert_eq!(
        ids(&server.lines(&format!("out/{id}/in.jsonl.out"))),
        all(30)
    );
}

#[tokio::test]
async fn worker_that_has_lost_its_lease_tells_nothing() {
    let server = Server::new();
    server.write("in.jsonl", &records(0..30));
    let slow = Gate::new(10);
    // It renews its lease too late, and does not take its own job again before the other one does.
    let first = server.worker(slow.clone(), Duration::from_hours(1));
    let _first = tokio::spawn(first.run(std::future::pending()));
    let id = server.submit("in.jsonl", |_| {}).await;
    slow.closed.notified().await;
    server.pass(Duration::from_secs(31));
    let other = Gate::new(0);
    let _second = server.work(other.clone());
    other.closed.notified().await;
    // Both have the same chunk now, and only one of them the lease.
    slow.open();
    other.open();
    server.end().await;
    let job = server.job(&id).await;
    assert_eq!(
        (&job["status"], &job["successRecordCount"]),
        (&json!("Completed"), &json!(30))
    );
    assert_eq!(
        ids(&server.lines(&format!("out/{id}/in.jsonl.out"))),
        all(30)
    );
    assert_eq!(other.asked.load(Ordering::SeqCst), 30 - 8);
    assert!(
        slow.asked.load(Ordering::SeqCst) <= 16,
        "it lets go of the job"
    );
}

#[tokio::test]
async fn several_workers_share_the_jobs() {
    let server = Server::new();
    server.write("in.jsonl", &records(0..20));
    let gates: Vec<_> = (0..3).map(|_| Gate::new(usize::MAX)).collect();
    let _workers: Vec<_> = gates.iter().map(|gate| server.work(gate.clone())).collect();
    let mut jobs = Vec::new();
    for _ in 0..10 {
        jobs.push(server.submit("in.jsonl", |_| {}).await);
    }
    for id in jobs {
        while server.job(&id).await["status"] != "Completed" {
            server.end().await;
        }
        assert_eq!(
            ids(&server.lines(&format!("out/{id}/in.jsonl.out"))),
            all(20)
        );
    }
    let asked: usize = gates
        .iter()
        .map(|gate| gate.asked.load(Ordering::SeqCst))
        .sum();
    assert_eq!(asked, 200, "no record is sent twice");
}
