//! What goes in and what comes out.

use serde_json::{Value, json};

use crate::support::{Server, ids, record, records};

#[tokio::test]
async fn native_records_are_answered_in_their_order() {
    let server = Server::new();
    server.write("in/some.jsonl", &records(0..21));
    let _worker = server.work(Server::canned());
    let id = server.submit("in/some.jsonl", |_| {}).await;
    server.end().await;
    let job = server.job(&id).await;
    assert_eq!(job["status"], "Completed", "{job}");
    for (member, count) in [
        ("totalRecordCount", 21),
        ("processedRecordCount", 21),
        ("successRecordCount", 21),
        ("errorRecordCount", 0),
    ] {
        assert_eq!(job[member], count, "{member}");
    }
    assert!(job["endTime"].is_string());
    assert_eq!(
        server.names(&format!("out/{id}")),
        ["manifest.json.out", "some.jsonl.out"]
    );
    let lines = server.lines(&format!("out/{id}/some.jsonl.out"));
    let wanted: Vec<_> = (0..21).map(|number| format!("RECORD{number:05}")).collect();
    assert_eq!(ids(&lines), wanted);
    let mut tokens = (0, 0);
    for (number, line) in lines.iter().enumerate() {
        let input: Value = serde_json::from_str(&record(number)).expect("is JSON");
        assert_eq!(line["modelInput"], input["modelInput"]);
        let answer = &line["modelOutput"];
        assert_eq!(answer["output"]["message"]["role"], "assistant");
        tokens.0 += answer["usage"]["inputTokens"].as_i64().expect("is told");
        tokens.1 += answer["usage"]["outputTokens"].as_i64().expect("is told");
    }
    let manifest: Value = server.lines(&format!("out/{id}/manifest.json.out"))[0].clone();
    let expected = json!({
        "totalRecordCount": 21,
        "processedRecordCount": 21,
        "successRecordCount": 21,
        "errorRecordCount": 0,
        "inputTokenCount": tokens.0,
        "outputTokenCount": tokens.1,
    });
    assert_eq!(manifest, expected);
}

#[tokio::test]
async fn converse_records_are_answered_as_converse_answers() {
    let server = Server::new();
    server.write("in.jsonl", &records(0..3));
    let _worker = server.work(Server::canned());
    let converse = |body: &mut Value| body["modelInvocationType"] = "Converse".into();
    let id = server.submit("in.jsonl", converse).await;
    server.end().await;
    for line in server.lines(&format!("out/{id}/in.jsonl.out")) {
        let answer = &line["modelOutput"];
        assert!(answer["metrics"]["latencyMs"].is_i64(), "{line}");
        assert!(answer["output"]["message"]["content"][0]["text"].is_string());
    }
}

#[tokio::test]
async fn what_a_model_refuses_is_an_error_of_its_record() {
    let server = Server::new();
    let good = record(1);
    let bad = r#"{"recordId": "BAD", "modelInput": {"messages": 7}}"#;
    let no_id =
        r#"  {"modelInput": {"messages": [{"role": "user", "content": [{"text": "Hi"}]}]}}"#;
    // Neither blank lines nor the kind of their ends, nor a missing last one, make a difference.
    server.write("in.jsonl", &format!("{good}\n{bad}\r\n\n{no_id}"));
    let _worker = server.work(Server::canned());
    let id = server.submit("in.jsonl", |_| {}).await;
    server.end().await;
    let job = server.job(&id).await;
    assert_eq!(job["status"], "Completed");
    assert_eq!(
        (&job["successRecordCount"], &job["errorRecordCount"]),
        (&json!(2), &json!(1))
    );
    let lines = server.lines(&format!("out/{id}/in.jsonl.out"));
    assert_eq!(ids(&lines), ["RECORD00001", "BAD", "CALL0000003"]);
    assert_eq!(lines[1]["error"]["errorCode"], 400);
    assert!(
        lines[1]["error"]["errorMessage"]
            .as_str()
            .is_some_and(|text| !text.is_empty())
    );
    assert!(lines[1].get("modelOutput").is_none() && lines[0].get("error").is_none());
}

#[tokio::test]
async fn each_file_of_a_folder_has_its_own_output() {
    let server = Server::new();
    server.write("in/a.jsonl", &records(0..9));
    server.write("in/deep/b.jsonl", &records(9..12));
    server.write("in/notes.txt", "no records");
    server.write("input-of-others.jsonl", &records(50..60));
    let _worker = server.work(Server::canned());
    for input in ["in/", "in"] {
        let id = server.submit(input, |_| {}).await;
        server.end().await;
        assert_eq!(server.job(&id).await["totalRecordCount"], 12, "{input}");
        let a = server.lines(&format!("out/{id}/a.jsonl.out"));
        let b = server.lines(&format!("out/{id}/deep/b.jsonl.out"));
        assert_eq!(
            (a.len(), ids(&b)),
            (9, vec!["RECORD00009", "RECORD00010", "RECORD00011"])
        );
        assert_eq!(
            server.names(&format!("out/{id}")),
            ["a.jsonl.out", "deep", "manifest.json.out"]
        );
    }
}

#[tokio::test]
async fn long_lines_go_over_blocks() {
    let server = Server::new();
    let text = "word ".repeat(300_000);
    let long = json!({"recordId": "LONG", "modelInput": {"inputText": text}}).to_string();
    let short = json!({"recordId": "SHORT", "modelInput": {"inputText": "Hi"}}).to_string();
    server.write("in.jsonl", &format!("{short}\n{long}\n{short}\n"));
    let _worker = server.work(Server::canned());
    let embed = |body: &mut Value| body["modelId"] = "amazon.titan-embed-text-v1".into();
    let id = server.submit("in.jsonl", embed).await;
    server.end().await;
    let lines = server.lines(&format!("out/{id}/in.jsonl.out"));
    assert_eq!(ids(&lines), ["SHORT", "LONG", "SHORT"]);
    assert_eq!(
        lines[1]["modelInput"]["inputText"].as_str().map(str::len),
        Some(text.len())
    );
    assert!(
        lines[0]["modelOutput"]["embedding"].is_array(),
        "{}",
        lines[0]
    );
}
