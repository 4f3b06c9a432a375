//! One part of a format: what it is for, and what it shows.

use super::date::Parts;

/// Digits after the point that a format may ask for.
const MOST_DECIMALS: usize = 30;

/// A part of a number's digits, or what stands between them.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Item {
    /// A place of a digit; whether it is shown where the number has none.
    Digit(bool),
    Literal(char),
}

/// How a section shows a number.
#[derive(Debug, Clone, PartialEq, Default)]
enum Kind {
    /// As it is.
    #[default]
    General,
    /// Without it.
    Words,
    Number(Digits),
    /// With a power of ten, after so many decimals.
    Scientific(usize),
    Date(Parts),
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Digits {
    whole: Vec<Item>,
    /// The decimals that are always shown, and all of them.
    decimals: (usize, usize),
    is_grouped: bool,
    /// The power of ten that it is multiplied by.
    power: i32,
}

/// Where a section is used, if it says so itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Condition {
    Less(f64),
    LessOrEqual(f64),
    Equal(f64),
    Unequal(f64),
    More(f64),
    MoreOrEqual(f64),
}

/// A section of a format's code.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Section {
    pub(super) condition: Option<Condition>,
    before: String,
    kind: Kind,
    after: String,
}

impl Condition {
    fn parse(text: &str) -> Option<Self> {
        type Make = fn(f64) -> Condition;
        const SIGNS: [(&str, Make); 6] = [
            ("<=", Condition::LessOrEqual),
            (">=", Condition::MoreOrEqual),
            ("<>", Condition::Unequal),
            ("<", Condition::Less),
            (">", Condition::More),
            ("=", Condition::Equal),
        ];
        SIGNS.into_iter().find_map(|(sign, make)| {
            let number = text.strip_prefix(sign)?.trim().parse().ok()?;
            Some(make(number))
        })
    }

    #[expect(clippy::float_cmp, reason = "formats compare numbers as they are")]
    pub(super) fn holds(self, number: f64) -> bool {
        match self {
            Self::Less(than) => number < than,
            Self::LessOrEqual(than) => number <= than,
            Self::Equal(to) => number == to,
            Self::Unequal(to) => number != to,
            Self::More(than) => number > than,
            Self::MoreOrEqual(than) => number >= than,
        }
    }
}

/// What a section's characters have told so far.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is seen for itself")]
struct Parser {
    section: Section,
    digits: Digits,
    parts: Parts,
    has_digits: bool,
    is_decimal: bool,
    is_scientific: bool,
    is_fraction: bool,
    is_general: bool,
    /// Months or minutes.
    has_m: bool,
    /// Commas since the last digit.
    commas: i32,
}

impl Section {
    /// A section of this code, and where the code goes on behind the `;` after it.
    pub(super) fn parse(code: &str) -> (Self, Option<&str>) {
        let mut parser = Parser::default();
        let mut chars = code.char_indices();
        while let Some((at, char)) = chars.next() {
            let rest = code.get(at..).unwrap_or_default();
            match char {
                ';' => return (parser.finish(), rest.get(1..)),
                '"' => chars
                    .by_ref()
                    .map(|(_, char)| char)
                    .take_while(|char| *char != '"')
                    .for_each(|char| parser.literal(char)),
                '\\' => {
                    if let Some((_, char)) = chars.next() {
                        parser.literal(char);
                    }
                }
                // A blank as wide as a character, and a character that fills the cell.
                '_' | '*' => drop(chars.next()),
                '[' => {
                    let inside: String = chars
                        .by_ref()
                        .map(|(_, char)| char)
                        .take_while(|char| *char != ']')
                        .collect();
                    parser.bracket(&inside);
                }
                'G' | 'g'
                    if rest
                        .get(..7)
                        .is_some_and(|word| word.eq_ignore_ascii_case("general")) =>
                {
                    parser.is_general = true;
                    chars.nth(5);
                }
                'A' | 'a'
                    if rest
                        .get(..5)
                        .is_some_and(|word| word.eq_ignore_ascii_case("am/pm")) =>
                {
                    parser.parts.time = true;
                    chars.nth(3);
                }
                'E' | 'e'
                    if parser.has_digits
                        && rest.get(1..2).is_some_and(|sign| "+-".contains(sign)) =>
                {
                    parser.is_scientific = true;
                    chars.next();
                }
                char => parser.char(char),
            }
        }
        (parser.finish(), None)
    }

