use super::*;
use crate::policy::{Directions, ManagedWordList, Word};

fn words(list: &[&str], managed: bool) -> Words {
    let policy = Policy {
        words: list
            .iter()
            .map(|text| Word {
                text: (*text).to_owned(),
                ..Word::default()
            })
            .collect(),
        managed_word_lists: managed
            .then_some(ManagedWordList {
                kind: ManagedWordType::Profanity,
                directions: Directions::default(),
            })
            .into_iter()
            .collect(),
        ..Policy::default()
    };
    Words::compile(&policy, Direction::Input).unwrap()
}

fn found(words: &Words, text: &str) -> Vec<String> {
    let mut all = Vec::new();
    words.scan(text, &mut 0, true, |_, _, word| all.push(word.text));
    all
}

#[test]
fn words_match_whole_and_in_any_case() {
    let words = words(
        &["AcmeCorp", "big deal", "C++", "Straße", "東京", "ÎLE"],
        false,
    );
    let table: &[(&str, &[&str])] = &[
        ("I use ACMECORP daily", &["ACMECORP"]),
        ("acmecorp's tools", &["acmecorp"]),
        ("acmecorporation", &[]),
        ("myAcmeCorp", &[]),
        ("no big\n  deal.", &["big\n  deal"]),
        ("bigdeal", &[]),
        ("learn C++ now", &["C++"]),
        ("die STRAßE und", &["STRAßE"]),
        ("私は東京に住む", &["東京"]),
        ("une île", &["île"]),
        ("presqu'îles", &[]),
        ("", &[]),
    ];
    for (text, expected) in table {
        assert_eq!(found(&words, text), *expected, "{text}");
    }
}

#[test]
fn profanity_is_whole_words_too() {
    let words = words(&[], true);
    assert_eq!(
        found(&words, "What the FUCK is this shit?"),
        ["FUCK", "shit"]
    );
    assert!(found(&words, "The class in Scunthorpe passed the assessment.").is_empty());
}

#[test]
fn what_no_direction_has_is_not_compiled() {
    let off = Policy {
        words: vec![Word {
            text: "x".into(),
            directions: Directions {
                input_enabled: Some(false),
                ..Directions::default()
            },
        }],
        ..Policy::default()
    };
    assert!(Words::compile(&off, Direction::Input).is_none());
    assert!(Words::compile(&off, Direction::Output).is_some());
}
