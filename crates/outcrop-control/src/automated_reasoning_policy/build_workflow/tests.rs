use std::time::Duration;

use aws_smithy_types::base64;
use serde_json::{Value, json};

use crate::{
    automated_reasoning_policy::tests::{create, definition, path, text},
    testing::{Answer, Server},
};

const PACE: Duration = Duration::from_secs(10);

const HANDBOOK: &str = "# Leave\n\nFull-time employees with more than 12 months of tenure are eligible for leave.\n\
    Contractors are not eligible for leave. Welcome aboard!";

pub(in super::super) fn document(text: &str) -> Value {
    json!({
        "document": base64::encode(text),
        "documentContentType": "txt",
        "documentName": "handbook",
        "documentDescription": "Who may take leave",
    })
}

pub(in super::super) async fn start(
    server: &Server,
    arn: &str,
    kind: &str,
    source: Value,
) -> Answer {
    let below = format!("/build-workflows/{kind}/start");
    server.post(&path(arn, &below), source).await
}

/// Starts a workflow; its path below the policy.
pub(in super::super) async fn started(
    server: &Server,
    arn: &str,
    kind: &str,
    source: Value,
) -> String {
    let answer = start(server, arn, kind, source).await.ok();
    format!("/build-workflows/{}", text(&answer["buildWorkflowId"]))
}

async fn asset(server: &Server, arn: &str, workflow: &str, kind: &str) -> Answer {
    let below = format!("{workflow}/result-assets?assetType={kind}");
    server.get(&path(arn, &below)).await
}

async fn ingest(server: &Server, arn: &str) -> String {
    let source = json!({ "workflowContent": { "documents": [document(HANDBOOK)] } });
    started(server, arn, "INGEST_CONTENT", source).await
}

async fn policy(server: &Server) -> String {
    create(
        server,
        json!({ "name": "leave", "policyDefinition": definition() }),
    )
    .await
}

async fn delete(server: &Server, arn: &str, workflow: &str) -> Answer {
    let seen = server.get(&path(arn, workflow)).await.ok();
    let below = format!(
        "{workflow}?updatedAt={}",
        text(&seen["updatedAt"]).replace(':', "%3A")
    );
    server.delete(&path(arn, &below)).await
}

#[tokio::test]
async fn build_goes_its_way() {
    let server = Server::new(PACE);
    let arn = policy(&server).await;
    let workflow = ingest(&server, &arn).await;
    let mut updated = Vec::new();
    for status in ["SCHEDULED", "PREPROCESSING", "BUILDING", "TESTING"] {
        let seen = server.get(&path(&arn, &workflow)).await.ok();
        assert_eq!(seen["status"], status);
        assert_eq!(seen["documentName"], "handbook");
        updated.push(text(&seen["updatedAt"]));
        let early = asset(&server, &arn, &workflow, "BUILD_LOG").await;
        assert_eq!(early.refusal(), (404, "ResourceNotFoundException"));
        assert_eq!(
            delete(&server, &arn, &workflow).await.refusal(),
            (400, "ResourceInUseException")
        );
        server.pass(PACE);
    }
    updated.dedup();
    assert_eq!(updated.len(), 4);
    let seen = server.get(&path(&arn, &workflow)).await.ok();
    assert_eq!(seen["status"], "COMPLETED");
    let cancel = path(&arn, &format!("{workflow}/cancel"));
    let cancelled = server.post(&cancel, json!({}));
    assert_eq!(cancelled.await.refusal(), (400, "ValidationException"));

    let stale = format!(
        "{workflow}?updatedAt={}",
        text(&seen["createdAt"]).replace(':', "%3A")
    );
    assert_eq!(
        server.delete(&path(&arn, &stale)).await.refusal(),
        (400, "ConflictException")
    );
    assert_eq!(
        server.delete(&path(&arn, "")).await.refusal(),
        (400, "ResourceInUseException")
    );
    assert_eq!(delete(&server, &arn, &workflow).await.status, 202);
    assert_eq!(
        server.get(&path(&arn, &workflow)).await.refusal(),
        (404, "ResourceNotFoundException")
    );
    assert_eq!(server.delete(&path(&arn, "")).await.status, 202);
}

