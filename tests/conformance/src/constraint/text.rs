//! Strings that satisfy a pattern and a length, and strings that do not.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use regex::{Regex, RegexBuilder};
use regex_syntax::{
    ParserBuilder,
    hir::{Class, Hir, HirKind},
};

use super::table::Rules;

/// How often optional parts are repeated in search of a length.
const GROWTH: usize = 70;

/// A string that satisfies the rules, or nothing where none was found.
pub(super) fn valid(rules: &Rules) -> Option<String> {
    let Some(pattern) = &rules.pattern else {
        return Some("a".repeat(rules.least().max(1)));
    };
    let hir = ParserBuilder::new().build().parse(pattern).ok()?;
    let candidates = (0..8).flat_map(|choice| (0..GROWTH).map(move |growth| (choice, growth)));
    let mut candidates = candidates.map(|(choice, growth)| {
        let mut text = String::new();
        write(&hir, choice, growth, &mut text);
        text
    });
    // An empty string is no good in a path, and few patterns want it.
    candidates.find(|text| !text.is_empty() && rules.allows(length(text)) && matches(pattern, text))
}

/// A string of an allowed length that the pattern does not match.
pub(super) fn mismatch(rules: &Rules) -> Option<String> {
    const FLAWS: [&str; 8] = ["!", " ", "~", "\u{e9}", "\n", "\u{1f600}", "\u{0}", "-"];
    let pattern = rules.pattern.as_deref()?;
    let base = valid(rules)?;
    let candidates = FLAWS.iter().flat_map(|flaw| {
        let kept: String = base.chars().skip(1).collect();
        [format!("{kept}{flaw}"), flaw.repeat(rules.least().max(1))]
    });
    let mut candidates = candidates.filter(|text| rules.allows(length(text)));
    candidates.find(|text| !matches(pattern, text))
}

/// A string that is one character longer than allowed.
pub(super) fn too_long(rules: &Rules) -> Option<String> {
    let most = rules.most()?;
    let mut text = valid(rules)?;
    text.extend(std::iter::repeat_n(
        'a',
        (most + 1).saturating_sub(length(&text)),
    ));
    Some(text)
}

/// A string that is one character shorter than allowed.
pub(super) fn too_short(rules: &Rules) -> Option<String> {
    let least = rules.least().checked_sub(1)?;
    Some(valid(rules)?.chars().take(least).collect())
}

/// Strings are as long as they have Unicode scalar values.
pub(super) fn length(text: &str) -> usize {
    text.chars().count()
}

/// Writes a text of the expression: `choice` picks among alternatives, `growth` adds repetitions.
fn write(hir: &Hir, choice: usize, growth: usize, text: &mut String) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.push(member(class)),
        HirKind::Repetition(repetition) => {
            let least = usize::try_from(repetition.min).unwrap_or(usize::MAX);
            let most = repetition.max.and_then(|max| usize::try_from(max).ok());
            let times = most.unwrap_or(usize::MAX).min(least + growth);
            for _ in 0..times {
                write(&repetition.sub, choice, growth, text);
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, choice, growth, text),
        HirKind::Concat(parts) => parts
            .iter()
            .for_each(|part| write(part, choice, growth, text)),
        HirKind::Alternation(alternatives) => write(
            &alternatives[choice % alternatives.len()],
            choice,
            growth,
            text,
        ),
    }
}

/// A plain character of a class where it has one.
fn member(class: &Class) -> char {
    const PLAIN: [char; 6] = ['a', '1', 'A', '-', '_', 'x'];
    let ranges: Vec<_> = match class {
        Class::Unicode(class) => class
            .ranges()
            .iter()
            .map(|range| (range.start(), range.end()))
            .collect(),
        Class::Bytes(class) => class
            .ranges()
            .iter()
            .map(|range| (char::from(range.start()), char::from(range.end())))
            .collect(),
    };
    let within = |wanted: &char| {
        ranges
            .iter()
            .any(|(start, end)| (start..=end).contains(&wanted))
    };
    let first = ranges.first().map_or('a', |(start, _)| *start);
    PLAIN.into_iter().find(within).unwrap_or(first)
}

/// Whether the whole text matches. Expressions are compiled once: some take long.
fn matches(pattern: &str, text: &str) -> bool {
    static COMPILED: Mutex<Option<HashMap<String, Option<Regex>>>> = Mutex::new(None);
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let compiled = compiled.get_or_insert_default();
    if !compiled.contains_key(pattern) {
        let regex = RegexBuilder::new(&format!("^(?:{pattern})$"))
            .size_limit(64 << 20)
            .build();
        compiled.insert(pattern.to_owned(), regex.ok());
    }
    compiled[pattern]
        .as_ref()
        .is_some_and(|regex| regex.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(pattern: &str, least: usize, most: usize) -> Rules {
        Rules {
            length: Some((Some(least), Some(most))),
            pattern: (!pattern.is_empty()).then(|| pattern.to_owned()),
            range: None,
        }
    }

    #[test]
    fn valid_strings_satisfy_pattern_and_length() {
        for (pattern, least, most) in [
            ("[a-zA-Z0-9_-]+", 5, 64),
            ("arn:aws(-[^:]+)?:iam::([0-9]{12})?:role/.+", 20, 2048),
            ("(([1-9][0-9]{0,7})|(DRAFT))", 5, 5),
            ("([0-9a-zA-Z][_-]?){1,63}", 30, 63),
            ("s3://[a-z0-9][-.a-z0-9]{1,61}[a-z0-9]/", 1, 1024),
            ("", 3, 3),
        ] {
            let rules = rules(pattern, least, most);
            let text = valid(&rules).expect(pattern);
            assert!(rules.allows(length(&text)), "{pattern}: {text}");
        }
    }

    #[test]
    fn flawed_strings_have_one_flaw() {
        let rules = rules("[a-z]+", 2, 4);
        let text = mismatch(&rules).expect("a flaw");
        assert!(
            rules.allows(length(&text)) && !matches("[a-z]+", &text),
            "{text}"
        );
        assert_eq!(too_long(&rules).as_deref(), Some("aaaaa"));
        assert_eq!(too_short(&rules).as_deref(), Some("a"));
        assert_eq!(mismatch(&self::rules(r"[\s\S]*", 0, 4)), None);
    }
}
