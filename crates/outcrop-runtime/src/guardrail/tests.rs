mod invoke;
mod judges;
mod scenarios;
mod streams;

use serde_json::json;

use super::{
    Enforced, Selection,
    testing::{Bench, NOVA, policy, question, ready},
};

#[tokio::test]
async fn a_blocked_question_is_not_asked() {
    let bench = Bench::saying(&["Sunny."]);
    let answer = bench.converse(question("How is the weather?")).await;
    assert_eq!((answer.status, bench.calls()), (200, 0));
    let body = answer.body;
    assert_eq!(
        body["output"]["message"]["content"],
        json!([{ "text": "No question." }])
    );
    assert_eq!(body["stopReason"], "guardrail_intervened");
    let usage =
        json!({ "inputTokens": 0, "outputTokens": 0, "serverToolUsage": {}, "totalTokens": 0 });
    assert_eq!(body["usage"], usage);
    let trace = &body["trace"]["guardrail"];
    assert_eq!(trace["actionReason"], "Guardrail blocked.");
    let assessment = &trace["inputAssessment"]["g1"];
    assert_eq!(
        assessment["topicPolicy"]["topics"],
        json!([{ "action": "BLOCKED", "detected": true, "name": "Weather", "type": "DENY" }])
    );
    assert_eq!(
        assessment["appliedGuardrailDetails"],
        json!({
            "guardrailArn": "arn:aws:bedrock:us-east-1:123456789012:guardrail/g1",
            "guardrailId": "g1",
            "guardrailOrigin": ["REQUEST"],
            "guardrailOwnership": "SELF",
            "guardrailVersion": "1",
        })
    );
    assert!(trace.get("outputAssessments").is_none());
    assert!(trace.get("modelOutput").is_none());
}

