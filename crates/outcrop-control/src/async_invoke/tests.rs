use std::time::Duration;

use bedrock_runtime_smithy::model::{
    AsyncInvokeOutputDataConfig, SortAsyncInvocationBy, SortOrder,
};
use outcrop_store::{Commit, Key, Scope};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::*;
use crate::{resource::Original, testing::Server};

struct Kept {
    server: Server,
    invokes: ControlAsyncInvokes,
    folder: TempDir,
}

impl Kept {
    fn new() -> Self {
        let server = Server::new(Duration::ZERO);
        let folder = tempfile::tempdir().expect("there is room");
        std::fs::create_dir(folder.path().join("bucket")).expect("is new");
        let objects = Objects::folder(folder.path());
        let invokes = ControlAsyncInvokes::new(Arc::clone(&server.control), objects);
        Self {
            server,
            invokes,
            folder,
        }
    }

    async fn start(&self, body: &Value) -> Result<String, AsyncInvokeError> {
        let text = body.to_string();
        let new = NewAsyncInvoke {
            input: StartAsyncInvokeInput::read(&text).expect("is a request"),
            body: text.into(),
            model_arn: MODEL.to_owned(),
        };
        self.invokes.start(&caller(), new).await
    }

    async fn get(&self, arn: &str) -> GetAsyncInvokeOutput {
        self.invokes.get(&caller(), arn).await.expect("is there")
    }

    async fn list(
        &self,
        change: impl FnOnce(&mut ListAsyncInvokesInput),
    ) -> Result<(Vec<String>, Option<String>), AsyncInvokeError> {
        let mut input = ListAsyncInvokesInput {
            max_results: None,
            next_token: None,
            sort_by: SortAsyncInvocationBy::SubmissionTime,
            sort_order: SortOrder::Descending,
            status_equals: None,
            submit_time_after: None,
            submit_time_before: None,
        };
        change(&mut input);
        let page = self.invokes.list(&caller(), input).await?;
        let summaries = page.async_invoke_summaries.unwrap_or_default();
        let arns = summaries.into_iter().map(|summary| summary.invocation_arn);
        Ok((arns.collect(), page.next_token))
    }

    async fn record(&self, kind: &'static str, arn: &str) -> Option<outcrop_store::Record> {
        let id = arn.rsplit('/').next().expect("has an id").to_owned();
        let key = Key {
            scope: scope(),
            kind,
            id,
        };
        let found = self.server.control.store.get(key).await;
        found.expect("the store works")
    }

    /// Ends an invocation as a worker does.
    async fn end(&self, arn: &str, failure: Option<&str>) {
        let record = self.record(AsyncInvoke::KIND, arn).await;
        let job = record.and_then(AsyncInvokeJob::read).expect("is there");
        let now = self.server.control.now();
        let writes = job.ended(failure.map(str::to_owned), now);
        let commit = Commit {
            writes: writes.expect("can be written"),
            token: None,
        };
        let committed = self.server.control.store.commit(commit).await;
        committed.expect("nobody else changes it");
    }
}

const MODEL: &str = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-reel-v1:1";

fn caller() -> Caller {
    Caller {
        account: "123456789012".into(),
        region: "us-east-1".into(),
        region_known: true,
    }
}

fn scope() -> Scope {
    Scope {
        account: "123456789012".into(),
        region: "us-east-1".into(),
    }
}

fn request(token: &str) -> Value {
    json!({
        "clientRequestToken": token,
        "modelId": "amazon.nova-reel-v1:1",
        "modelInput": {"b": [1, 2], "a": "x"},
        "outputDataConfig": {"s3OutputDataConfig": {"s3Uri": "s3://bucket/videos/"}},
    })
}

#[tokio::test]
async fn invocation_is_told_with_its_folder() {
    let kept = Kept::new();
    let arn = kept.start(&request("token")).await.unwrap();
    let id = arn
        .strip_prefix("arn:aws:bedrock:us-east-1:123456789012:async-invoke/")
        .unwrap();
    let told = kept.get(&arn).await;
    assert_eq!(
        (told.invocation_arn, told.model_arn),
        (arn.clone(), MODEL.to_owned())
    );
    assert_eq!(told.client_request_token.as_deref(), Some("token"));
    assert_eq!(
        (told.status, told.end_time),
        (AsyncInvokeStatus::InProgress, None)
    );
    let AsyncInvokeOutputDataConfig::S3OutputDataConfig(output) = told.output_data_config;
    assert_eq!(output.s3_uri, format!("s3://bucket/videos/{id}"));
    let manifest = kept
        .folder
        .path()
        .join(format!("bucket/videos/{id}/manifest.json"));
    assert!(manifest.exists());
}

