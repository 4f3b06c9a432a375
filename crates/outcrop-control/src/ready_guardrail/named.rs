//! Values of the control plane's enums as those of policies, by their names: both are the official model's.

use outcrop_engine::EngineError;
use serde::{
    Deserialize,
    de::IntoDeserializer,
    de::value::{Error, StrDeserializer},
};

/// The value of this name.
pub(super) fn named<'a, T: Deserialize<'a>>(name: &'a str) -> Result<T, EngineError> {
    let name: StrDeserializer<'a, Error> = name.into_deserializer();
    T::deserialize(name).map_err(|error| {
        EngineError::Internal(format!("A stored guardrail cannot be evaluated: {error}"))
    })
}

/// The value of this name, where there is one.
pub(super) fn optional<'a, T: Deserialize<'a>>(
    name: Option<&'a str>,
) -> Result<Option<T>, EngineError> {
    name.map(named).transpose()
}
