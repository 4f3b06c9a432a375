use std::time::Duration;

use serde_json::{Value, json};

use crate::testing::Server;

/// The path of a policy, or of what is below it.
pub(super) fn path(arn: &str, below: &str) -> String {
    let arn = arn.replace(':', "%3A").replace('/', "%2F");
    format!("/automated-reasoning-policies/{arn}{below}")
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().expect("is a text").to_owned()
}

/// Makes a policy from the members of a request, and returns its ARN.
pub(super) async fn create(server: &Server, body: Value) -> String {
    let answer = server.post("/automated-reasoning-policies", body).await;
    text(&answer.ok()["policyArn"])
}

/// Full-time employees with more than twelve months may take leave.
pub(super) fn definition() -> Value {
    json!({
        "version": "1.0",
        "types": [{
            "name": "LeaveType",
            "description": "Kinds of leave",
            "values": [{ "value": "PARENTAL", "description": "For parents" }, { "value": "SICK" }],
        }],
        "rules": [{
            "id": "A1B2C3D4E5F6",
            "expression": "(=> (and isFullTime (> tenureMonths 12)) eligibleForLeave)",
            "alternateExpression": "Full-time employees after a year are eligible.",
        }],
        "variables": [
            { "name": "isFullTime", "type": "BOOL", "description": "Whether the employee works full-time." },
            { "name": "tenureMonths", "type": "INT", "description": "Complete months of employment." },
            { "name": "eligibleForLeave", "type": "BOOL", "description": "Whether the employee may take leave." },
        ],
    })
}

async fn version(server: &Server, arn: &str) -> Value {
    let hash = server.get(&path(arn, "")).await.ok()["definitionHash"].take();
    let body = json!({ "lastUpdatedDefinitionHash": hash });
    server.post(&path(arn, "/versions"), body).await.ok()
}

#[tokio::test]
async fn policy_goes_its_way() {
    let server = Server::new(Duration::ZERO);
    let key = "12345678-1234-1234-1234-123456789012";
    let body = json!({ "name": "leave", "description": "Who may", "policyDefinition": definition(), "kmsKeyId": key });
    let made = server
        .post("/automated-reasoning-policies", body)
        .await
        .ok();
    let arn = text(&made["policyArn"]);
    assert_eq!(made["version"], "DRAFT");
    let seen = server.get(&path(&arn, "")).await.ok();
    assert_eq!(seen["definitionHash"], made["definitionHash"]);
    assert_eq!(text(&seen["definitionHash"]).len(), 128);
    assert!(arn.ends_with(&text(&seen["policyId"])));
    assert_eq!(
        seen["kmsKeyArn"],
        format!("arn:aws:kms:us-east-1:123456789012:key/{key}")
    );
    let exported = server.get(&path(&arn, "/export")).await.ok();
    let mut expected = definition();
    expected["types"][0]["values"][1] = json!({ "value": "SICK" });
    assert_eq!(exported, expected);

    server.pass(Duration::from_secs(1));
    let update = json!({ "policyDefinition": { "version": "1.0" }, "name": "other" });
    let updated = server.patch(&path(&arn, ""), update).await.ok();
    assert_ne!(updated["definitionHash"], made["definitionHash"]);
    let seen = server.get(&path(&arn, "")).await.ok();
    assert_eq!(
        (&seen["name"], &seen["description"], &seen["updatedAt"]),
        (&json!("other"), &json!("Who may"), &updated["updatedAt"])
    );
    assert_ne!(seen["createdAt"], seen["updatedAt"]);

    assert_eq!(server.delete(&path(&arn, "")).await.status, 202);
    assert_eq!(
        server.get(&path(&arn, "")).await.refusal(),
        (404, "ResourceNotFoundException")
    );
    assert_eq!(server.delete(&path(&arn, "")).await.status, 202);
}

#[tokio::test]
async fn versions_keep_what_the_draft_was() {
    let server = Server::new(Duration::ZERO);
    let arn = create(
        &server,
        json!({ "name": "leave", "policyDefinition": definition() }),
    )
    .await;
    let first = version(&server, &arn).await;
    assert_eq!(first["policyArn"], format!("{arn}:1"));
    let update = json!({ "policyDefinition": {} });
    server.patch(&path(&arn, ""), update).await.ok();
    let stale = json!({ "lastUpdatedDefinitionHash": first["definitionHash"] });
    assert_eq!(
        server.post(&path(&arn, "/versions"), stale).await.refusal(),
        (400, "ConflictException")
    );
    assert_eq!(version(&server, &arn).await["version"], "2");

    let seen = server.get(&path(&format!("{arn}:1"), "")).await.ok();
    assert_eq!(
        (&seen["version"], &seen["definitionHash"]),
        (&json!("1"), &first["definitionHash"])
    );
    let exported = server.get(&path(&format!("{arn}:1"), "/export")).await.ok();
    assert_eq!(exported["rules"], definition()["rules"]);

    let versions = format!(
        "/automated-reasoning-policies?policyArn={}",
        arn.replace(':', "%3A").replace('/', "%2F")
    );
    let member = "automatedReasoningPolicySummaries";
    let listed = server.pages(&versions, member, 1).await.concat();
    let numbers: Vec<_> = listed.iter().map(|item| &item["version"]).collect();
    assert_eq!(numbers, ["2", "1"]);
    let drafts = server.get("/automated-reasoning-policies").await.ok();
    assert_eq!(drafts[member].as_array().map(Vec::len), Some(1));

    assert_eq!(
        server.delete(&path(&arn, "")).await.refusal(),
        (400, "ResourceInUseException")
    );
    assert_eq!(
        server.delete(&path(&format!("{arn}:2"), "")).await.status,
        202
    );
    assert_eq!(version(&server, &arn).await["version"], "3");
    assert_eq!(server.delete(&path(&arn, "?force=true")).await.status, 202);
    for gone in [format!("{arn}:1"), arn] {
        assert_eq!(server.get(&path(&gone, "")).await.status, 404, "{gone}");
    }
}

