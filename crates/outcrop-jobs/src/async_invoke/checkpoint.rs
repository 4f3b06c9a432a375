//! How far an invocation has come.

use serde::{Deserialize, Serialize};

/// What is committed after each file, and after each part of one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Checkpoint {
    /// The place of the file that is made; their number when all are there.
    pub(super) file: usize,
    /// The segments of it that have their vectors.
    pub(super) segments: usize,
    /// The parts of it that count.
    pub(super) parts: u64,
}

impl Checkpoint {
    /// Goes on to the next file.
    pub(super) fn next_file(&mut self) {
        *self = Self {
            file: self.file + 1,
            ..Self::default()
        };
    }
}
