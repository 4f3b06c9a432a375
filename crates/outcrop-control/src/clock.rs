//! What time it is.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_smithy_types::DateTime;

/// A clock. Resources go through their states by it, not by timers: what state a resource is in follows from when it was
/// made and what time it is.
pub trait Clock: Send + Sync + 'static {
    /// Nanoseconds since 1970, UTC.
    fn now(&self) -> i64;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        nanos(since.unwrap_or_default())
    }
}

/// A length of time in nanoseconds, at most 292 years.
pub(crate) fn nanos(duration: Duration) -> i64 {
    i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX)
}

/// A time as answers have it.
pub(crate) fn date_time(nanos: i64) -> DateTime {
    DateTime::from_nanos(i128::from(nanos)).unwrap_or(DateTime::from_secs(0))
}

/// A time of a request in nanoseconds; those before 1678 and after 2261 as these years.
pub(crate) fn from_date_time(time: &DateTime) -> i64 {
    let nanos = time.as_nanos();
    i64::try_from(nanos).unwrap_or(if nanos < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_survive_the_way_out_and_in() {
        for nanos in [0, 1, 1_752_415_242_680_622_107] {
            assert_eq!(from_date_time(&date_time(nanos)), nanos);
        }
        assert_eq!(from_date_time(&DateTime::from_secs(i64::MAX)), i64::MAX);
        assert_eq!(from_date_time(&DateTime::from_secs(i64::MIN)), i64::MIN);
    }
}
