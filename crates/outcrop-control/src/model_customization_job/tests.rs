use std::time::Duration;

use serde_json::{Value, json};

use crate::testing::{Server, tune};

const JOBS: &str = "/model-customization-jobs";
const MODELS: &str = "/custom-models";
const MINUTE: Duration = Duration::from_mins(1);

fn request(name: &str) -> Value {
    tune::request(name)
}

async fn create(server: &Server, body: Value) -> String {
    tune::create(server, body).await
}

async fn job(server: &Server, identifier: &str) -> Value {
    let path = format!("{JOBS}/{}", identifier.replace('/', "%2F"));
    server.get(&path).await.ok()
}

async fn models(server: &Server) -> Vec<Value> {
    server.pages(MODELS, "modelSummaries", 100).await.concat()
}

#[tokio::test]
async fn completed_job_leaves_its_model() {
    let server = Server::new(MINUTE);
    let mut body = request("first");
    body["validationDataConfig"] =
        json!({ "validators": [{ "s3Uri": "s3://bucket/a" }, { "s3Uri": "s3://bucket/b" }] });
    body["customModelTags"] = json!([{ "key": "team", "value": "a" }]);
    let arn = create(&server, body).await;
    assert!(
        arn.starts_with("arn:aws:bedrock:us-east-1:123456789012:model-customization-job/amazon.nova-lite-v1:0:300k/"),
        "{arn}"
    );
    let running = job(&server, &arn).await;
    assert_eq!(running["status"], "InProgress");
    assert_eq!(running["customizationType"], "FINE_TUNING");
    assert_eq!(
        running["baseModelArn"],
        "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0:300k"
    );
    for member in [
        "outputModelArn",
        "endTime",
        "trainingMetrics",
        "statusDetails",
    ] {
        assert_eq!(running[member], Value::Null, "{member}");
    }
    assert_eq!(models(&server).await, Vec::<Value>::new());

    server.pass(MINUTE);
    let listed = models(&server).await;
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0]["modelName"], "first-model");
    assert_eq!(listed[0]["baseModelName"], "amazon.nova-lite-v1");
    let done = job(&server, "first").await;
    assert_eq!(done["status"], "Completed");
    assert_eq!(done["outputModelArn"], listed[0]["modelArn"]);
    assert_eq!(done["lastModifiedTime"], done["endTime"]);
    let model = server.get("/custom-models/first-model").await.ok();
    assert_eq!(model["jobArn"], arn);
    assert_eq!(model["creationTime"], done["endTime"]);
    assert_eq!(model["modelStatus"], "Active");
    assert_eq!(model["trainingMetrics"], done["trainingMetrics"]);
    assert_eq!(model["validationMetrics"].as_array().unwrap().len(), 2);
    assert_eq!(model["hyperParameters"], json!({ "epochCount": "2" }));
    let tags = server
        .post(
            "/listTagsForResource",
            json!({ "resourceARN": model["modelArn"] }),
        )
        .await
        .ok();
    assert_eq!(tags["tags"], json!([{ "key": "team", "value": "a" }]));
}

#[tokio::test]
async fn stopped_and_failed_jobs_leave_no_model() {
    let server = Server::new(MINUTE);
    let stopped = create(&server, request("stopped")).await;
    let mut body = request("failing");
    body["jobTags"] = json!([{ "key": "outcrop:fail", "value": "Training data is empty" }]);
    let failing = create(&server, body).await;
    let stop = format!("{JOBS}/stopped/stop");
    server.post(&stop, Value::Null).await.ok();
    assert_eq!(job(&server, &stopped).await["status"], "Stopping");
    assert_eq!(
        server.post(&stop, Value::Null).await.refusal(),
        (400, "ConflictException")
    );
    server.pass(MINUTE);
    assert_eq!(job(&server, &stopped).await["status"], "Stopped");
    let failed = job(&server, &failing).await;
    assert_eq!(failed["status"], "Failed");
    assert_eq!(failed["failureMessage"], "Training data is empty");
    assert_eq!(models(&server).await, Vec::<Value>::new());

    // The names of the models are free again, those of the jobs are not.
    let mut again = request("again");
    again["customModelName"] = "stopped-model".into();
    create(&server, again).await;
    let same = server.post(JOBS, request("failing")).await;
    assert_eq!(same.refusal(), (400, "ValidationException"));
    assert_eq!(same.error().2, "The provided job name is currently in use.");
}

#[tokio::test]
async fn names_of_models_are_reserved_while_jobs_run() {
    let server = Server::new(MINUTE);
    create(&server, request("first")).await;
    let mut other = request("second");
    other["customModelName"] = "first-model".into();
    assert_eq!(
        server.post(JOBS, other).await.refusal(),
        (400, "ValidationException")
    );
    let brought = json!({
        "modelName": "first-model",
        "roleArn": "arn:aws:iam::123456789012:role/models",
        "modelSourceConfig": { "s3DataSource": { "s3Uri": "s3://bucket/model" } },
    });
    let answer = server
        .post("/custom-models/create-custom-model", brought)
        .await;
    assert_eq!(answer.refusal(), (400, "ValidationException"));
    server.pass(MINUTE);
    assert_eq!(models(&server).await.len(), 1);
}

