//! Assessments that scenarios force.

use std::sync::Arc;

use outcrop_guardrails::{
    Direction, Forced, ForcedFinding, StreamMode,
    policy::{Confidence, EntityType, FilterType},
};
use serde_json::json;

use super::streams::stream;
use crate::{
    Overrides, Scenario,
    guardrail::testing::{Bench, question},
};

fn bench(pieces: &[&str], scenarios: Vec<Scenario>) -> Bench {
    let bench = Bench::saying(pieces);
    bench.runtime.overrides.store(Arc::new(Overrides {
        scenarios,
        ..Overrides::default()
    }));
    bench
}

fn hate(only: bool) -> Forced {
    Forced {
        only,
        findings: vec![ForcedFinding::Filter {
            category: FilterType::Hate,
            confidence: Confidence::High,
            action: None,
        }],
    }
}

fn when(contains: &str, direction: Option<Direction>, forced: Forced) -> Scenario {
    Scenario {
        guardrail: Some("the g1".to_owned()),
        direction,
        contains: Some(contains.to_owned()),
        forced,
    }
}

#[tokio::test]
async fn a_scenario_acts_where_it_fits() {
    let bench = bench(
        &["Hello."],
        vec![
            when("case 7", Some(Direction::Input), hate(false)),
            when("case 8", Some(Direction::Output), hate(false)),
            Scenario {
                guardrail: Some("another".to_owned()),
                ..when("case 9", None, hate(false))
            },
        ],
    );
    let trace = async |text: &str| {
        let body = bench.converse(question(text)).await.body;
        body["trace"]["guardrail"]["actionReason"].clone()
    };
    assert_eq!(trace("This is case 7.").await, "Guardrail blocked.");
    assert_eq!(
        trace("This is case 8.").await,
        "No action.\nGuardrail blocked."
    );
    assert_eq!(trace("This is case 9.").await, "No action.");
    assert_eq!(trace("Good morning.").await, "No action.");
}

#[tokio::test]
async fn what_is_forced_alone_keeps_the_rules_out() {
    let bench = bench(
        &["Hello."],
        vec![when(
            "weather",
            None,
            Forced {
                only: true,
                findings: Vec::new(),
            },
        )],
    );
    let body = bench.converse(question("How is the weather?")).await.body;
    assert_eq!(body["stopReason"], "end_turn");
}

#[tokio::test]
async fn a_stream_is_forced_by_its_request() {
    let masks = Forced {
        only: false,
        findings: vec![ForcedFinding::Pii {
            entity: EntityType::Name,
            text: "Quux".to_owned(),
            action: Some(outcrop_guardrails::policy::Action::Anonymize),
        }],
    };
    let bench = bench(
        &["I am Qu", "ux, hello."],
        vec![when("who", Some(Direction::Output), masks)],
    );
    let (texts, _, reason) = stream(&bench, StreamMode::Sync, "So who is it?").await;
    assert_eq!(texts.concat(), "I am {NAME}, hello.");
    assert_eq!(reason, "No action.\nGuardrail masked.");
    let (texts, _, _) = stream(&bench, StreamMode::Sync, "Hello.").await;
    assert_eq!(texts.concat(), "I am Quux, hello.");
}

#[tokio::test]
async fn apply_guardrail_is_forced_by_its_content() {
    let bench = bench(&[], vec![when("case 7", None, hate(false))]);
    let apply = async |text: &str| {
        let body = json!({ "source": "OUTPUT", "content": [{ "text": { "text": text } }] });
        let path = "/guardrail/g1/version/1/apply";
        bench.post(path, &[], body).await.body["action"].clone()
    };
    assert_eq!(apply("Here is case 7.").await, "GUARDRAIL_INTERVENED");
    assert_eq!(apply("Here is nothing.").await, "NONE");
}
