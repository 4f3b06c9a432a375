use super::*;
use crate::policy::Action;
use crate::policy::{EntityType, PiiEntity, Policy, RegexEntity, Topic, Word};
use crate::{Content, Intervention, Request};

fn policy() -> Policy {
    Policy {
        pii_entities: vec![PiiEntity {
            kind: EntityType::Email,
            action: Action::Anonymize,
            directions: crate::policy::Directions::default(),
        }],
        regexes: vec![RegexEntity {
            name: "Ticket".into(),
            pattern: r"T-\d+".into(),
            action: Action::Anonymize,
            ..RegexEntity::default()
        }],
        words: vec![Word {
            text: "top secret".into(),
            ..Word::default()
        }],
        topics: vec![Topic {
            name: "Weather".into(),
            definition: "The weather and its forecast.".into(),
            ..Topic::default()
        }],
        blocked_outputs_messaging: "No.".into(),
        ..Policy::default()
    }
}

fn by_characters(options: StreamOptions, text: &str) -> (Vec<String>, Outcome) {
    let guardrail = Guardrail::compile(&policy()).unwrap();
    let mut stream = StreamGuard::new(&guardrail, options);
    let mut released = Vec::new();
    for character in text.chars() {
        let release = stream.push(&character.to_string());
        released.push(release.text);
        if release.blocked {
            break;
        }
    }
    let (rest, outcome) = stream.finish();
    released.push(rest.text);
    (released, outcome)
}

#[test]
fn text_is_released_by_segments_and_masked() {
    let text = "Write to a@b.io. Your ticket is T-17. Bye! And so on it goes for a while.";
    let (released, outcome) = by_characters(StreamOptions::default(), text);
    assert_eq!(
        released.concat(),
        "Write to {EMAIL}. Your ticket is {Ticket}. Bye! And so on it goes for a while."
    );
    assert!(released.iter().filter(|text| !text.is_empty()).count() > 1);
    assert_eq!(outcome.intervention, Intervention::Masked);
}

#[test]
fn nothing_of_a_segment_that_blocks_gets_out() {
    let text = "Hello there, my friend. This is top  SECRET stuff. More follows here, a lot of it.";
    let (released, outcome) = by_characters(StreamOptions::default(), text);
    assert_eq!(released.concat(), "Hello there, my friend. ");
    assert_eq!(outcome.intervention, Intervention::Blocked);
    assert_eq!(outcome.message, "No.");
}

#[test]
fn asynchronous_streams_are_cut_off_and_not_masked() {
    let options = StreamOptions {
        mode: StreamMode::Async,
        ..StreamOptions::default()
    };
    let text = "Mail a@b.io. How is the weather today? More and more text follows here, and it goes on for a while, until somebody stops it.";
    let (released, outcome) = by_characters(options, text);
    let released = released.concat();
    assert!(text.starts_with(&released) && released.len() < text.len());
    assert!(released.starts_with("Mail a@b.io."));
    assert_eq!(outcome.intervention, Intervention::Blocked);
}

#[test]
fn what_is_held_is_bounded() {
    let guardrail = Guardrail::compile(&policy()).unwrap();
    let mut stream = StreamGuard::new(&guardrail, StreamOptions::default());
    let (mut pushed, mut released) = (0, 0);
    for _ in 0..2000 {
        let delta = "some words without any stop ";
        pushed += delta.len();
        released += stream.push(delta).text.len();
        assert!(pushed - released <= 600 + 2048 + 64, "{pushed} {released}");
    }
    assert!(stream.scan.text().0.len() <= 600 + 2048 + 256);
}

#[test]
fn forced_findings_act_in_streams_and_at_once() {
    let forced: Forced = serde_json::from_str(
        r#"{"only": true, "findings": [
            {"policy": "pii", "entity": "NAME", "text": "Zorg", "action": "ANONYMIZE"}]}"#,
    )
    .unwrap();
    let options = StreamOptions {
        forced: Some(forced.clone()),
        ..StreamOptions::default()
    };
    let (released, _) = by_characters(options, "Zorg writes to a@b.io.");
    assert_eq!(released.concat(), "{NAME} writes to a@b.io.");
    let guardrail = Guardrail::compile(&policy()).unwrap();
    let content = [Content::text("Zorg writes to a@b.io.")];
    let mut request = Request::new(Direction::Output, &content);
    request.forced = Some(&forced);
    assert_eq!(
        guardrail.assess(&request).texts,
        ["{NAME} writes to a@b.io."]
    );
    let topic: Forced = serde_json::from_str(
        r#"{"findings": [{"policy": "topic", "name": "Weather"},
            {"policy": "filter", "category": "HATE", "confidence": "HIGH"}]}"#,
    )
    .unwrap();
    request.forced = Some(&topic);
    let outcome = guardrail.assess(&request);
    assert_eq!(outcome.intervention, Intervention::Blocked);
    assert_eq!(
        outcome
            .assessment
            .topic_policy
            .unwrap()
            .topics
            .unwrap()
            .len(),
        1
    );
    assert!(outcome.assessment.content_policy.is_some());
}
