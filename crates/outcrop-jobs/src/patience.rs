//! Asking again what may be answered later.

use std::time::Duration;

use outcrop_runtime::Refused;
use tokio::time;

/// Statuses that another try may help with: throttled or not ready, and unavailable.
pub(crate) const PASSING: [u16; 2] = [429, 503];

/// Tries, each after twice the pause before.
const TRIES: u32 = 5;

const FIRST_PAUSE: Duration = Duration::from_secs(1);

/// Asks until there is an answer, or a refusal that does not pass.
pub(crate) async fn patiently<T, F>(mut ask: impl FnMut() -> F) -> Result<T, Refused>
where
    F: Future<Output = Result<T, Refused>>,
{
    let mut pause = FIRST_PAUSE;
    for _ in 1..TRIES {
        match ask().await {
            Err(refused) if PASSING.contains(&refused.status) => {}
            settled => return settled,
        }
        time::sleep(pause).await;
        pause *= 2;
    }
    ask().await
}
