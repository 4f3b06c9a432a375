//! The bullets and numbers of lists.

use std::collections::{HashMap, HashSet};

use super::styles::ListLevel;
use crate::{
    Unreadable,
    package::{Event, Xml},
};

/// Levels that a list has.
const LEVELS: usize = 9;

/// Characters of the longest pattern of a number.
const LONGEST_PATTERN: usize = 64;

#[derive(Debug, Clone, Default)]
struct Level {
    start: Option<u32>,
    format: String,
    /// `%1` stands for the number of the first level.
    pattern: String,
}

/// The lists of a document, and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<String, [Level; LEVELS]>,
    lists: HashMap<String, List>,
    /// Lists of one definition go on with each other's numbers.
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    begun: HashSet<String>,
}

#[derive(Debug, Default)]
struct List {
    definition: String,
    starts: [Option<u32>; LEVELS],
}

impl Numbering {
    pub(super) fn read(mut xml: Xml<'_>) -> Result<Self, Unreadable> {
        let mut own = Self::default();
        let (mut definition, mut list, mut level) = (String::new(), String::new(), 0);
        while let Some(event) = xml.next()? {
            let Event::Start(element) = event else {
                continue;
            };
            let value = || element.attribute("val").unwrap_or_default();
            let index = || {
                let level = element.number("ilvl").unwrap_or(0);
                usize::try_from(level).unwrap_or(LEVELS)
            };
            match element.name() {
                b"abstractNum" => {
                    definition = element.attribute("abstractNumId").unwrap_or_default();
                    // A list may have levels of its own, which are rare; the definition's stay.
                    list.clear();
                    own.definitions.entry(definition.clone()).or_default();
                }
                b"num" => {
                    list = element.attribute("numId").unwrap_or_default();
                    own.lists.entry(list.clone()).or_default();
                }
                b"abstractNumId" => {
                    if let Some(list) = own.lists.get_mut(&list) {
                        list.definition = value();
                    }
                }
                b"lvl" | b"lvlOverride" => level = index(),
                b"startOverride" => {
                    let lists = own.lists.get_mut(&list);
                    if let Some(start) = lists.and_then(|list| list.starts.get_mut(level)) {
                        *start = element.number("val");
                    }
                }
                name if list.is_empty() => {
                    let levels = own.definitions.get_mut(&definition);
                    if let Some(level) = levels.and_then(|levels| levels.get_mut(level)) {
                        match name {
                            b"start" => level.start = element.number("val"),
                            b"numFmt" => level.format = value(),
                            b"lvlText" => {
                                level.pattern = value().chars().take(LONGEST_PATTERN).collect();
                            }
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(own)
    }

    /// What stands before the next paragraph of a list.
    pub(super) fn next(&mut self, place: &ListLevel) -> Option<String> {
        let list = self.lists.get(&place.list)?;
        let levels = self.definitions.get(&list.definition)?;
        let at = usize::try_from(place.level).ok()?;
        let level = levels.get(at)?;
        let counts = self.counts.entry(list.definition.clone()).or_default();
        if self.begun.insert(place.list.clone()) {
            for (count, start) in counts.iter_mut().zip(list.starts) {
                // The number before the first.
                *count = start.map_or(*count, |start| start.checked_sub(1));
            }
        }
        let start = |at: usize| {
            let own = levels.get(at).and_then(|level| level.start);
            list.starts.get(at).copied().flatten().or(own).unwrap_or(1)
        };
        let before = counts.get(at).copied().flatten();
        for (index, count) in counts.iter_mut().enumerate() {
            match index.cmp(&at) {
                std::cmp::Ordering::Less => *count = count.or(Some(start(index))),
                std::cmp::Ordering::Equal => {
                    *count = Some(before.map_or(start(at), |count| count.saturating_add(1)));
                }
                std::cmp::Ordering::Greater => *count = None,
            }
        }
        let sign = match level.format.as_str() {
            "none" => return None,
            // Its character is one of a font of symbols as a rule.
            "bullet" => "-".to_owned(),
            _ => label(level, levels, counts),
        };
        let indent = "  ".repeat(at);
        Some(format!("{indent}{sign} "))
    }
}

/// The pattern with its numbers.
fn label(level: &Level, levels: &[Level; LEVELS], counts: &[Option<u32>; LEVELS]) -> String {
    let mut label = String::new();
    let mut rest = level.pattern.chars().peekable();
    while let Some(char) = rest.next() {
        let digit = rest.peek().and_then(|next| next.to_digit(10));
        let at = digit.and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
        match at {
            Some(at) if char == '%' && at < LEVELS => {
                rest.next();
                label += &number(counts[at].unwrap_or(1), &levels[at].format);
            }
            _ => label.push(char),
        }
    }
    label
}

/// A number as a list shows it. What is neither letters nor Roman is shown in figures.
fn number(number: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(number),
        "upperLetter" => letters(number).to_uppercase(),
        "lowerRoman" => roman(number),
        "upperRoman" => roman(number).to_uppercase(),
        "decimalZero" => format!("{number:02}"),
        _ => number.to_string(),
    }
}

/// a to z, aa to zz, and so on.
fn letters(number: u32) -> String {
    let Some(number) = number.checked_sub(1).filter(|number| *number < 26 * 20) else {
        return number.to_string();
    };
    let letter = u8::try_from(number % 26).map_or('?', |offset| char::from(b'a' + offset));
    let times = usize::try_from(number / 26).unwrap_or(0) + 1;
    std::iter::repeat_n(letter, times).collect()
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..=5000).contains(&number) {
        return number.to_string();
    }
    let mut left = number;
    let mut roman = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            roman += sign;
            left -= value;
        }
    }
    roman
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_shown_as_lists_have_them() {
        for (value, format, expected) in [
            (7, "decimal", "7"),
            (7, "decimalZero", "07"),
            (1, "lowerLetter", "a"),
            (28, "upperLetter", "BB"),
            (1994, "lowerRoman", "mcmxciv"),
            (4, "upperRoman", "IV"),
            (0, "upperRoman", "0"),
            (u32::MAX, "lowerLetter", "4294967295"),
            (3, "koreanCounting", "3"),
        ] {
            assert_eq!(number(value, format), expected, "{value} {format}");
        }
    }
}