#[tokio::test]
async fn builds_are_cancelled_while_they_run() {
    let server = Server::new(PACE);
    let arn = policy(&server).await;
    let workflow = ingest(&server, &arn).await;
    server.pass(PACE);
    let cancel = path(&arn, &format!("{workflow}/cancel"));
    for _ in 0..2 {
        let cancelled = server.post(&cancel, json!({}));
        assert_eq!(cancelled.await.status, 202);
        let seen = server.get(&path(&arn, &workflow)).await.ok();
        assert_eq!(seen["status"], "CANCEL_REQUESTED");
    }
    server.pass(PACE);
    let seen = server.get(&path(&arn, &workflow)).await.ok();
    assert_eq!(seen["status"], "CANCELLED");
    let none = asset(&server, &arn, &workflow, "POLICY_DEFINITION").await;
    assert_eq!(none.refusal(), (404, "ResourceNotFoundException"));
}

#[tokio::test]
async fn two_builds_and_one_at_a_time() {
    let server = Server::new(PACE);
    let arn = policy(&server).await;
    let source = json!({ "policyDefinition": definition() });
    started(&server, &arn, "IMPORT_POLICY", source.clone()).await;
    let second = start(&server, &arn, "IMPORT_POLICY", source.clone()).await;
    assert_eq!(second.refusal(), (400, "ResourceInUseException"));
    // Fidelity reports are counted apart.
    let content = json!({ "generateFidelityReportContent": { "documents": [document(HANDBOOK)] } });
    let report = json!({ "workflowContent": content });
    started(&server, &arn, "GENERATE_FIDELITY_REPORT", report).await;
    server.pass(4 * PACE);
    let last = started(&server, &arn, "IMPORT_POLICY", source.clone()).await;
    server.pass(4 * PACE);
    let third = start(&server, &arn, "IMPORT_POLICY", source).await;
    assert_eq!(third.refusal(), (400, "ServiceQuotaExceededException"));

    let member = "automatedReasoningPolicyBuildWorkflowSummaries";
    for size in [1, 2, 3] {
        let workflows = path(&arn, "/build-workflows");
        let seen = server.pages(&workflows, member, size).await.concat();
        assert_eq!(seen.len(), 3);
        assert!(last.ends_with(&text(&seen[0]["buildWorkflowId"])));
        assert_eq!(seen[1]["buildWorkflowType"], "GENERATE_FIDELITY_REPORT");
    }
    assert_eq!(server.delete(&path(&arn, "?force=true")).await.status, 202);
    assert_eq!(server.get(&path(&arn, &last)).await.status, 404);
}

#[tokio::test]
async fn same_token_starts_one() {
    let server = Server::new(PACE);
    let arn = policy(&server).await;
    let source = json!({ "policyDefinition": definition() });
    let below = path(&arn, "/build-workflows/IMPORT_POLICY/start");
    let first = server
        .ask_with(&below, "x-amz-client-token", "once", source.clone())
        .await
        .ok();
    let again = server
        .ask_with(&below, "x-amz-client-token", "once", source)
        .await
        .ok();
    assert_eq!(again, first);
    let other = json!({ "policyDefinition": {} });
    let other = server
        .ask_with(&below, "x-amz-client-token", "once", other)
        .await;
    assert_eq!(other.refusal(), (400, "ConflictException"));
}

