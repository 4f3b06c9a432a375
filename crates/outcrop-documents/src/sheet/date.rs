//! Days and times, which sheets have as numbers of days.

/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// The last day that Excel shows: the end of the year 9999.
const LAST: f64 = 2_958_466.0;

/// What of a time is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is said for itself")]
pub(super) struct Parts {
    pub(super) date: bool,
    pub(super) time: bool,
    pub(super) seconds: bool,
    /// Hours that go on after a day.
    pub(super) is_duration: bool,
}

impl Parts {
    /// A number of days, in the order of ISO 8601, which is every language's. Sheets have no days before their first.
    pub(super) fn show(self, days: f64, is_1904: bool) -> Option<String> {
        if self.is_duration {
            return duration(days, self.seconds);
        }
        if !(0.0..LAST).contains(&days) {
            return None;
        }
        let (day, second) = split(days)?;
        // A time alone is at the day before the first.
        let has_day = self.date && (day > 0 || is_1904 || !self.time);
        let mut shown = Vec::new();
        if has_day {
            shown.push(date(day, is_1904));
        }
        if self.time {
            let (hour, minute, rest) = (second / 3600, second / 60 % 60, second % 60);
            let seconds = if self.seconds || rest != 0 {
                format!(":{rest:02}")
            } else {
                String::new()
            };
            shown.push(format!("{hour:02}:{minute:02}{seconds}"));
        }
        Some(shown.join(" "))
    }
}

fn duration(days: f64, seconds: bool) -> Option<String> {
    let (day, second) = split(days.abs())?;
    let sign = if days < 0.0 { "-" } else { "" };
    let (hours, minute, rest) = (day * 24 + second / 3600, second / 60 % 60, second % 60);
    Some(if seconds {
        format!("{sign}{hours}:{minute:02}:{rest:02}")
    } else {
        format!("{sign}{hours}:{minute:02}")
    })
}

/// Whole days, and seconds of the next.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the range is looked at before"
)]
fn split(days: f64) -> Option<(i64, i64)> {
    if !(0.0..1e9).contains(&days) {
        return None;
    }
    let seconds = (days * DAY).round() as i64;
    Some((seconds / 86_400, seconds % 86_400))
}

/// A day by its number. The year 1900 has a 29th of February, as Lotus had it.
fn date(day: i64, is_1904: bool) -> String {
    let since_1970 = match (is_1904, day) {
        (true, day) => day - 24_107,
        (false, 60) => return "1900-02-29".to_owned(),
        (false, ..60) => day - 25_568,
        (false, day) => day - 25_569,
    };
    let (year, month, day) = civil(since_1970);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Year, month and day of a day that is counted from the begin of 1970, in the Gregorian calendar.
fn civil(day: i64) -> (i64, i64, i64) {
    // Years begin in March here, so that the day of a leap year is the last one.
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    (era * 400 + year + next, month, of_month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_excel_does() {
        for (day, is_1904, expected) in [
            (1, false, "1900-01-01"),
            (59, false, "1900-02-28"),
            (60, false, "1900-02-29"),
            (61, false, "1900-03-01"),
            (45_352, false, "2024-03-01"),
            (2_958_465, false, "9999-12-31"),
            (0, true, "1904-01-01"),
            (43_890, true, "2024-03-01"),
        ] {
            assert_eq!(date(day, is_1904), expected, "{day}");
        }
    }

    #[test]
    fn times_are_rounded_to_seconds() {
        let both = Parts {
            date: true,
            time: true,
            ..Parts::default()
        };
        let show = |days| both.show(days, false);
        assert_eq!(show(45_352.5).as_deref(), Some("2024-03-01 12:00"));
        assert_eq!(show(45_352.999_999_9).as_deref(), Some("2024-03-02 00:00"));
        assert_eq!(show(0.75).as_deref(), Some("18:00"));
        assert_eq!(show(-1.0), None);
        assert_eq!(show(f64::NAN), None);
        assert_eq!(show(1e300), None);
    }
}
