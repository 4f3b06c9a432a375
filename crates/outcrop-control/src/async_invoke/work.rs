//! An invocation as its worker sees it.

use bedrock_runtime_smithy::input::StartAsyncInvokeInput;
use outcrop_store::{Key, Record, Scope, Write};

use super::{AsyncInvoke, End, INPUT, output};
use crate::resource::{Held, Resource};

/// The kind of the entries that say which invocations have work left, in the scope and with the id of these. Their bodies
/// are JSON objects, empty at first; they are the worker's own.
pub const QUEUE: &str = "async-invoke-queue";

/// Characters of `failureMessage` (the official model).
const LONGEST_MESSAGE: usize = 2048;

/// An asynchronous invocation.
pub struct AsyncInvokeJob {
    held: Held<AsyncInvoke>,
    request: StartAsyncInvokeInput,
}

impl AsyncInvokeJob {
    /// What the record of an invocation is named by.
    #[must_use]
    pub fn key(scope: Scope, id: String) -> Key {
        Key {
            scope,
            kind: AsyncInvoke::KIND,
            id,
        }
    }

    /// What the record is named by whose body is the model's input.
    #[must_use]
    pub fn input_key(&self) -> Key {
        Key {
            scope: self.held.scope().clone(),
            kind: INPUT,
            id: self.held.id().to_owned(),
        }
    }

    /// Reads an invocation's record; `None` where it is none. The log says why.
    #[must_use]
    pub fn read(record: Record) -> Option<Self> {
        let held = Held::read(record).ok()?;
        let request = held.request().ok()?;
        Some(Self { held, request })
    }

    /// The id by which the model is asked.
    #[must_use]
    pub fn model_id(&self) -> &str {
        &self.request.model_id
    }

    /// The `s3://` location of the folder of the output, without a slash at its end.
    #[must_use]
    pub fn output(&self) -> String {
        output::folder(&self.request.output_data_config, self.held.id())
    }

    /// Whether it has ended.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.held.state.end.is_some()
    }

    /// The reason for which its tags ask it to fail.
    #[must_use]
    pub fn failure_asked_for(&self) -> Option<String> {
        self.held.outcome().failure()
    }

    /// The end as writes, which fail if anybody else has changed the invocation since it was read. `failure` is what went
    /// wrong, in words for its owner; `now` is in nanoseconds since 1970, UTC. `None` where the record cannot be
    /// written; the log says why.
    #[must_use]
    pub fn ended(self, failure: Option<String>, now: i64) -> Option<Vec<Write>> {
        let input = Write::Delete {
            key: self.input_key(),
            revision: None,
        };
        let mut held = self.held;
        let failure = failure.map(|text| text.chars().take(LONGEST_MESSAGE).collect());
        held.state.end = Some(End { at: now, failure });
        Some(vec![held.replaced(now).ok()?, input])
    }
}