#[tokio::test]
async fn documents_become_definitions() {
    let server = Server::new(Duration::ZERO);
    let arn = policy(&server).await;
    let workflow = ingest(&server, &arn).await;
    let made = asset(&server, &arn, &workflow, "POLICY_DEFINITION")
        .await
        .ok();
    let made = &made["buildWorkflowAssets"]["policyDefinition"];
    let rules: Vec<_> = made["rules"].as_array().unwrap().iter().collect();
    let expressions: Vec<_> = rules.iter().map(|rule| &rule["expression"]).collect();
    assert_eq!(
        expressions,
        [
            "(=> (and fullTimeEmployees (> monthsOfTenure 12)) eligibleForLeave)",
            "(=> contractors (not eligibleForLeave))"
        ]
    );
    assert_eq!(made["version"], "1.0");
    let log = asset(&server, &arn, &workflow, "BUILD_LOG").await.ok();
    let entry = &log["buildWorkflowAssets"]["buildLog"]["entries"][0];
    assert_eq!(entry["status"], "APPLIED");
    assert!(entry["annotation"]["ingestContent"]["content"].is_string());
    let quality = asset(&server, &arn, &workflow, "QUALITY_REPORT").await.ok();
    let quality = &quality["buildWorkflowAssets"]["qualityReport"];
    assert_eq!(
        (&quality["ruleCount"], &quality["variableCount"]),
        (&json!(2), &json!(4))
    );
    assert_eq!(
        quality["conflictingRules"].as_array().map(Vec::len),
        Some(2)
    );
    let tests = asset(&server, &arn, &workflow, "GENERATED_TEST_CASES")
        .await
        .ok();
    let tests = &tests["buildWorkflowAssets"]["generatedTestCases"]["generatedTestCases"];
    assert_eq!(tests.as_array().map(Vec::len), Some(4));

    // The build leaves the policy alone, and takes what it makes as an update.
    let unchanged = server.get(&path(&arn, "/export")).await.ok();
    assert_eq!(unchanged["rules"], definition()["rules"]);
    let update = json!({ "policyDefinition": made });
    server.patch(&path(&arn, ""), update).await.ok();
    assert_eq!(&server.get(&path(&arn, "/export")).await.ok(), made);
}

#[tokio::test]
async fn documents_are_kept_and_reported_on() {
    let server = Server::new(Duration::ZERO);
    let arn = policy(&server).await;
    let workflow = ingest(&server, &arn).await;
    let manifest = asset(&server, &arn, &workflow, "ASSET_MANIFEST").await.ok();
    let entries = &manifest["buildWorkflowAssets"]["assetManifest"]["entries"];
    let entry = entries
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["assetType"] == "SOURCE_DOCUMENT");
    let id = text(&entry.unwrap()["assetId"]);
    let nameless = asset(&server, &arn, &workflow, "SOURCE_DOCUMENT").await;
    assert_eq!(nameless.refusal(), (400, "ValidationException"));
    let kept = asset(
        &server,
        &arn,
        &workflow,
        &format!("SOURCE_DOCUMENT&assetId={id}"),
    )
    .await
    .ok();
    let kept = &kept["buildWorkflowAssets"]["document"];
    assert_eq!(kept["document"], base64::encode(HANDBOOK));
    assert_eq!(text(&kept["documentHash"]).len(), 64);
    for none in ["FIDELITY_REPORT", "POLICY_SCENARIOS"] {
        let none = asset(&server, &arn, &workflow, none).await;
        assert_eq!(none.refusal(), (404, "ResourceNotFoundException"));
    }

    let made = asset(&server, &arn, &workflow, "POLICY_DEFINITION")
        .await
        .ok();
    let made = &made["buildWorkflowAssets"]["policyDefinition"];
    let content = json!({ "generateFidelityReportContent": { "documents": [document(HANDBOOK)] } });
    let source = json!({ "policyDefinition": made, "workflowContent": content });
    let workflow = started(&server, &arn, "GENERATE_FIDELITY_REPORT", source).await;
    let report = asset(&server, &arn, &workflow, "FIDELITY_REPORT")
        .await
        .ok();
    let report = &report["buildWorkflowAssets"]["fidelityReport"];
    assert_eq!(
        report["coverageScore"],
        json!(0.5),
        "two of four statements: {report}"
    );
    assert_eq!(
        report["ruleReports"].as_object().map(serde_json::Map::len),
        Some(2)
    );
    let statements = report["documentSources"][0]["atomicStatements"].as_array();
    assert_eq!(statements.map(Vec::len), Some(4));
}

