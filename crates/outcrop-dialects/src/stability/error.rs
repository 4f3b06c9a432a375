//! The models' refusals.

use crate::DialectError;
use crate::image::Source;
use crate::schema;

use super::service::{Limits, Service};

/// A member that a model does not have. Both forms were seen, that of a service and that of an image from text.
pub(super) fn invalid_field(service: &Service, field: &str) -> DialectError {
    let names = schema::names(service.members);
    let told = match service.name {
        Some(name) => format!(
            r#"{{"detail":"Invalid field '{field}' in request. Available fields for {name} are: {}"}}"#,
            names.collect::<Vec<_>>().join(", ")
        ),
        None => format!(
            r#"{{"detail":"Invalid field in request. Available fields: [{}]"}}"#,
            names
                .map(|name| format!("'{name}'"))
                .collect::<Vec<_>>()
                .join(", ")
        ),
    };
    DialectError::Provider(told)
}

/// A member that another one makes necessary.
pub(super) fn missing(name: &str) -> DialectError {
    DialectError::Schema(format!("#: required key [{name}] not found"))
}

/// A rule that the service's guide tells, in words of ours: how the service says it is not known.
pub(super) fn broken(rule: &str) -> DialectError {
    DialectError::Provider(format!(r#"{{"detail":"{rule}"}}"#))
}

/// Holds an image to its limits.
pub(super) fn check(name: &str, source: &Source, limits: Limits) -> Result<(), DialectError> {
    let (width, height) = source.size();
    let (least, most) = limits.side;
    let sides = least..=most;
    if !sides.contains(&width) || !sides.contains(&height) {
        return Err(broken(&format!(
            "{name}: every side must have {least} pixels at least{}, but the image has {width}x{height}",
            match most {
                u32::MAX => String::new(),
                most => format!(", {most} at most"),
            }
        )));
    }
    let (least, most) = limits.pixels;
    if !(least..=most).contains(&source.pixels()) {
        return Err(broken(&format!(
            "{name}: an image must have {least} to {most} pixels, but it has {}",
            source.pixels()
        )));
    }
    if limits.aspect && !source.aspect_within(5, 2) {
        return Err(broken(&format!(
            "{name}: the aspect ratio must lie between 1:2.5 and 2.5:1, but the image has {width}x{height}"
        )));
    }
    Ok(())
}
