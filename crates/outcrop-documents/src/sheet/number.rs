//! Numbers as their formats show them.

use super::{
    builtin,
    section::{Section, general},
};

/// Sections that a format has: for numbers above zero, below it, zero, and text.
const SECTIONS: usize = 4;

/// Bytes of the longest format that Excel takes, about; what is longer is shown as numbers are without one.
const LONGEST: usize = 1024;

/// A format of numbers. One without sections shows them as they are.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct NumberFormat(Vec<Section>);

impl NumberFormat {
    /// The format of a number that every file has.
    pub(crate) fn built_in(id: u32) -> Self {
        Self::parse(builtin::code(id))
    }

    /// The format of a code.
    pub(crate) fn parse(code: &str) -> Self {
        if code.len() > LONGEST || code.eq_ignore_ascii_case("general") {
            return Self::default();
        }
        let mut sections = Vec::new();
        let mut rest = Some(code);
        while let Some(code) = rest.filter(|_| sections.len() < SECTIONS) {
            let (section, next) = Section::parse(code);
            sections.push(section);
            rest = next;
        }
        Self(sections)
    }

    /// A number as a cell shows it.
    pub(crate) fn show(&self, number: f64, is_1904: bool) -> String {
        let Some((index, section)) = self.section(number) else {
            return general(number);
        };
        if number >= 0.0 || section.is_date() {
            return section.show(number, is_1904);
        }
        let shown = section.show(number.abs(), is_1904);
        // A section for what is below zero has the sign that it wants. What rounds to zero has none.
        let is_nothing = !shown.contains(|char: char| matches!(char, '1'..='9'));
        if index > 0 || is_nothing {
            shown
        } else {
            format!("-{shown}")
        }
    }

    fn section(&self, number: f64) -> Option<(usize, &Section)> {
        let numbers = self.0.get(..self.0.len().min(SECTIONS - 1))?;
        let conditions = numbers.iter().any(|section| section.condition.is_some());
        let at = if conditions {
            let holds = |section: &Section| section.condition.is_none_or(|own| own.holds(number));
            numbers.iter().position(holds)?
        } else if number < 0.0 && numbers.len() > 1 {
            1
        } else if number == 0.0 && numbers.len() > 2 {
            2
        } else {
            0
        };
        Some((at, numbers.get(at)?))
    }
}

#[cfg(test)]
mod tests {
    use super::NumberFormat;

    fn show(code: &str, number: f64) -> String {
        NumberFormat::parse(code).show(number, false)
    }

    #[test]
    fn numbers_are_shown_as_excel_shows_them() {
        for (code, number, expected) in [
            ("General", 0.1 + 0.2, "0.3"),
            ("General", -12.5, "-12.5"),
            ("General", 1e6, "1000000"),
            ("General", 123_456_789_012_345.0, "123456789012345"),
            ("General", 1.5e20, "1.5E+20"),
            ("General", 2.5e-12, "2.5E-12"),
            ("General", -0.0, "0"),
            ("@", 12.5, "12.5"),
            ("0", 2.5, "3"),
            ("0.00", 2.675, "2.68"),
            ("0.00", -0.001, "0.00"),
            ("0.0#", 2.5, "2.5"),
            ("#.##", 0.5, ".5"),
            ("#", 0.0, "0"),
            ("#,##0", 1_234_567.0, "1,234,567"),
            ("#,##0.00", -1234.5, "-1,234.50"),
            ("#,##0,", 1_234_567.0, "1,235"),
            ("00000", 42.0, "00042"),
            ("000-00-0000", 123_456_789.0, "123-45-6789"),
            ("0%", 0.125, "13%"),
            ("0.0%", 0.125, "12.5%"),
            ("0.00E+00", 12_345.0, "1.23E+04"),
            ("# ?/?", 0.5, "0.5"),
            ("$#,##0.00", 5.0, "$5.00"),
            ("#,##0.00 [$€-407]", 5.0, "5.00 €"),
            ("[Red]0;[Blue](0)", -5.0, "(5)"),
            ("0;-0;\"none\"", 0.0, "none"),
            ("0;;", -3.0, ""),
            ("_(* #,##0.00_);_(* \\(#,##0.00\\)", -7.0, "(7.00)"),
            ("[<1]\"low\";[>=100]\"high\";0", 250.0, "high"),
            ("[<1]\"low\";[>=100]\"high\";0", 7.0, "7"),
            ("0 \"kg\"", 3.0, "3 kg"),
        ] {
            assert_eq!(show(code, number), expected, "{code} {number}");
        }
    }

    #[test]
    fn dates_are_shown_in_one_order() {
        for (code, number, expected) in [
            ("yyyy-mm-dd", 45_352.0, "2024-03-01"),
            ("d/m/yy", 45_352.75, "2024-03-01"),
            ("mmm\\-yy", 45_352.0, "2024-03-01"),
            (
                "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
                45_352.0,
                "2024-03-01",
            ),
            ("m/d/yy h:mm", 45_352.75, "2024-03-01 18:00"),
            ("h:mm AM/PM", 0.75, "18:00"),
            ("mm:ss.0", 0.5, "12:00:00"),
            ("[h]:mm:ss", 1.5, "36:00:00"),
            ("yyyy-mm-dd", -1.0, "-1"),
        ] {
            assert_eq!(show(code, number), expected, "{code} {number}");
        }
        assert_eq!(NumberFormat::built_in(14).show(1.0, true), "1904-01-02");
    }

    #[test]
    fn any_code_shows_something() {
        for code in [
            "", ";", ";;;;", "\"", "\\", "[", "[h", "_", "*", "[$", "0.", ".", ",", "%%%%", "E+",
            "0E+", "[<x]0", "é;0é0",
        ] {
            for number in [0.0, -1.5, 1e308, -1e-308, f64::NAN, f64::INFINITY] {
                let _ = show(code, number);
            }
        }
    }
}
