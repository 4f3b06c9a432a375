//! Tries again within bounds.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::failure::Failure;
use crate::StoreError;

/// How often transactions that come between each other may do so.
const RACES: u32 = 12;

const FIRST_PAUSE: Duration = Duration::from_millis(2);
const LONGEST_PAUSE: Duration = Duration::from_millis(250);

/// The attempts of one call.
#[derive(Debug)]
pub(super) struct Attempts {
    until: Instant,
    races: u32,
    pause: Duration,
}

impl Attempts {
    /// Attempts until shortly before `time` has passed, so that the last failure can still be told.
    pub(super) fn until(time: Duration) -> Self {
        Self {
            until: Instant::now() + time * 4 / 5,
            races: 0,
            pause: FIRST_PAUSE,
        }
    }

    /// Returns when it is time for another attempt, or the error where there should not be one.
    pub(super) async fn after(&mut self, failure: Failure) -> Result<(), StoreError> {
        match failure {
            Failure::Raced(_) if self.races < RACES => self.races += 1,
            Failure::Lost(_) if Instant::now() + self.pause < self.until => {}
            other => return Err(told(other)),
        }
        sleep(self.pause).await;
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        Ok(())
    }
}

fn told(failure: Failure) -> StoreError {
    match failure {
        Failure::Refused(error) => error,
        Failure::Raced(why) => StoreError::Unavailable(format!(
            "{why}; too many change the same at once, try again"
        )),
        Failure::Lost(why) => StoreError::Unavailable(format!(
            "{why}; see that the server runs and can be reached"
        )),
        Failure::Unknown(why) => StoreError::Unavailable(format!(
            "{why}, at the end of a change; read again to see whether it happened"
        )),
        Failure::NameTaken(record) => StoreError::NameTaken(record.key),
        Failure::Broken(why) => StoreError::Unavailable(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn races_are_tried_a_bounded_number_of_times() {
        let mut attempts = Attempts::until(Duration::from_secs(10));
        let mut count = 0;
        while attempts
            .after(Failure::Raced("deadlock".to_owned()))
            .await
            .is_ok()
        {
            attempts.pause = Duration::ZERO;
            count += 1;
        }
        assert_eq!(count, RACES);
    }

    #[tokio::test]
    async fn a_lost_server_is_waited_for_but_not_for_ever() {
        let mut attempts = Attempts::until(Duration::from_millis(100));
        let mut count = 0;
        let error = loop {
            match attempts.after(Failure::Lost("closed".to_owned())).await {
                Ok(()) => count += 1,
                Err(error) => break error.to_string(),
            }
        };
        assert!(
            count > 0 && error.contains("see that the server runs"),
            "{count}: {error}"
        );
    }

    #[tokio::test]
    async fn what_may_have_happened_is_not_tried_again() {
        let mut attempts = Attempts::until(Duration::from_secs(10));
        let error = attempts
            .after(Failure::Unknown("closed".to_owned()))
            .await
            .unwrap_err();
        assert!(error.to_string().contains("read again"), "{error}");
    }
}
