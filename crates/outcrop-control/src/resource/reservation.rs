//! Names that are taken before the resource is there that will have them.
//!
//! A job that makes a model takes the model's name when it begins, so that no other model has it when the job completes.
//! Whatever makes such resources takes the name in the commit that makes the job or the resource, and gives it back in the
//! commit that deletes the resource, or that ends the job without one.

use outcrop_store::{Key, Scope, Write};

use super::blank;
use crate::error::ControlError;

const KIND: &str = "reserved-name";

/// Takes a name of a kind of resources. [`Control::create`](crate::Control::create) refuses the request if it is taken.
pub(crate) fn reserve(scope: &Scope, kind: &str, name: &str, at: i64) -> Write {
    Write::Create(blank(key(scope, kind, name), at))
}

/// Gives a name back.
pub(crate) fn release(scope: &Scope, kind: &str, name: &str) -> Write {
    Write::Delete {
        key: key(scope, kind, name),
        revision: None,
    }
}

fn key(scope: &Scope, kind: &str, name: &str) -> Key {
    Key {
        scope: scope.clone(),
        kind: KIND,
        id: format!("{kind}/{name}"),
    }
}

/// What to say of a record that is there already, if it is a name. The text is the one that users quote for the names of
/// jobs, "The provided job name is currently in use.", said of a model.
pub(super) fn taken(key: &Key) -> Option<ControlError> {
    (key.kind == KIND).then(|| {
        ControlError::Validation("The provided model name is currently in use.".to_owned())
    })
}