#[tokio::test]
async fn annotations_change_definitions() {
    let server = Server::new(Duration::ZERO);
    let arn = policy(&server).await;
    let annotations = json!([
        { "addVariable": { "name": "isManager", "type": "bool", "description": "Leads others." } },
        { "addRule": { "expression": "(=> isManager eligibleForLeave)" } },
        { "updateVariable": { "name": "tenureMonths", "newName": "months" } },
        { "addType": { "name": "Size", "description": "Sizes", "values": [{ "value": "SMALL" }] } },
        { "updateType": { "name": "LeaveType", "values": [{ "addTypeValue": { "value": "OTHER" } }, { "deleteTypeValue": { "value": "SICK" } }] } },
        { "deleteRule": { "ruleId": "Z99999999999" } },
        { "deleteVariable": { "name": "isFullTime" } },
        { "addRule": { "expression": "(=> isManager unknown)" } },
        { "addRuleFromNaturalLanguage": { "naturalLanguage": "Interns are not eligible for leave." } },
        { "updateFromScenarioFeedback": { "scenarioExpression": "(and isManager (= months 1))" } },
    ]);
    let source =
        json!({ "workflowContent": { "policyRepairAssets": { "annotations": annotations } } });
    let workflow = started(&server, &arn, "REFINE_POLICY", source).await;
    let log = asset(&server, &arn, &workflow, "BUILD_LOG").await.ok();
    let entries = log["buildWorkflowAssets"]["buildLog"]["entries"]
        .as_array()
        .unwrap()
        .clone();
    let statuses: Vec<_> = entries.iter().map(|entry| &entry["status"]).collect();
    let (applied, failed) = ("APPLIED", "FAILED");
    assert_eq!(
        statuses,
        [
            applied, applied, applied, applied, applied, failed, failed, failed, applied, applied
        ]
    );
    let made = asset(&server, &arn, &workflow, "POLICY_DEFINITION")
        .await
        .ok();
    let made = &made["buildWorkflowAssets"]["policyDefinition"];
    let rules: Vec<_> = made["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| &rule["expression"])
        .collect();
    assert_eq!(
        rules,
        [
            "(=> (and isFullTime (> months 12)) eligibleForLeave)",
            "(=> isManager eligibleForLeave)",
            "(=> interns (not eligibleForLeave))",
            "(not (and isManager (= months 1)))"
        ]
    );
    let values: Vec<_> = made["types"][0]["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|value| &value["value"])
        .collect();
    assert_eq!(values, ["PARENTAL", "OTHER"]);

    let kept = path(&arn, &format!("{workflow}/annotations"));
    let seen = server.get(&kept).await.ok();
    assert_eq!(seen["annotations"].as_array().map(Vec::len), Some(10));
    let fewer = json!({
        "annotations": [{ "deleteRule": { "ruleId": "A1B2C3D4E5F6" } }],
        "lastUpdatedAnnotationSetHash": seen["annotationSetHash"],
    });
    let changed = server.patch(&kept, fewer.clone()).await.ok();
    let stale = server.patch(&kept, fewer).await;
    assert_eq!(stale.refusal(), (400, "ConflictException"));
    let seen = server.get(&kept).await.ok();
    assert_eq!(seen["annotationSetHash"], changed["annotationSetHash"]);
    assert_eq!(
        seen["annotations"],
        json!([{ "deleteRule": { "ruleId": "A1B2C3D4E5F6" } }])
    );
    let more =
        json!({ "annotations": [], "lastUpdatedAnnotationSetHash": seen["annotationSetHash"] });
    server.patch(&kept, more).await.ok();
}

#[tokio::test]
async fn ambiguities_are_resolved() {
    let server = Server::new(Duration::ZERO);
    let arn = policy(&server).await;
    let mut given = definition();
    let variables = given["variables"].as_array_mut().unwrap();
    variables.push(
        json!({ "name": "months", "type": "INT", "description": "complete months of employment." }),
    );
    variables.push(json!({ "name": "idle", "type": "BOOL", "description": "Named by no rule." }));
    given["rules"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "id": "B1B2C3D4E5F6", "expression": "(=> (< months 0) (not isFullTime))" }));
    let source = json!({ "policyDefinition": given });
    let workflow = started(&server, &arn, "RESOLVE_POLICY_AMBIGUITIES", source).await;
    let made = asset(&server, &arn, &workflow, "POLICY_DEFINITION")
        .await
        .ok();
    let made = &made["buildWorkflowAssets"]["policyDefinition"];
    assert_eq!(
        made["rules"][1]["expression"],
        "(=> (< tenureMonths 0) (not isFullTime))"
    );
    assert_eq!(made["variables"].as_array().map(Vec::len), Some(3));
}

