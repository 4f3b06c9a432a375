//! What holds for every text.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::float_cmp,
    reason = "helpers of tests"
)]

use std::sync::OnceLock;

use outcrop_guardrails::policy::{
    Action, ContentFilter, Directions, EntityType, FilterType, PiiEntity, Policy, RegexEntity,
    Strength, Topic, Word,
};
use outcrop_guardrails::{
    Content, Direction, Guardrail, Intervention, Outcome, Request, StreamGuard, StreamOptions,
};
use proptest::prelude::*;

/// Compiled once: compiling takes longer than a case.
fn guardrail(action: Action) -> Guardrail {
    static COMPILED: OnceLock<[Guardrail; 2]> = OnceLock::new();
    let compiled = COMPILED.get_or_init(|| {
        [Action::Anonymize, Action::None].map(|action| Guardrail::compile(&policy(action)).unwrap())
    });
    compiled[usize::from(action == Action::None)].clone()
}

fn policy(action: Action) -> Policy {
    let entities = EntityType::ALL.into_iter();
    let regex = |name: &str, pattern: &str| RegexEntity {
        name: name.into(),
        pattern: pattern.into(),
        action,
        ..RegexEntity::default()
    };
    Policy {
        pii_entities: entities
            .map(|kind| PiiEntity {
                kind,
                action,
                directions: Directions::default(),
            })
            .collect(),
        regexes: vec![
            regex("Ticket", r"T-\d+"),
            regex("Pair", r"\d{3} \d{3}"),
            regex("Quoted", r#"(?s)".*?""#),
        ],
        ..Policy::default()
    }
}

/// A guardrail that blocks as well.
fn strict() -> Policy {
    Policy {
        words: vec![Word {
            text: "top secret".into(),
            ..Word::default()
        }],
        topics: vec![Topic {
            name: "Weather".into(),
            definition: "The weather and its forecast.".into(),
            ..Topic::default()
        }],
        content_filters: vec![ContentFilter::new(FilterType::Violence, Strength::Medium)],
        ..policy(Action::Anonymize)
    }
}

/// Text of pieces that policies care about, in several scripts.
fn text(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => proptest::sample::select(pieces).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

const HARMLESS: &[&str] = &[
    "a@b.io",
    "T-17",
    "123 456 789",
    "+1 206 555 0100",
    "4111 1111 1111 1111",
    "My name is ",
    "Jane Doe",
    " ",
    ". ",
    "\n\n",
    "日本語。",
    "été ",
    "🙂",
    "words and words ",
    "\"",
    "Tokyo",
    "SSN 536-90-4399",
    "https://x.io/a",
    "100 Main Street",
    ", ",
    "Mr. ",
    "password: x1y2z3",
];

const HARMFUL: &[&str] = &[
    "a@b.io",
    "T-17",
    " ",
    ". ",
    "The top  secret plan",
    "weather",
    "I will kill you",
    "日本語。",
    "plain words here ",
    "\n",
    "top",
    " secret",
    "Tokyo ",
    "🙂",
];

fn whole(guardrail: &Guardrail, text: &str) -> Outcome {
    let content = [Content::text(text)];
    guardrail.assess(&Request::new(Direction::Output, &content))
}

/// The text that a stream releases, cut at every one of `cuts`.
fn streamed(guardrail: &Guardrail, text: &str, cuts: &[usize]) -> (String, Outcome) {
    let mut stream = StreamGuard::new(guardrail, StreamOptions::default());
    let (mut released, mut delta) = (String::new(), String::new());
    let mut cuts = cuts.iter().cycle();
    let mut left = *cuts.next().unwrap_or(&1);
    for character in text.chars() {
        delta.push(character);
        left -= 1;
        if left == 0 {
            released += &stream.push(&delta).text;
            delta.clear();
            left = *cuts.next().unwrap_or(&1);
        }
    }
    released += &stream.push(&delta).text;
    let (rest, outcome) = stream.finish();
    (released + &rest.text, outcome)
}

fn matches(outcome: &Outcome) -> Vec<String> {
    let Some(policy) = &outcome.assessment.sensitive_information_policy else {
        return Vec::new();
    };
    let entities = policy
        .pii_entities
        .iter()
        .flatten()
        .map(|entity| entity.r#match.clone());
    let regexes = policy
        .regexes
        .iter()
        .flatten()
        .map(|regex| regex.r#match.clone());
    entities.chain(regexes).flatten().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_stream_is_the_whole_however_it_is_cut(
        text in text(HARMLESS),
        cuts in proptest::collection::vec(1_usize..40, 1..6),
    ) {
        let guardrail = guardrail(Action::Anonymize);
        let whole = whole(&guardrail, &text);
        let (released, outcome) = streamed(&guardrail, &text, &cuts);
        prop_assert_eq!(&whole.texts, &[released]);
        prop_assert_eq!(whole.assessment, outcome.assessment);
    }

    #[test]
    fn a_blocked_stream_stops_at_the_same_place(
        text in text(HARMFUL),
        cuts in proptest::collection::vec(1_usize..40, 1..6),
    ) {
        let guardrail = Guardrail::compile(&strict()).unwrap();
        let whole = whole(&guardrail, &text);
        let (released, outcome) = streamed(&guardrail, &text, &cuts);
        let (all, _) = streamed(&guardrail, &text, &[usize::MAX]);
        prop_assert_eq!(&released, &all);
        prop_assert_eq!(whole.intervention, outcome.intervention);
        prop_assert!(whole.texts[0].starts_with(&released));
        if whole.intervention != Intervention::Blocked {
            prop_assert_eq!(&whole.texts[0], &released);
        }
    }

    /// A text is changed if something is found in it, and only then. That nothing of it is left is tested where it
    /// is masked.
    #[test]
    fn what_is_found_is_masked(text in text(HARMLESS)) {
        let guardrail = guardrail(Action::Anonymize);
        let outcome = whole(&guardrail, &text);
        let masked = &outcome.texts[0];
        let found = matches(&outcome);
        if found.is_empty() {
            prop_assert_eq!(masked, &text);
        } else {
            prop_assert_ne!(masked, &text);
        }
    }

    /// A match is the text that stands there, in any script.
    #[test]
    fn matches_are_pieces_of_the_text(text in text(HARMLESS)) {
        let guardrail = guardrail(Action::None);
        let outcome = whole(&guardrail, &text);
        prop_assert_eq!(&outcome.texts[0], &text);
        prop_assert_eq!(outcome.intervention, Intervention::None);
        for found in matches(&outcome) {
            prop_assert!(text.contains(&found));
        }
        let coverage = outcome.coverage.text_characters.unwrap();
        prop_assert_eq!(coverage.total, i32::try_from(text.chars().count()).ok());
    }
}
