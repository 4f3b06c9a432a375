use std::time::Duration;

use serde_json::{Value, json};

use crate::{
    automated_reasoning_policy::{
        build_workflow::tests::{start, started},
        tests::{create, definition, path, text},
    },
    testing::Server,
};

const PACE: Duration = Duration::from_secs(10);

const QUESTION: &str = "I am full-time, and my tenure is 24 months. Am I eligible?";

/// A policy with a build of its definition, and the build's path.
async fn policy(server: &Server) -> (String, String) {
    policy_of(server, definition()).await
}

async fn policy_of(server: &Server, definition: Value) -> (String, String) {
    let arn = create(
        server,
        json!({ "name": "leave", "policyDefinition": definition }),
    )
    .await;
    let source = json!({ "policyDefinition": definition });
    let workflow = started(server, &arn, "IMPORT_POLICY", source).await;
    (arn, workflow)
}

async fn case(server: &Server, arn: &str, guard: &str, expected: &str) -> String {
    let body = json!({
        "guardContent": guard,
        "queryContent": QUESTION,
        "expectedAggregatedFindingsResult": expected,
    });
    let answer = server.post(&path(arn, "/test-cases"), body).await.ok();
    text(&answer["testCaseId"])
}

async fn result(server: &Server, arn: &str, workflow: &str, case: &str) -> Value {
    let below = format!("{workflow}/test-cases/{case}/test-results");
    server.get(&path(arn, &below)).await.ok()["testResult"].take()
}

#[tokio::test]
async fn tests_go_their_way() {
    let server = Server::new(PACE);
    let (arn, workflow) = policy(&server).await;
    let id = case(&server, &arn, "You are eligible for leave.", "VALID").await;
    let run = path(&arn, &format!("{workflow}/test-workflows"));
    let early = server.post(&run, json!({})).await;
    assert_eq!(early.refusal(), (400, "ValidationException"));
    server.pass(4 * PACE);
    let seen = result(&server, &arn, &workflow, &id).await;
    assert_eq!(seen["testRunStatus"], "NOT_STARTED");

    let body = json!({ "clientRequestToken": "once" });
    server.post(&run, body.clone()).await.ok();
    for status in ["SCHEDULED", "IN_PROGRESS"] {
        let seen = result(&server, &arn, &workflow, &id).await;
        assert_eq!(seen["testRunStatus"], status);
        assert!(seen["testFindings"].is_null());
        server.post(&run, body.clone()).await.ok();
        let again = server.post(&run, json!({})).await;
        assert_eq!(again.refusal(), (400, "ResourceInUseException"));
        let update = json!({
            "guardContent": "No.",
            "expectedAggregatedFindingsResult": "VALID",
            "lastUpdatedAt": seen["testCase"]["updatedAt"],
        });
        let update = server
            .patch(&path(&arn, &format!("/test-cases/{id}")), update)
            .await;
        assert_eq!(update.refusal(), (400, "ResourceInUseException"));
        let build = server.get(&path(&arn, &workflow)).await.ok();
        let updated_at = text(&build["updatedAt"]).replace(':', "%3A");
        for below in [
            format!("{workflow}?updatedAt={updated_at}"),
            format!("/test-cases/{id}?updatedAt={updated_at}"),
        ] {
            let deleted = server.delete(&path(&arn, &below)).await;
            assert_eq!(deleted.refusal(), (400, "ResourceInUseException"));
        }
        server.pass(PACE);
    }
    let seen = result(&server, &arn, &workflow, &id).await;
    assert_eq!(
        (
            &seen["testRunStatus"],
            &seen["testRunResult"],
            &seen["aggregatedTestFindingsResult"]
        ),
        (&json!("COMPLETED"), &json!("PASSED"), &json!("VALID"))
    );
    let valid = &seen["testFindings"][0]["valid"];
    assert_eq!(
        valid["supportingRules"],
        json!([{ "id": "A1B2C3D4E5F6", "policyVersionArn": arn }])
    );
    assert_eq!(
        valid["translation"]["claims"][0]["logic"],
        "eligibleForLeave"
    );
    assert_eq!(valid["translation"]["confidence"], json!(1.0));
    assert!(valid["claimsTrueScenario"]["statements"].is_array());
}