    /// A number that is not negative, or whose sign the section shows itself.
    pub(super) fn show(&self, number: f64, is_1904: bool) -> String {
        let body = match &self.kind {
            Kind::General => general(number),
            Kind::Words => String::new(),
            Kind::Number(digits) => digits.show(number),
            Kind::Scientific(decimals) => scientific(number, *decimals),
            Kind::Date(parts) => parts
                .show(number, is_1904)
                .unwrap_or_else(|| general(number)),
        };
        format!("{}{body}{}", self.before, self.after)
    }

    pub(super) fn is_date(&self) -> bool {
        matches!(self.kind, Kind::Date(_))
    }
}

impl Parser {
    fn char(&mut self, char: char) {
        match char {
            '0' | '#' | '?' => self.digit(char == '0'),
            '.' if self.has_digits || !self.parts.time => self.is_decimal = true,
            ',' if self.has_digits => self.commas += 1,
            '%' => {
                self.digits.power += 2;
                self.literal('%');
            }
            'y' | 'Y' | 'd' | 'D' | 'e' | 'E' | 'b' | 'B' => self.parts.date = true,
            'm' | 'M' => self.has_m = true,
            'h' | 'H' => self.parts.time = true,
            's' | 'S' => {
                self.parts.time = true;
                self.parts.seconds = true;
            }
            '@' => self.is_general = true,
            '/' if self.has_digits => self.is_fraction = true,
            char => self.literal(char),
        }
    }

    fn digit(&mut self, is_shown: bool) {
        self.has_digits = true;
        if self.is_scientific {
            return;
        }
        self.digits.is_grouped |= std::mem::take(&mut self.commas) > 0;
        if self.is_decimal {
            let (shown, all) = self.digits.decimals;
            let all = (all + 1).min(MOST_DECIMALS);
            self.digits.decimals = (if is_shown { all } else { shown }, all);
        } else {
            // What stood between the digits before it and this one.
            let between = std::mem::take(&mut self.section.after);
            self.digits.whole.extend(between.chars().map(Item::Literal));
            self.digits.whole.push(Item::Digit(is_shown));
        }
    }

    fn literal(&mut self, char: char) {
        if self.has_digits || self.is_general || self.is_decimal {
            self.section.after.push(char);
        } else {
            self.section.before.push(char);
        }
    }

    /// Currencies, conditions, hours that go on, colours and languages.
    fn bracket(&mut self, inside: &str) {
        if let Some(currency) = inside.strip_prefix('$') {
            let sign = currency.split('-').next().unwrap_or_default();
            sign.chars().for_each(|char| self.literal(char));
            return;
        }
        self.section.condition = self.section.condition.or_else(|| Condition::parse(inside));
        let same = |letter| {
            !inside.is_empty() && inside.chars().all(|own| own.eq_ignore_ascii_case(&letter))
        };
        if same('h') || same('m') || same('s') {
            self.parts.is_duration = true;
            self.parts.time = true;
            self.parts.seconds |= same('s');
        }
    }

    fn finish(mut self) -> Section {
        let (has_m, mut parts) = (self.has_m, self.parts);
        // With hours or seconds, months are minutes.
        parts.date |= has_m && !parts.time;
        self.section.kind = if parts.date || parts.time {
            // What stands between the parts is ISO 8601's.
            self.section.before.clear();
            self.section.after.clear();
            Kind::Date(parts)
        } else if self.is_fraction || self.is_general {
            Kind::General
        } else if self.is_scientific {
            Kind::Scientific(self.digits.decimals.1)
        } else if self.has_digits {
            self.digits.power -= 3 * self.commas;
            Kind::Number(self.digits)
        } else {
            Kind::Words
        };
        self.section
    }
}