#[tokio::test]
async fn same_token_makes_one() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("once");
    body["clientRequestToken"] = "token-1".into();
    let first = create(&server, body.clone()).await;
    assert_eq!(create(&server, body.clone()).await, first);
    assert_eq!(job(&server, &first).await["clientRequestToken"], "token-1");
    body["hyperParameters"] = json!({ "epochCount": "3" });
    assert_eq!(server.post(JOBS, body).await.status, 400);
    assert_eq!(models(&server).await.len(), 1);
}

#[tokio::test]
async fn requests_that_settle_at_once_make_one_model_each() {
    let server = Server::new(MINUTE);
    for number in 0..120 {
        create(&server, request(&format!("job-{number}"))).await;
    }
    server.pass(MINUTE);
    let asked = (0..8).map(|_| models(&server));
    for listed in futures_util::future::join_all(asked).await {
        assert_eq!(listed.len(), 120);
    }
}

#[tokio::test]
async fn pages_and_filters_find_each_once() {
    let server = Server::new(MINUTE);
    for number in 0..5 {
        create(&server, request(&format!("page-{number}"))).await;
    }
    server.pass(MINUTE);
    create(&server, request("running")).await;
    let names = async |query: &str, size| -> Vec<String> {
        let target = format!("{JOBS}{query}");
        let pages = server.pages(&target, "modelCustomizationJobSummaries", size);
        let jobs = pages.await.concat();
        let name = |job: &Value| job["jobName"].as_str().unwrap().to_owned();
        jobs.iter().map(name).collect()
    };
    let completed = ["page-4", "page-3", "page-2", "page-1", "page-0"];
    for size in [1, 2, 5] {
        assert_eq!(names("?statusEquals=Completed", size).await, completed);
        assert_eq!(names("?statusEquals=InProgress", size).await, ["running"]);
        assert_eq!(names("", size).await.len(), 6);
    }
    assert_eq!(
        names("?sortOrder=Ascending&nameContains=page", 2).await[0],
        "page-0"
    );
}

#[tokio::test]
async fn distillation_tells_its_sub_tasks() {
    let server = Server::new(MINUTE);
    let mut body = request("distilled");
    body["customizationType"] = "DISTILLATION".into();
    let without = server.post(JOBS, body.clone()).await;
    assert_eq!(without.refusal(), (400, "ValidationException"));
    let teacher = |id: &str| json!({ "distillationConfig": { "teacherModelConfig": { "teacherModelIdentifier": id } } });
    body["customizationConfig"] = teacher("acme.none-v1:0");
    let unknown = server.post(JOBS, body.clone()).await;
    assert_eq!(unknown.refusal(), (400, "ValidationException"));
    body["customizationConfig"] = teacher("us.amazon.nova-premier-v1:0");
    create(&server, body).await;
    let statuses = async || {
        let details = job(&server, "distilled").await["statusDetails"].take();
        [
            "validationDetails",
            "dataProcessingDetails",
            "trainingDetails",
        ]
        .map(|task| details[task]["status"].as_str().unwrap().to_owned())
    };
    assert_eq!(statuses().await, ["InProgress", "NotStarted", "NotStarted"]);
    server.pass(MINUTE / 2);
    assert_eq!(statuses().await, ["Completed", "InProgress", "NotStarted"]);
    let stop = format!("{JOBS}/distilled/stop");
    server.post(&stop, Value::Null).await.ok();
    assert_eq!(statuses().await, ["Completed", "Stopping", "NotStarted"]);
    server.pass(MINUTE);
    assert_eq!(statuses().await, ["Completed", "Stopped", "NotStarted"]);
}

#[tokio::test]
async fn custom_models_can_be_customized_again() {
    let server = Server::new(Duration::ZERO);
    create(&server, request("first")).await;
    let first = models(&server).await[0]["modelArn"].clone();
    let mut body = request("second");
    body["baseModelIdentifier"] = first.clone();
    create(&server, body.clone()).await;
    let second = server.get("/custom-models/second-model").await.ok();
    assert_eq!(second["baseModelArn"], first);
    body["baseModelIdentifier"] = "none-of-these".into();
    assert_eq!(
        server.post(JOBS, body).await.refusal(),
        (404, "ResourceNotFoundException")
    );
}

#[tokio::test]
async fn what_models_do_not_allow_is_refused() {
    let server = Server::new(Duration::ZERO);
    let with = |member: &str, value: Value| {
        let mut body = request("refused");
        body[member] = value;
        body
    };
    for body in [
        with("baseModelIdentifier", "amazon.nova-lite-v1:0".into()),
        with("baseModelIdentifier", "acme.none-v1:0".into()),
        with("customizationType", "CONTINUED_PRE_TRAINING".into()),
        with("customizationType", "IMPORTED".into()),
        with("trainingDataConfig", json!({})),
        with(
            "customModelTags",
            json!([{ "key": "a", "value": "1" }, { "key": "a", "value": "2" }]),
        ),
    ] {
        let answer = server.post(JOBS, body.clone()).await;
        assert_eq!(answer.refusal(), (400, "ValidationException"), "{body}");
    }
    assert_eq!(
        server.get(&format!("{JOBS}/refused")).await.refusal(),
        (404, "ResourceNotFoundException")
    );
    let foreign = "arn:aws:bedrock:us-east-1:999999999999:model-customization-job%2Famazon.nova-lite-v1:0:300k%2Fabcdefghijkl";
    assert_eq!(
        server.get(&format!("{JOBS}/{foreign}")).await.refusal(),
        (404, "ResourceNotFoundException")
    );
}
