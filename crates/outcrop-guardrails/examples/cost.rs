//! Prints what a KB of text costs, for each policy and for all of them: `cargo run --release -p outcrop-guardrails
//! --example cost`.

#![expect(clippy::print_stdout, reason = "it prints what it measures")]
#![expect(clippy::cast_precision_loss, reason = "kilobytes are few")]

use std::time::Instant;

use outcrop_guardrails::policy::{
    Action, ContentFilter, Directions, EntityType, FilterType, GroundingFilter, GroundingType,
    ManagedWordList, ManagedWordType, PiiEntity, Policy, RegexEntity, Strength, Topic, Word,
};
use outcrop_guardrails::{
    Content, Direction, Guardrail, PolicyError, Qualifier, Request, StreamGuard, StreamOptions,
};

const TEXT: &str = "The quarterly report was sent to jane@example.com last week, and she answered within a day. \
Revenue grew by 12 percent, while the costs of the new office in the old harbour stayed below what had been planned. \
Nobody expected the second team to finish first; the schedule had been tight from the very start. ";
const ROUNDS: usize = 20;

fn main() -> Result<(), PolicyError> {
    let text = TEXT.repeat(64);
    println!("{} KB of text, microseconds for each KB", text.len() / 1024);
    for (name, policy) in policies() {
        let guardrail = Guardrail::compile(&policy)?;
        println!("{name:<24} {:>8.1}", whole(&guardrail, &text));
    }
    let guardrail = Guardrail::compile(&all())?;
    println!(
        "{:<24} {:>8.1}",
        "all, as a stream",
        streamed(&guardrail, &text)
    );
    Ok(())
}

fn whole(guardrail: &Guardrail, text: &str) -> f64 {
    let content = [
        Content::qualified(TEXT, &[Qualifier::GroundingSource]),
        Content::qualified("How did revenue grow?", &[Qualifier::Query]),
        Content::text(text),
    ];
    measure(text, || {
        std::hint::black_box(guardrail.assess(&Request::new(Direction::Output, &content)));
    })
}

fn streamed(guardrail: &Guardrail, text: &str) -> f64 {
    measure(text, || {
        let mut stream = StreamGuard::new(guardrail, StreamOptions::default());
        for delta in text.split_inclusive(' ') {
            std::hint::black_box(stream.push(delta));
        }
        std::hint::black_box(stream.finish());
    })
}

/// The microseconds that `run` takes for each KB of `text`, at best.
fn measure(text: &str, mut run: impl FnMut()) -> f64 {
    let rounds = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64()
    });
    let best = rounds.fold(f64::MAX, f64::min);
    best * 1e6 / (text.len() as f64 / 1024.0)
}

fn policies() -> Vec<(&'static str, Policy)> {
    let all = all();
    let none = Policy::default;
    vec![
        ("nothing", none()),
        (
            "words",
            Policy {
                words: all.words.clone(),
                managed_word_lists: all.managed_word_lists.clone(),
                ..none()
            },
        ),
        (
            "sensitive information",
            Policy {
                pii_entities: all.pii_entities.clone(),
                ..none()
            },
        ),
        (
            "regexes",
            Policy {
                regexes: all.regexes.clone(),
                ..none()
            },
        ),
        (
            "topics",
            Policy {
                topics: all.topics.clone(),
                ..none()
            },
        ),
        (
            "content filters",
            Policy {
                content_filters: all.content_filters.clone(),
                ..none()
            },
        ),
        (
            "contextual grounding",
            Policy {
                contextual_grounding: all.contextual_grounding.clone(),
                ..none()
            },
        ),
        ("all", all),
    ]
}

fn all() -> Policy {
    let grounding = |kind| GroundingFilter {
        kind,
        threshold: 0.5,
        action: Action::None,
        enabled: true,
    };
    Policy {
        words: (0..1000)
            .map(|number| Word {
                text: format!("word{number}"),
                ..Word::default()
            })
            .collect(),
        managed_word_lists: vec![ManagedWordList {
            kind: ManagedWordType::Profanity,
            directions: Directions::default(),
        }],
        pii_entities: EntityType::ALL
            .map(|kind| PiiEntity {
                kind,
                action: Action::Anonymize,
                directions: Directions::default(),
            })
            .into(),
        regexes: (0..10)
            .map(|number| RegexEntity {
                name: format!("regex {number}"),
                pattern: format!(r"\b[A-Z]{{2}}{number}-\d{{6}}\b"),
                action: Action::Anonymize,
                ..RegexEntity::default()
            })
            .collect(),
        topics: (0..10)
            .map(|number| Topic {
                name: format!("Topic {number}"),
                definition: "Advice about investments, stocks and the returns to expect of them."
                    .into(),
                examples: vec!["Which stocks will rise?".into()],
                directions: Directions::default(),
            })
            .collect(),
        content_filters: FilterType::ALL
            .map(|kind| ContentFilter::new(kind, Strength::Medium))
            .into(),
        contextual_grounding: vec![
            grounding(GroundingType::Grounding),
            grounding(GroundingType::Relevance),
        ],
        ..Policy::default()
    }
}