#[tokio::test]
async fn input_is_kept_as_long_as_there_is_work() {
    let kept = Kept::new();
    let arn = kept.start(&request("token")).await.unwrap();
    let input = kept.record(INPUT, &arn).await.unwrap();
    assert_eq!(input.body, r#"{"b":[1,2],"a":"x"}"#);
    let record = kept.record(AsyncInvoke::KIND, &arn).await.unwrap();
    assert!(!record.body.contains("[1,2]"), "{}", record.body);
    assert!(kept.record(QUEUE, &arn).await.is_some());
    kept.end(&arn, Some(&"why ".repeat(1000))).await;
    assert!(kept.record(INPUT, &arn).await.is_none());
    let told = kept.get(&arn).await;
    assert_eq!(told.status, AsyncInvokeStatus::Failed);
    assert_eq!(told.failure_message.unwrap().chars().count(), 2048);
    assert!(told.end_time.is_some());
}

#[tokio::test]
async fn same_token_starts_one() {
    let kept = Kept::new();
    let first = kept.start(&request("token")).await.unwrap();
    assert_eq!(kept.start(&request("token")).await.unwrap(), first);
    let folders = std::fs::read_dir(kept.folder.path().join("bucket/videos")).unwrap();
    assert_eq!(folders.count(), 1);
    let mut other = request("token");
    other["modelInput"]["a"] = json!("y");
    let refused = kept.start(&other).await;
    assert!(
        matches!(refused, Err(AsyncInvokeError::Conflict(_))),
        "{refused:?}"
    );
    assert_ne!(kept.start(&request("another")).await.unwrap(), first);
}

#[tokio::test]
async fn listing_pages_and_filters() {
    let kept = Kept::new();
    let mut arns = Vec::new();
    for number in 0..5 {
        arns.push(
            kept.start(&request(&format!("token{number}")))
                .await
                .unwrap(),
        );
    }
    kept.end(&arns[1], None).await;
    kept.end(&arns[3], Some("No room")).await;
    let (all, none) = kept.list(|_| ()).await.unwrap();
    let newest_first: Vec<_> = arns.iter().rev().cloned().collect();
    assert_eq!((all, none), (newest_first, None));
    let oldest_first = |input: &mut ListAsyncInvokesInput| {
        input.sort_order = SortOrder::Ascending;
        input.max_results = Some(2);
    };
    let (page, token) = kept.list(oldest_first).await.unwrap();
    assert_eq!(page, arns[..2]);
    let next = |input: &mut ListAsyncInvokesInput| {
        oldest_first(input);
        input.next_token = token;
    };
    assert_eq!(kept.list(next).await.unwrap().0, arns[2..4]);
    let status = |status| kept.list(move |input| input.status_equals = Some(status));
    assert_eq!(
        status(AsyncInvokeStatus::Completed).await.unwrap().0,
        [arns[1].clone()]
    );
    assert_eq!(
        status(AsyncInvokeStatus::Failed).await.unwrap().0,
        [arns[3].clone()]
    );
    assert_eq!(
        status(AsyncInvokeStatus::InProgress).await.unwrap().0.len(),
        3
    );
    let submitted = kept.get(&arns[2]).await.submit_time;
    let after = kept
        .list(|input| input.submit_time_after = Some(submitted))
        .await;
    assert_eq!(after.unwrap().0, [arns[4].clone(), arns[3].clone()]);
    let before = kept
        .list(|input| input.submit_time_before = Some(submitted))
        .await;
    assert_eq!(before.unwrap().0, [arns[1].clone(), arns[0].clone()]);
    let refused = kept
        .list(|input| input.next_token = Some("x".to_owned()))
        .await;
    assert!(matches!(refused, Err(AsyncInvokeError::Validation(_))));
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    let kept = Kept::new();
    let unknown = "arn:aws:bedrock:us-east-1:123456789012:async-invoke/abcdefghijkl";
    let refused = kept.invokes.get(&caller(), unknown).await;
    assert!(matches!(refused, Err(AsyncInvokeError::Validation(_))));
    let mut nowhere = request("token");
    nowhere["outputDataConfig"]["s3OutputDataConfig"]["s3Uri"] = json!("s3://nowhere/videos");
    let text = "Invalid Output Config/Credentials".to_owned();
    assert_eq!(
        kept.start(&nowhere).await,
        Err(AsyncInvokeError::Validation(text))
    );
    let mut tagged = request("token");
    let tags = (0..51).map(|number| json!({"key": format!("k{number}"), "value": ""}));
    tagged["tags"] = tags.collect();
    let refused = kept.start(&tagged).await;
    assert!(
        matches!(refused, Err(AsyncInvokeError::Validation(_))),
        "{refused:?}"
    );
    assert!(kept.list(|_| ()).await.unwrap().0.is_empty());
}

#[tokio::test]
async fn tags_are_those_of_the_control_plane() {
    let kept = Kept::new();
    let mut tagged = request("token");
    tagged["tags"] = json!([{"key": "team", "value": "films"}]);
    let arn = kept.start(&tagged).await.unwrap();
    let listed = json!({"resourceARN": arn});
    let answer = kept.server.post("/listTagsForResource", listed).await.ok();
    assert_eq!(answer["tags"], json!([{"key": "team", "value": "films"}]));
}