#[tokio::test]
async fn scenarios_are_given_one_by_one() {
    let server = Server::new(Duration::ZERO);
    let arn = policy(&server).await;
    let source = json!({ "policyDefinition": definition() });
    let workflow = started(&server, &arn, "GENERATE_POLICY_SCENARIOS", source.clone()).await;
    let all = asset(&server, &arn, &workflow, "POLICY_SCENARIOS")
        .await
        .ok();
    let all = all["buildWorkflowAssets"]["policyScenarios"]["policyScenarios"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!(all.len(), 1);
    assert_eq!(
        all[0]["expression"],
        "(and eligibleForLeave isFullTime (= tenureMonths 13))"
    );
    assert_eq!(all[0]["ruleIds"], json!(["A1B2C3D4E5F6"]));
    let next = path(&arn, &format!("{workflow}/scenarios"));
    assert_eq!(server.get(&next).await.ok()["scenario"], all[0]);
    assert!(server.get(&next).await.ok()["scenario"].is_null());

    let other = started(&server, &arn, "IMPORT_POLICY", source).await;
    let none = server.get(&path(&arn, &format!("{other}/scenarios"))).await;
    assert_eq!(none.refusal(), (404, "ResourceNotFoundException"));
}

#[tokio::test]
async fn refinement_takes_documents_and_feedback() {
    let server = Server::new(Duration::ZERO);
    let arn = policy(&server).await;
    let content = json!({ "documents": [document(HANDBOOK)], "feedback": "Only managers may approve leave." });
    let source = json!({
        "policyDefinition": definition(),
        "workflowContent": { "iterativeRefinementContent": content },
    });
    let workflow = started(&server, &arn, "ITERATIVELY_REFINE_POLICY", source).await;
    let made = asset(&server, &arn, &workflow, "POLICY_DEFINITION")
        .await
        .ok();
    let rules = made["buildWorkflowAssets"]["policyDefinition"]["rules"].clone();
    assert_eq!(rules.as_array().map(Vec::len), Some(4));
    assert_eq!(rules[3]["expression"], "(=> approveLeave managers)");
}

#[tokio::test]
async fn failure_can_be_asked_for() {
    let server = Server::new(Duration::ZERO);
    let tags = json!([{ "key": "outcrop:fail", "value": "No model" }]);
    let arn = create(&server, json!({ "name": "failing", "tags": tags })).await;
    let workflow = ingest(&server, &arn).await;
    let seen = server.get(&path(&arn, &workflow)).await.ok();
    assert_eq!(seen["status"], "FAILED");
    asset(&server, &arn, &workflow, "BUILD_LOG").await.ok();
    let none = asset(&server, &arn, &workflow, "POLICY_DEFINITION").await;
    assert_eq!(none.refusal(), (404, "ResourceNotFoundException"));
}

#[tokio::test]
async fn what_does_not_fit_is_refused() {
    let server = Server::new(Duration::ZERO);
    let arn = policy(&server).await;
    let documents = |document: Value| json!({ "workflowContent": { "documents": [document] } });
    let mut unreadable = document("%PDF-1.7 compressed");
    unreadable["documentContentType"] = "pdf".into();
    let long = "Staff may leave. ".repeat(3000);
    for (kind, source) in [
        ("INGEST_CONTENT", json!({})),
        ("INGEST_CONTENT", documents(unreadable)),
        ("INGEST_CONTENT", documents(document(&long))),
        ("IMPORT_POLICY", json!({})),
        ("IMPORT_POLICY", documents(document(HANDBOOK))),
        ("REFINE_POLICY", documents(document(HANDBOOK))),
        ("ITERATIVELY_REFINE_POLICY", json!({})),
        ("GENERATE_FIDELITY_REPORT", json!({})),
    ] {
        let answer = start(&server, &arn, kind, source).await;
        assert_eq!(answer.refusal(), (400, "ValidationException"), "{kind}");
    }
    let workflow = ingest(&server, &arn).await;
    let other = create(&server, json!({ "name": "other" })).await;
    let none = server.get(&path(&other, &workflow)).await;
    assert_eq!(none.refusal(), (404, "ResourceNotFoundException"));
}
