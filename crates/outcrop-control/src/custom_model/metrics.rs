//! What training measured.
//!
//! Nothing is trained here, so the losses are numbers made up from the job's id: in a believable range, and the same
//! whenever they are asked for.

use bedrock_smithy::model::{TrainingMetrics, ValidatorMetric};
use xxhash_rust::xxh3::xxh3_64;

/// The loss on the training data.
pub(crate) fn training(job: &str) -> TrainingMetrics {
    TrainingMetrics {
        training_loss: Some(loss(job, 0)),
    }
}

/// The loss on the data of each validator.
pub(crate) fn validation(job: &str, validators: usize) -> Vec<ValidatorMetric> {
    let metric = |number| ValidatorMetric {
        validation_loss: Some(loss(job, number)),
    };
    (1..=validators).map(metric).collect()
}

/// From 0.25 to 1.25.
fn loss(job: &str, number: usize) -> f32 {
    let hash = xxh3_64(format!("{job}/{number}").as_bytes());
    let fraction = u16::try_from(hash % 10_000).unwrap_or_default();
    0.25 + f32::from(fraction) / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_stay_the_same_and_differ() {
        assert_eq!(training("a"), training("a"));
        assert_ne!(training("a"), training("b"));
        let three = validation("a", 3);
        assert_eq!(three.len(), 3);
        assert_ne!(three.first(), three.get(1));
        for metric in three {
            assert!((0.25..1.25).contains(&metric.validation_loss.unwrap()));
        }
    }
}
