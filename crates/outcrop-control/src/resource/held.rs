//! A resource as it was read from the store.

use aws_smithy_types::DateTime;
use outcrop_store::{Record, Scope};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Original, Outcome, Resource, tags};
use crate::{clock::date_time, error::ControlError};

/// What the store keeps as a record's body.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept<S> {
    /// The body of the request that made the resource, or last replaced all of it.
    pub(super) request: Box<RawValue>,
    /// The rest.
    pub(super) state: S,
}

/// A resource with its state.
pub(crate) struct Held<R: Resource> {
    pub(super) record: Record,
    pub(super) request: Box<RawValue>,
    /// What there is to know of it besides the request.
    pub(crate) state: R::State,
}

impl<R: Resource> Held<R> {
    /// Reads a record's body.
    pub(crate) fn read(record: Record) -> Result<Self, ControlError> {
        let kept = serde_json::from_str::<Kept<R::State>>(&record.body);
        let Kept { request, state } = kept.map_err(|error| {
            tracing::error!(%error, kind = R::KIND, id = record.key.id, "a record cannot be read");
            ControlError::Store
        })?;
        Ok(Self {
            record,
            request,
            state,
        })
    }

    /// The record with the state in its body.
    pub(super) fn into_record(self) -> Result<Record, ControlError> {
        let Self {
            mut record,
            request,
            state,
        } = self;
        record.body = write(&Kept { request, state })?;
        Ok(record)
    }

    /// Whose it is.
    pub(crate) fn scope(&self) -> &Scope {
        &self.record.key.scope
    }

    /// Its id.
    pub(crate) fn id(&self) -> &str {
        &self.record.key.id
    }

    /// Its name.
    pub(crate) fn name(&self) -> &str {
        &self.record.name
    }

    /// Its ARN.
    pub(crate) fn arn(&self) -> String {
        R::arn(&self.record.key.scope, &self.record.key.id, &self.state)
    }

    /// When it was made: nanoseconds since 1970, UTC.
    pub(crate) fn created_nanos(&self) -> i64 {
        self.record.created_at
    }

    /// When a request last changed it: nanoseconds since 1970, UTC.
    pub(crate) fn updated_nanos(&self) -> i64 {
        self.record.updated_at
    }

    /// When it was made.
    pub(crate) fn created_at(&self) -> DateTime {
        date_time(self.record.created_at)
    }

    /// When a request last changed it.
    pub(crate) fn updated_at(&self) -> DateTime {
        date_time(self.record.updated_at)
    }

    /// What becomes of it at the end of its first states, if its tags ask for something else than success.
    pub(crate) fn outcome(&self) -> Outcome {
        tags::outcome(&self.record.tags)
    }

    /// The resource that it belongs to.
    pub(crate) fn parent(&self) -> Option<&str> {
        self.record.parent.as_deref()
    }

    /// The same as it came, for a resource that is made of this one.
    pub(crate) fn request_text(&self) -> Box<RawValue> {
        self.request.clone()
    }

    /// The request that made it, or last replaced all of it.
    pub(crate) fn request(&self) -> Result<R::Request, ControlError> {
        R::Request::read(self.request.get()).ok_or_else(|| {
            tracing::error!(
                kind = R::KIND,
                id = self.id(),
                "the request of a record is no longer valid"
            );
            ControlError::Store
        })
    }
}

pub(super) fn write<S: Serialize>(kept: &Kept<S>) -> Result<String, ControlError> {
    serde_json::to_string(kept).map_err(|error| {
        tracing::error!(%error, "a record cannot be written");
        ControlError::Store
    })
}
