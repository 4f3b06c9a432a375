//! Text for regular expressions.

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind};

use super::SchemaError;
use crate::canned::chance::Chance;

/// Longer text is not made.
pub(super) const MAX_LENGTH: usize = 1 << 16;
/// Bytes that a compiled pattern may take.
const MAX_COMPILED: usize = 1 << 20;
/// Characters that a choice prefers, in this order.
const PREFERRED: [(char, char); 3] = [('a', 'z'), ('0', '9'), ('A', 'Z')];

/// Compiles a pattern of a schema.
pub(super) fn compile(pattern: &str) -> Result<Regex, SchemaError> {
    RegexBuilder::new(pattern)
        .size_limit(MAX_COMPILED)
        .build()
        .map_err(|_| SchemaError::Pattern(pattern.to_owned()))
}

/// Text in which `pattern` is found, with about as many characters as asked, as long as the pattern lets it.
pub(super) struct Maker {
    hir: Hir,
}

impl Maker {
    pub(super) fn new(pattern: &str) -> Result<Self, SchemaError> {
        let hir =
            regex_syntax::parse(pattern).map_err(|_| SchemaError::Pattern(pattern.to_owned()))?;
        Ok(Self { hir })
    }

    /// Text in which everything that may be repeated is repeated `extra` times beyond the least, or as often as is
    /// allowed. `None` if it would be too long.
    pub(super) fn make(&self, extra: u32, chance: &mut Chance) -> Option<String> {
        let mut text = String::new();
        write(&self.hir, extra, chance, &mut text).then_some(text)
    }
}

/// Appends text for `hir`; false when it gets too long or nothing can match.
fn write(hir: &Hir, extra: u32, chance: &mut Chance, text: &mut String) -> bool {
    if text.len() > MAX_LENGTH {
        return false;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => {
            text.push_str(&String::from_utf8_lossy(&literal.0));
            true
        }
        HirKind::Class(Class::Unicode(class)) => choose(class, chance)
            .map(|character| text.push(character))
            .is_some(),
        HirKind::Class(Class::Bytes(class)) => class
            .to_unicode_class()
            .and_then(|class| choose(&class, chance))
            .map(|character| text.push(character))
            .is_some(),
        HirKind::Capture(capture) => write(&capture.sub, extra, chance, text),
        HirKind::Concat(parts) => parts.iter().all(|part| write(part, extra, chance, text)),
        HirKind::Alternation(choices) => chance
            .pick(choices)
            .is_some_and(|choice| write(choice, extra, chance, text)),
        HirKind::Repetition(repetition) => {
            let times = repetition
                .min
                .saturating_add(extra)
                .min(repetition.max.unwrap_or(u32::MAX));
            // What is empty stays empty, however often it is repeated.
            let empty = repetition.sub.properties().maximum_len() == Some(0);
            empty || (0..times).all(|_| write(&repetition.sub, extra, chance, text))
        }
    }
}

/// One character of a class: a letter or digit if it has some.
fn choose(class: &ClassUnicode, chance: &mut Chance) -> Option<char> {
    for (from, to) in PREFERRED {
        let shared: Vec<char> = (from..=to)
            .filter(|character| has(class, *character))
            .collect();
        if let Some(character) = chance.pick(&shared) {
            return Some(*character);
        }
    }
    let printable = (' '..='~').find(|character| has(class, *character));
    printable.or_else(|| {
        class
            .ranges()
            .first()
            .map(regex_syntax::hir::ClassUnicodeRange::start)
    })
}

fn has(class: &ClassUnicode, character: char) -> bool {
    class
        .ranges()
        .iter()
        .any(|range| (range.start()..=range.end()).contains(&character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_matches_its_pattern() {
        for pattern in [
            r"^[A-Z]{3}-\d{4}$",
            r"^(\+\d{1,3})?[ -]?\(?\d{3}\)?[ -]?\d{3}[ -]?\d{4}$",
            r"^#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})$",
            r"^\S+@\S+\.\w{2,}$",
            r"^(?:red|green|blue)(?:-light)?$",
            r"foo\/bar",
            r"^[^a-zA-Z0-9 ]+$",
            r"^[\u0400-\u04FF]+$",
            r"^\s*$",
            r"",
        ] {
            let maker = Maker::new(pattern).unwrap();
            let regex = compile(pattern).unwrap();
            for extra in 0..5 {
                let text = maker.make(extra, &mut Chance::new(1)).unwrap();
                assert!(regex.is_match(&text), "{pattern}: {text:?}");
            }
        }
    }

    #[test]
    fn length_follows_the_asked_repetition() {
        let maker = Maker::new("^a[b-d]*$").unwrap();
        assert_eq!(maker.make(0, &mut Chance::new(1)).unwrap().len(), 1);
        assert_eq!(maker.make(99, &mut Chance::new(1)).unwrap().len(), 100);
    }

    #[test]
    fn what_cannot_be_made_is_refused() {
        for pattern in ["(?=a)b", "(", r"(a)\1"] {
            assert!(
                Maker::new(pattern).is_err() && compile(pattern).is_err(),
                "{pattern}"
            );
        }
        // Nested repetition ends at the limit.
        let maker = Maker::new("((a{0,999}){0,999}){0,999}").unwrap();
        assert!(maker.make(999, &mut Chance::new(1)).is_none());
        assert!(compile("((a{0,999}){0,999}){0,999}").is_err());
    }
}