impl Digits {
    fn show(&self, number: f64) -> String {
        let number = number * 10_f64.powi(self.power);
        if !number.is_finite() || number.abs() >= 1e100 {
            return general(number);
        }
        let (shown, all) = self.decimals;
        // A half is rounded up, as it is seen in fifteen digits.
        let fixed = format!("{:.all$}", number * (1.0 + 4e-16));
        let (whole, decimals) = fixed.split_once('.').unwrap_or((&fixed, ""));
        let (sign, whole) = match whole.strip_prefix('-') {
            Some(whole) => ("-", whole),
            None => ("", whole),
        };
        let mut decimals = decimals;
        while decimals.len() > shown {
            let Some(shorter) = decimals.strip_suffix('0') else {
                break;
            };
            decimals = shorter;
        }
        let whole = self.whole(whole);
        let point = if decimals.is_empty() { "" } else { "." };
        let nothing = if whole.is_empty() && decimals.is_empty() {
            "0"
        } else {
            ""
        };
        format!("{sign}{whole}{nothing}{point}{decimals}")
    }

    /// Puts digits in their places, from the right.
    fn whole(&self, digits: &str) -> String {
        let mut left: Vec<char> = digits.trim_start_matches('0').chars().collect();
        let mut places = self
            .whole
            .iter()
            .filter(|item| matches!(item, Item::Digit(_)))
            .count();
        let mut reversed = Vec::new();
        let mut count = 0;
        let mut push = |reversed: &mut Vec<char>, digit: char| {
            if self.is_grouped && count > 0 && count % 3 == 0 {
                reversed.push(',');
            }
            count += 1;
            reversed.push(digit);
        };
        for item in self.whole.iter().rev() {
            match item {
                Item::Literal(char) => reversed.push(*char),
                Item::Digit(is_shown) => {
                    places -= 1;
                    match left.pop() {
                        Some(digit) => push(&mut reversed, digit),
                        None if *is_shown => push(&mut reversed, '0'),
                        None => {}
                    }
                    // The first place has all digits that are left.
                    while places == 0 && !left.is_empty() {
                        if let Some(digit) = left.pop() {
                            push(&mut reversed, digit);
                        }
                    }
                }
            }
        }
        if self.whole.is_empty() {
            return digits.trim_start_matches('0').to_owned();
        }
        reversed.into_iter().rev().collect()
    }
}

/// A number without a format: with fifteen digits, as sheets keep it.
pub(super) fn general(number: f64) -> String {
    if !number.is_finite() {
        return "#NUM!".to_owned();
    }
    let exponent = exponent(number);
    if (-10..15).contains(&exponent) {
        let decimals = usize::try_from(14 - exponent).unwrap_or(0);
        trimmed(&format!("{number:.decimals$}"))
    } else {
        let mantissa = number / 10_f64.powi(exponent);
        if !mantissa.is_finite() || number == 0.0 {
            return number.to_string();
        }
        let sign = if exponent < 0 { '-' } else { '+' };
        let shown = trimmed(&format!("{mantissa:.14}"));
        format!("{shown}E{sign}{:02}", exponent.abs())
    }
}

fn scientific(number: f64, decimals: usize) -> String {
    let shown = format!("{number:.decimals$e}");
    let (mantissa, exponent) = shown.split_once('e').unwrap_or((&shown, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}E{sign}{:02}", exponent.abs())
}

/// The power of ten of the first digit, once there are fifteen.
fn exponent(number: f64) -> i32 {
    let shown = format!("{number:.14e}");
    let exponent = shown.split_once('e').map(|(_, exponent)| exponent);
    exponent
        .and_then(|exponent| exponent.parse().ok())
        .unwrap_or(0)
}

fn trimmed(shown: &str) -> String {
    let shown = if shown.contains('.') {
        shown.trim_end_matches('0').trim_end_matches('.')
    } else {
        shown
    };
    if shown == "-0" { "0" } else { shown }.to_owned()
}
