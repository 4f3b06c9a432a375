//! How far a job has come.

use outcrop_control::BatchCounts;
use serde::{Deserialize, Serialize};

/// What is committed after each chunk.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Checkpoint {
    /// Whether the whole input was looked at.
    pub(super) validated: bool,
    /// The files of the input.
    pub(super) files: Vec<File>,
    /// The place in `files` of the one that is worked at; their number when all are done.
    pub(super) file: usize,
    /// The bytes of it whose records are done.
    pub(super) offset: u64,
    /// The parts of its output that count.
    pub(super) parts: u64,
    /// Records that the model has answered.
    pub(super) succeeded: i64,
    /// Records that an error has answered.
    pub(super) failed: i64,
    /// Tokens of the answered records.
    pub(super) input_tokens: i64,
    /// Tokens of their answers.
    pub(super) output_tokens: i64,
}

/// A file of the input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct File {
    /// Its key in the input's bucket.
    pub(super) key: String,
    /// Its name in the output's folder, without `.out`.
    pub(super) name: String,
    /// How many records it has.
    pub(super) records: i64,
}

impl Checkpoint {
    pub(super) fn counts(&self) -> BatchCounts {
        let total = self.files.iter().map(|file| file.records).sum();
        BatchCounts {
            total,
            succeeded: self.succeeded,
            failed: self.failed,
        }
    }

    /// Whether any record was processed.
    pub(super) fn begun(&self) -> bool {
        self.succeeded + self.failed > 0
    }

    /// Goes on to the next file.
    pub(super) fn next_file(&mut self) {
        self.file += 1;
        self.offset = 0;
        self.parts = 0;
    }
}