#[tokio::test]
async fn results_are_those_of_the_logic() {
    let server = Server::new(Duration::ZERO);
    let (arn, workflow) = policy(&server).await;
    let table = [
        ("You are eligible for leave.", "VALID", "PASSED", "valid"),
        (
            "You are not eligible for leave.",
            "VALID",
            "FAILED",
            "invalid",
        ),
        (
            "It is raining.",
            "NO_TRANSLATION",
            "PASSED",
            "noTranslations",
        ),
    ];
    let mut ids = Vec::new();
    for (guard, expected, ..) in table {
        ids.push(case(&server, &arn, guard, expected).await);
    }
    let run = path(&arn, &format!("{workflow}/test-workflows"));
    server
        .post(&run, json!({ "testCaseIds": [ids[0]] }))
        .await
        .ok();
    let list = path(&arn, &format!("{workflow}/test-results"));
    let seen = server.pages(&list, "testResults", 5).await.concat();
    assert_eq!(seen.len(), 1);
    server.post(&run, json!({})).await.ok();
    for size in [1, 2, 3] {
        let seen = server.pages(&list, "testResults", size).await.concat();
        let mut of: Vec<_> = seen
            .iter()
            .map(|one| text(&one["testCase"]["testCaseId"]))
            .collect();
        of.sort();
        let mut all = ids.clone();
        all.sort();
        assert_eq!(of, all);
    }
    for (id, (guard, _, expected, kind)) in ids.iter().zip(table) {
        let seen = result(&server, &arn, &workflow, id).await;
        assert_eq!(seen["testRunResult"], expected, "{guard}: {seen}");
        assert!(seen["testFindings"][0][kind].is_object(), "{guard}: {seen}");
    }
    // A case takes its results with it.
    let updated_at =
        result(&server, &arn, &workflow, &ids[0]).await["testCase"]["updatedAt"].take();
    let below = format!(
        "/test-cases/{}?updatedAt={}",
        ids[0],
        text(&updated_at).replace(':', "%3A")
    );
    assert_eq!(server.delete(&path(&arn, &below)).await.status, 202);
    let seen = server.get(&list).await.ok();
    assert_eq!(seen["testResults"].as_array().map(Vec::len), Some(2));
    assert_eq!(server.delete(&path(&arn, "?force=true")).await.status, 202);
}

#[tokio::test]
async fn names_are_of_several_words_in_any_script() {
    let server = Server::new(Duration::ZERO);
    let words = [
        ("isFullTime", "full time"),
        ("tenureMonths", "tenure months é"),
        ("eligibleForLeave", "eligible for leave"),
    ];
    let mut definition = definition();
    let expression = text(&definition["rules"][0]["expression"]);
    let barred =
        |text: String, (name, words): (&str, &str)| text.replace(name, &format!("|{words}|"));
    definition["rules"][0]["expression"] = json!(words.into_iter().fold(expression, barred));
    for (variable, (_, words)) in words.into_iter().enumerate() {
        definition["variables"][variable]["name"] = json!(words);
    }
    let (arn, workflow) = policy_of(&server, definition).await;
    let id = case(&server, &arn, "You are eligible for leave.", "VALID").await;
    let run = path(&arn, &format!("{workflow}/test-workflows"));
    server.post(&run, json!({})).await.ok();
    let seen = result(&server, &arn, &workflow, &id).await;
    assert_eq!(seen["testRunResult"], "PASSED", "{seen}");
    assert_eq!(
        seen["testFindings"][0]["valid"]["translation"]["claims"][0]["logic"],
        "|eligible for leave|"
    );
}

#[tokio::test]
async fn scenarios_make_tests_that_pass() {
    let server = Server::new(Duration::ZERO);
    let (arn, workflow) = policy(&server).await;
    let scenarios = started(&server, &arn, "GENERATE_POLICY_SCENARIOS", json!({})).await;
    let scenario = server
        .get(&path(&arn, &format!("{scenarios}/scenarios")))
        .await
        .ok();
    let scenario = &scenario["scenario"];
    let body = json!({
        "guardContent": scenario["expression"],
        "expectedAggregatedFindingsResult": scenario["expectedResult"],
    });
    let id = server.post(&path(&arn, "/test-cases"), body).await.ok()["testCaseId"].take();
    let run = path(&arn, &format!("{workflow}/test-workflows"));
    server.post(&run, json!({})).await.ok();
    let seen = result(&server, &arn, &workflow, &text(&id)).await;
    assert_eq!(seen["testRunResult"], "PASSED", "{seen}");
    let third = start(&server, &arn, "GENERATE_POLICY_SCENARIOS", json!({})).await;
    assert_eq!(third.refusal(), (400, "ServiceQuotaExceededException"));
}

#[tokio::test]
async fn what_is_not_there_cannot_be_tested() {
    let server = Server::new(Duration::ZERO);
    let (arn, workflow) = policy(&server).await;
    let run = path(&arn, &format!("{workflow}/test-workflows"));
    assert_eq!(
        server.post(&run, json!({})).await.refusal(),
        (400, "ValidationException")
    );
    let unknown = json!({ "testCaseIds": ["ABCDEFGHIJKL"] });
    assert_eq!(
        server.post(&run, unknown).await.refusal(),
        (404, "ResourceNotFoundException")
    );
    let none = path(
        &arn,
        "/build-workflows/12345678-1234-4234-8234-123456789012/test-results",
    );
    assert_eq!(
        server.get(&none).await.refusal(),
        (404, "ResourceNotFoundException")
    );
}

#[tokio::test]
async fn failure_can_be_asked_for() {
    let server = Server::new(Duration::ZERO);
    let (arn, workflow) = policy(&server).await;
    let id = case(&server, &arn, "You are eligible for leave.", "VALID").await;
    let tags = json!([{ "key": "outcrop:fail", "value": "No solver" }]);
    let tags = json!({ "resourceARN": arn, "tags": tags });
    server.post("/tagResource", tags).await.ok();
    let run = path(&arn, &format!("{workflow}/test-workflows"));
    server.post(&run, json!({})).await.ok();
    let seen = result(&server, &arn, &workflow, &id).await;
    assert_eq!(seen["testRunStatus"], "FAILED");
    assert!(seen["testRunResult"].is_null());
}
