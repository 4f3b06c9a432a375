//! A job as its worker sees it.

use bedrock_smithy::{
    input::CreateModelInvocationJobInput,
    model::{
        ModelInvocationJobInputDataConfig, ModelInvocationJobOutputDataConfig, ModelInvocationType,
    },
};
use outcrop_store::{Key, Record, Scope, Write};
use serde::{Deserialize, Serialize};

use super::{ModelInvocationJob, expires_at};
use crate::resource::{Held, Resource};

/// The kind of the entries that say which jobs have work left, in the scope and with the id of their jobs. Their bodies
/// are JSON objects, empty at first; they are the worker's own.
pub const QUEUE: &str = "model-invocation-job-queue";

/// How far a job has come. Whether it is asked to stop is told apart from this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BatchStage {
    /// It waits for a worker.
    Submitted,
    /// Its input is looked at.
    Validating,
    /// Its input is as it has to be.
    Scheduled,
    /// Its records are under way.
    InProgress,
    /// The end: every record was processed, whether or not the model could answer it.
    Completed,
    /// The end: time was over before all records were processed.
    PartiallyCompleted,
    /// The end: nothing could be done; the message says why.
    Failed,
    /// The end: it was asked to stop.
    Stopped,
    /// The end: time was over before the first record.
    Expired,
}

impl BatchStage {
    /// Whether nothing comes after it.
    #[must_use]
    pub fn is_end(self) -> bool {
        !matches!(
            self,
            Self::Submitted | Self::Validating | Self::Scheduled | Self::InProgress
        )
    }
}

/// How many records there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchCounts {
    /// In the input.
    pub total: i64,
    /// Answered by the model.
    pub succeeded: i64,
    /// Answered by an error.
    pub failed: i64,
}

impl BatchCounts {
    /// Answered either way.
    #[must_use]
    pub fn processed(&self) -> i64 {
        self.succeeded.saturating_add(self.failed)
    }
}

/// What a worker tells of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchChange {
    /// How far it has come.
    pub stage: BatchStage,
    /// `None` keeps what was told before.
    pub counts: Option<BatchCounts>,
    /// What went wrong, in words for the job's owner; at most 2048 characters are kept.
    pub message: Option<String>,
}

/// A batch inference job.
pub struct BatchJob {
    held: Held<ModelInvocationJob>,
    request: CreateModelInvocationJobInput,
}

impl BatchJob {
    /// What the record of a job is named by.
    #[must_use]
    pub fn key(scope: Scope, id: String) -> Key {
        Key {
            scope,
            kind: ModelInvocationJob::KIND,
            id,
        }
    }

    /// Reads a job's record; `None` where it is none. The log says why.
    #[must_use]
    pub fn read(record: Record) -> Option<Self> {
        let held = Held::read(record).ok()?;
        let request = held.request().ok()?;
        Some(Self { held, request })
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.held.id()
    }

    /// The id by which the model of each record is asked.
    #[must_use]
    pub fn model_id(&self) -> &str {
        &self.held.state.invoked_as
    }

    /// Whether records are Converse requests; the model's own bodies otherwise.
    #[must_use]
    pub fn converses(&self) -> bool {
        self.request.model_invocation_type == ModelInvocationType::Converse
    }

    /// Where the input is: an `s3://` location of one object, or of a folder of them.
    #[must_use]
    pub fn input(&self) -> &str {
        let ModelInvocationJobInputDataConfig::S3InputDataConfig(config) =
            &self.request.input_data_config;
        &config.s3_uri
    }

    /// Where the output goes: an `s3://` location below which the job makes a folder.
    #[must_use]
    pub fn output(&self) -> &str {
        let ModelInvocationJobOutputDataConfig::S3OutputDataConfig(config) =
            &self.request.output_data_config;
        &config.s3_uri
    }

    /// When its time is over. Nanoseconds since 1970, UTC.
    #[must_use]
    pub fn expires_at(&self) -> i64 {
        expires_at(
            self.held.created_nanos(),
            self.request.timeout_duration_in_hours,
        )
    }

    /// How far it has come.
    #[must_use]
    pub fn stage(&self) -> BatchStage {
        self.held.state.stage
    }

    /// Whether it is asked to stop.
    #[must_use]
    pub fn stop_requested(&self) -> bool {
        self.held.state.stop_requested
    }

    /// The reason for which its tags ask it to fail.
    #[must_use]
    pub fn failure_asked_for(&self) -> Option<String> {
        self.held.outcome().failure()
    }

    /// The job with a change as a write, which fails if anybody else has changed the job since it was read. `now` is in
    /// nanoseconds since 1970, UTC. `None` where the record cannot be written; the log says why.
    #[must_use]
    pub fn changed(self, change: BatchChange, now: i64) -> Option<Write> {
        let mut held = self.held;
        held.state.stage = change.stage;
        held.state.counts = change.counts.or(held.state.counts);
        held.state.message = change
            .message
            .map(|text| text.chars().take(LONGEST_MESSAGE).collect());
        if change.stage.is_end() {
            held.state.ended_at = Some(now);
        }
        held.replaced(now).ok()
    }
}

/// Characters of `message` (the official model).
const LONGEST_MESSAGE: usize = 2048;