#[tokio::test]
async fn same_token_makes_one() {
    let server = Server::new(Duration::ZERO);
    let mut body =
        json!({ "name": "once", "clientRequestToken": "a", "policyDefinition": definition() });
    let arn = create(&server, body.clone()).await;
    assert_eq!(create(&server, body.clone()).await, arn);
    body["name"] = "twice".into();
    let other = server.post("/automated-reasoning-policies", body).await;
    assert_eq!(other.refusal(), (400, "ConflictException"));

    let hash = server.get(&path(&arn, "")).await.ok()["definitionHash"].take();
    let body = json!({ "lastUpdatedDefinitionHash": hash, "clientRequestToken": "b" });
    let versions = path(&arn, "/versions");
    let ask = || server.post(&versions, body.clone());
    assert_eq!(ask().await.ok()["version"], "1");
    assert_eq!(ask().await.ok()["version"], "1");
    let update = json!({ "policyDefinition": {} });
    server.patch(&path(&arn, ""), update).await.ok();
    assert_eq!(ask().await.ok()["version"], "1");
}

#[tokio::test]
async fn names_are_unique_and_listed_once() {
    let server = Server::new(Duration::ZERO);
    let mut arns = Vec::new();
    for number in 0..5 {
        arns.push(create(&server, json!({ "name": format!("policy-{number}") })).await);
    }
    let taken = server
        .post(
            "/automated-reasoning-policies",
            json!({ "name": "policy-3" }),
        )
        .await;
    assert_eq!(taken.refusal(), (400, "ConflictException"));
    let rename = json!({ "name": "policy-3", "policyDefinition": {} });
    let taken = server.patch(&path(&arns[0], ""), rename).await;
    assert_eq!(taken.refusal(), (400, "ConflictException"));
    arns.reverse();
    for size in [1, 2, 5, 100] {
        let member = "automatedReasoningPolicySummaries";
        let pages = server
            .pages("/automated-reasoning-policies", member, size)
            .await;
        let seen: Vec<_> = pages.concat();
        let seen: Vec<_> = seen.iter().map(|item| text(&item["policyArn"])).collect();
        assert_eq!(seen, arns);
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let server = Server::new(Duration::ZERO);
    let arn = create(&server, json!({ "name": "there" })).await;
    let elsewhere = arn.replace("123456789012", "999999999999");
    let other = "arn:aws:bedrock:us-east-1:123456789012:automated-reasoning-policy/abcdefghijkl";
    for none in [
        &elsewhere,
        other,
        &format!("{arn}:1"),
        &format!("{other}:1"),
    ] {
        for below in ["", "/export"] {
            let answer = server.get(&path(none, below)).await;
            assert_eq!(
                answer.refusal(),
                (404, "ResourceNotFoundException"),
                "{none}"
            );
        }
    }
    assert_eq!(
        server.delete(&path(&elsewhere, "")).await.refusal(),
        (404, "ResourceNotFoundException")
    );
    let update = json!({ "policyDefinition": {} });
    assert_eq!(
        server
            .patch(&path(&format!("{arn}:1"), ""), update)
            .await
            .refusal(),
        (400, "ValidationException")
    );
}

#[tokio::test]
async fn policies_and_versions_have_tags_of_their_own() {
    let server = Server::new(Duration::ZERO);
    let tags = json!([{ "key": "a", "value": "1" }]);
    let arn = create(&server, json!({ "name": "tagged", "tags": tags })).await;
    let numbered = text(&version(&server, &arn).await["policyArn"]);
    for (arn, expected) in [(&arn, &tags), (&numbered, &json!([]))] {
        let body = json!({ "resourceARN": arn });
        let seen = server.post("/listTagsForResource", body).await.ok();
        assert_eq!(&seen["tags"], expected, "{arn}");
    }
    let body = json!({ "resourceARN": numbered, "tags": [{ "key": "b", "value": "2" }] });
    server.post("/tagResource", body).await.ok();
}