#[tokio::test]
async fn an_answer_is_masked_and_told_as_the_model_said_it() {
    let bench = Bench::saying(&["It is 1234561666."]);
    let body = bench.converse(question("Which account?")).await.body;
    assert_eq!(
        body["output"]["message"]["content"][0]["text"],
        "It is {Account Number}."
    );
    assert_eq!(body["stopReason"], "guardrail_intervened");
    assert_eq!(body["usage"]["outputTokens"], 22);
    let trace = &body["trace"]["guardrail"];
    assert_eq!(trace["actionReason"], "No action.\nGuardrail masked.");
    let raw = trace["modelOutput"][0].as_str().unwrap();
    assert!(
        raw.starts_with(r#"{"output":{"message":{"content":[{"text":"It is 1234561666."#),
        "{raw}"
    );
    let output = &trace["outputAssessments"]["g1"][0];
    assert_eq!(
        output["sensitiveInformationPolicy"]["regexes"][0]["action"],
        "ANONYMIZED"
    );
    let covered = json!({ "textCharacters": { "guarded": 17, "total": 17 } });
    assert_eq!(output["invocationMetrics"]["guardrailCoverage"], covered);
}

#[tokio::test]
async fn a_blocked_answer_is_replaced() {
    let bench = Bench::saying(&["This is forbidden."]);
    let body = bench.converse(question("Hello")).await.body;
    assert_eq!(
        body["output"]["message"]["content"],
        json!([{ "text": "No answer." }])
    );
    assert_eq!(body["stopReason"], "guardrail_intervened");
    assert_eq!(
        body["trace"]["guardrail"]["actionReason"],
        "No action.\nGuardrail blocked."
    );
}

#[tokio::test]
async fn what_is_fine_passes_with_a_trace_and_without() {
    let bench = Bench::saying(&["Hi."]);
    let body = bench.converse(question("Hello")).await.body;
    assert_eq!(body["stopReason"], "end_turn");
    let trace = &body["trace"]["guardrail"];
    assert_eq!(trace["actionReason"], "No action.");
    assert_eq!(trace["modelOutput"], json!([]));
    let mut request = question("Hello");
    request["guardrailConfig"] = json!({ "guardrailIdentifier": "g1", "guardrailVersion": "1" });
    let silent = bench
        .post(&format!("/model/{NOVA}/converse"), &[], request)
        .await;
    assert_eq!(silent.body["output"], body["output"]);
    assert!(silent.body.get("trace").is_none());
}

#[tokio::test]
async fn a_masked_question_reaches_the_model_masked() {
    let bench = Bench::saying(&["Hi."]);
    let body = bench
        .converse(question("Write to jane@example.com."))
        .await
        .body;
    assert_eq!(body["stopReason"], "end_turn");
    let asked = bench.engine.asked.lock().unwrap();
    let told = format!("{:?}", asked[0].messages);
    assert!(
        told.contains("Write to {EMAIL}.") && !told.contains("jane"),
        "{told}"
    );
}

#[tokio::test]
async fn only_what_is_marked_is_assessed() {
    let bench = Bench::saying(&["Hi."]);
    let ask = async |guarded: &str| {
        let content = json!([
            { "text": "forbidden" },
            { "guardContent": { "text": { "text": guarded } } },
        ]);
        let body = json!({
            "system": [{ "text": "forbidden" }],
            "messages": [{ "role": "user", "content": content }],
        });
        bench.converse(body).await.body
    };
    let fine = ask("fine").await;
    assert_eq!(fine["stopReason"], "end_turn");
    let input = &fine["trace"]["guardrail"]["inputAssessment"]["g1"]["invocationMetrics"];
    let covered = json!({ "textCharacters": { "guarded": 4, "total": 13 } });
    assert_eq!(input["guardrailCoverage"], covered);
    assert_eq!(ask("forbidden").await["stopReason"], "guardrail_intervened");
}

#[tokio::test]
async fn sources_and_queries_are_counted_and_not_assessed() {
    let bench = Bench::saying(&["Tokyo."]);
    let content = json!([
        { "guardContent": { "text": { "text": "Tokyo is the capital of forbidden Japan.", "qualifiers": ["grounding_source"] } } },
        { "guardContent": { "text": { "text": "Which capital?", "qualifiers": ["query"] } } },
    ]);
    let body = json!({ "messages": [{ "role": "user", "content": content }] });
    let body = bench.converse(body).await.body;
    let trace = &body["trace"]["guardrail"];
    let coverage = |assessment: &serde_json::Value| {
        assessment["invocationMetrics"]["guardrailCoverage"]["textCharacters"].clone()
    };
    let input = coverage(&trace["inputAssessment"]["g1"]);
    assert_eq!(input, json!({ "guarded": 0, "total": 54 }));
    let output = coverage(&trace["outputAssessments"]["g1"][0]);
    assert_eq!(output, json!({ "guarded": 6, "total": 6 }));
}

#[tokio::test]
async fn a_guardrail_that_is_not_there_is_an_error_everywhere() {
    let bench = Bench::with(&["Hi."], None, Vec::new());
    let message = "The guardrail identifier or version provided in the request does not exist.";
    let apply = json!({ "source": "INPUT", "content": [{ "text": { "text": "a" } }] });
    for answer in [
        bench.converse(question("Hello")).await,
        bench.invoke(NOVA, question("Hello")).await,
        bench
            .post("/guardrail/g1/version/1/apply", &[], apply)
            .await,
    ] {
        assert_eq!(
            (answer.status, &answer.body["message"]),
            (400, &json!(message))
        );
    }
    assert_eq!(bench.calls(), 0);
}

#[tokio::test]
async fn what_an_account_enforces_needs_no_request() {
    let enforced = Enforced {
        guardrail: ready("e1", &policy()),
        system: Selection::Comprehensive,
        messages: Selection::Comprehensive,
    };
    let bench = Bench::with(&["Hi."], Some(ready("g1", &policy())), vec![enforced]);
    let path = format!("/model/{NOVA}/converse");
    let blocked = bench.post(&path, &[], question("forbidden")).await.body;
    assert_eq!(blocked["stopReason"], "guardrail_intervened");
    assert!(blocked.get("trace").is_none());
    let mut system = question("Hello");
    system["system"] = json!([{ "text": "forbidden" }]);
    let both = bench.converse(system).await.body;
    assert_eq!(both["stopReason"], "guardrail_intervened");
    let input = &both["trace"]["guardrail"]["inputAssessment"];
    assert!(input["g1"].get("wordPolicy").is_none());
    assert_eq!(
        input["e1"]["wordPolicy"]["customWords"][0]["match"],
        "forbidden"
    );
    assert_eq!(
        input["e1"]["appliedGuardrailDetails"]["guardrailOrigin"],
        json!(["ACCOUNT_ENFORCED"])
    );
    assert_eq!(bench.calls(), 0);
    let invoked = bench
        .post(&format!("/model/{NOVA}/invoke"), &[], question("forbidden"))
        .await;
    assert_eq!(invoked.body["amazon-bedrock-guardrailAction"], "INTERVENED");
}

#[tokio::test]
async fn apply_guardrail_tells_what_it_did() {
    let bench = Bench::saying(&[]);
    let apply = async |source: &str, text: &str| {
        let body = json!({ "source": source, "content": [{ "text": { "text": text } }], "outputScope": "FULL" });
        bench
            .post("/guardrail/g1/version/1/apply", &[], body)
            .await
            .body
    };
    let blocked = apply("INPUT", "forbidden").await;
    assert_eq!(blocked["action"], "GUARDRAIL_INTERVENED");
    assert_eq!(blocked["actionReason"], "Guardrail blocked.");
    assert_eq!(blocked["outputs"], json!([{ "text": "No question." }]));
    assert_eq!(blocked["output"], blocked["outputs"]);
    assert_eq!(blocked["blockedResponse"], "No question.");
    let masked = apply("OUTPUT", "1234561666").await;
    assert_eq!(masked["outputs"], json!([{ "text": "{Account Number}" }]));
    let fine = apply("INPUT", "fine").await;
    assert_eq!(
        (&fine["action"], &fine["outputs"]),
        (&json!("NONE"), &json!([]))
    );
    let topic = &fine["assessments"][0]["topicPolicy"]["topics"][0];
    assert_eq!(topic["detected"], false);
    assert_eq!(fine["usage"]["topicPolicyUnits"], 1);
}

#[tokio::test]
async fn checks_need_no_guardrail() {
    let bench = Bench::with(&[], None, Vec::new());
    let body = json!({
        "messages": [{ "role": "user", "content": [{ "text": "Write to jane@example.com" }] }],
        "checks": { "sensitiveInformation": { "entities": [{ "type": "EMAIL" }] } },
    });
    let answer = bench.post("/guardrail-checks/invoke", &[], body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let entity = &answer.body["results"]["sensitiveInformation"]["results"][0];
    assert_eq!(entity["type"], "EMAIL", "{}", answer.body);
}
