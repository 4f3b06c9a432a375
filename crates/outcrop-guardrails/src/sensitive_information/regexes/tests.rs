use super::*;
use crate::text::slice;

fn rule(pattern: &str) -> Result<RegexRule, PolicyError> {
    let policy = Policy {
        regexes: vec![RegexEntity {
            name: "r".into(),
            pattern: pattern.into(),
            ..RegexEntity::default()
        }],
        ..Policy::default()
    };
    compile(&policy, Direction::Input).map(|mut rules| rules.remove(0))
}

fn found<'a>(pattern: &str, text: &'a str) -> Vec<&'a str> {
    let mut all = Vec::new();
    let rule = rule(pattern).unwrap();
    rule.search.scan(text, &mut 0, true, |start, end| {
        all.push(slice(text, start, end));
    });
    all
}

#[test]
fn patterns_match_as_they_are_written() {
    let table: &[(&str, &str, &[&str])] = &[
        (
            r"\b\d{6}\d{4}\b",
            "the string 1234561666 here",
            &["1234561666"],
        ),
        (r"^ID-\d+$", "ID-12345", &["ID-12345"]),
        (r"^ID-\d+$", "no ID-12345", &[]),
        (r"(?s)BEGIN.*?END", "a BEGIN\nx\nEND b", &["BEGIN\nx\nEND"]),
        (r"x*", "axxb", &["xx"]),
        (r"[a-z]+@x", "é ab@x cd@x", &["ab@x", "cd@x"]),
        (r"日本", "東京は日本", &["日本"]),
    ];
    for (pattern, text, expected) in table {
        assert_eq!(found(pattern, text), *expected, "{pattern}");
    }
}

#[test]
fn what_cannot_be_linear_is_refused_by_name() {
    let kind = |pattern: &str| rule(pattern).unwrap_err();
    let name = || "r".to_owned();
    assert_eq!(kind("(?=x)y"), PolicyError::LookAround { name: name() });
    assert_eq!(kind("(?<!x)y"), PolicyError::LookAround { name: name() });
    assert_eq!(kind(r"(a)\1"), PolicyError::BackReference { name: name() });
    assert!(matches!(kind("(a"), PolicyError::Syntax { .. }));
    assert!(matches!(kind("[z-a]"), PolicyError::Syntax { .. }));
    for huge in [
        "a{1000}{1000}{1000}".to_owned(),
        r"(\w{200}){200}".to_owned(),
        "(".repeat(200) + &")".repeat(200),
        "x".repeat(501),
    ] {
        assert_eq!(
            kind(&huge),
            PolicyError::TooLarge { name: name() },
            "{huge}"
        );
    }
}

/// What stalls a backtracking engine for longer than anybody waits is answered here.
#[test]
fn adversarial_patterns_end() {
    let text = "a".repeat(60_000) + "!";
    for pattern in [
        "(a+)+$",
        "(a|aa)+$",
        "(a*)*b",
        "(.*a){12}x",
        "(?:a?){60}a{60}x",
        r"(\w+\s?)+;$",
        r"([a-z]+)*\d",
    ] {
        let found = found(pattern, &text);
        assert!(found.is_empty(), "{pattern}: {}", found.len());
    }
}

#[test]
fn a_match_is_the_same_wherever_the_text_is_cut() {
    for pattern in [
        r"\d{3}-\d{4}",
        r"[A-Z]+-\d+",
        r"a.*?z",
        r"\bfoo\b",
        r"\S+@\S+",
    ] {
        let text = "x 123-4567 AB-99 a--z foo barfoo me@here 555-1234 ".repeat(80);
        let whole = found(pattern, &text);
        let rule = rule(pattern).unwrap();
        for step in [1, 7, 64, 1000] {
            let (mut cursor, mut pieces) = (0, Vec::new());
            for end in (step..text.len()).step_by(step) {
                rule.search
                    .scan(slice(&text, 0, end), &mut cursor, false, |from, to| {
                        pieces.push(slice(&text, from, to));
                    });
            }
            rule.search.scan(&text, &mut cursor, true, |from, to| {
                pieces.push(slice(&text, from, to));
            });
            assert_eq!(pieces, whole, "{pattern} by {step}");
        }
    }
}
