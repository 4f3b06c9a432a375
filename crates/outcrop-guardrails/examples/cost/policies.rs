//! The policies that are measured.

use outcrop_guardrails::policy::{
    Action, ContentFilter, Directions, EntityType, FilterType, GroundingFilter, GroundingType,
    ManagedWordList, ManagedWordType, PiiEntity, Policy, RegexEntity, Strength, Topic, Word,
};

/// Each kind of policy alone, and all of them.
pub(crate) fn policies() -> Vec<(&'static str, Policy)> {
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

/// Every policy.
pub(crate) fn all() -> Policy {
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

/// Patterns that make backtracking engines stall, and a text that does.
pub(crate) fn adversarial() -> Vec<(&'static str, Policy, String)> {
    let deep = "a".repeat(16 << 10);
    let spaced = format!("{}!", "a ".repeat(8 << 10));
    [
        (r"(a+)+$", &deep),
        (r"(a|a)*b", &deep),
        (r"(a*)*b", &deep),
        (r"(?:a?){25}a{25}", &deep),
        (r"(.*)(.*)(.*)[^a]", &deep),
        (r"^(([a-z])+.)+[A-Z]([a-z])+$", &deep),
        (r"(\w+\s?)*!x", &spaced),
    ]
    .map(|(pattern, text)| {
        let policy = Policy {
            regexes: vec![RegexEntity {
                name: "regex".into(),
                pattern: pattern.into(),
                action: Action::Anonymize,
                ..RegexEntity::default()
            }],
            ..Policy::default()
        };
        (pattern, policy, text.clone())
    })
    .into()
}
