//! Times in answers, which clients give back as concurrency tokens.

use aws_smithy_types::DateTime;

use crate::clock::{date_time, from_date_time};

const NANOS_PER_MILLI: i64 = 1_000_000;

/// A time as the service gives it: with milliseconds, which every SDK can give back.
pub(crate) fn time(nanos: i64) -> DateTime {
    date_time(nanos.div_euclid(NANOS_PER_MILLI) * NANOS_PER_MILLI)
}

/// Whether `given` is the time that [`time`] made of `nanos`. One millisecond is forgiven: some SDKs keep seconds as floating
/// point numbers.
pub(crate) fn is_time(given: &DateTime, nanos: i64) -> bool {
    let given = from_date_time(given).div_euclid(NANOS_PER_MILLI);
    given.abs_diff(nanos.div_euclid(NANOS_PER_MILLI)) <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_come_back() {
        for nanos in [0, 999_999, 1_767_225_600_123_456_789] {
            assert!(is_time(&time(nanos), nanos));
            assert!(!is_time(&time(nanos), nanos + 2_000_000));
        }
        assert_eq!(time(1_999_999), time(1_000_000));
    }
}
