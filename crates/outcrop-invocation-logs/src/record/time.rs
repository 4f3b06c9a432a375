//! Times, as records and keys have them.

use std::time::{SystemTime, UNIX_EPOCH};

use aws_smithy_types::{DateTime, date_time::Format};

/// Milliseconds since 1970.
pub(crate) fn milliseconds(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// `2026-04-19T13:28:51Z`
pub(super) fn seconds(time: SystemTime) -> String {
    let time = DateTime::from_secs(milliseconds(time) / 1000);
    // Years that no clock shows have no such form.
    time.fmt(Format::DateTime).unwrap_or_default()
}

/// `2026/04/19/13`, the part of a key.
pub(crate) fn hour(time: SystemTime) -> String {
    let text = seconds(time);
    let hour = text.get(..13).unwrap_or_default();
    hour.replace(['-', 'T'], "/")
}

/// `20260419T132851123Z`, the beginning of an object's name.
pub(crate) fn compact(time: SystemTime) -> String {
    let text = seconds(time).replace(['-', ':'], "");
    let text = text.trim_end_matches('Z');
    format!("{text}{:03}Z", milliseconds(time) % 1000)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn times_have_the_forms_of_records_and_keys() {
        let time = UNIX_EPOCH + Duration::from_millis(1_776_605_331_023);
        assert_eq!(milliseconds(time), 1_776_605_331_023);
        assert_eq!(seconds(time), "2026-04-19T13:28:51Z");
        assert_eq!(hour(time), "2026/04/19/13");
        assert_eq!(compact(time), "20260419T132851023Z");
    }
}
