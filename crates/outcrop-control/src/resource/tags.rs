//! Tags.

use std::collections::BTreeMap;

use bedrock_smithy::model::Tag;

use super::Outcome;
use crate::error::ControlError;

/// Tags that a resource may have (the documentation of Bedrock's tags).
pub(crate) const MOST: usize = 50;

/// The tag with which a resource's owner asks for a failure: its value is the reason, `outcrop:fail=Out of capacity`.
const FAIL: &str = "outcrop:fail";

/// How keys begin that only AWS gives (the documentation of tags). The text of the refusal is ours.
const RESERVED: &str = "aws:";

/// The tags that a request gives a resource.
pub(crate) fn new(tags: &[Tag], resource: &str) -> Result<BTreeMap<String, String>, ControlError> {
    let mut all = BTreeMap::new();
    for Tag { key, value } in tags {
        if key
            .get(..RESERVED.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(RESERVED))
        {
            return Err(ControlError::Validation(format!(
                "The tag key {key} begins with {RESERVED}, which is reserved. Choose another key, and try again."
            )));
        }
        if all.insert(key.clone(), value.clone()).is_some() {
            return Err(ControlError::Validation(format!(
                "The tag key {key} is given twice. Give each key once, and try again."
            )));
        }
    }
    within_limit(&all, resource)?;
    Ok(all)
}

/// Whether the tags are not too many.
pub(crate) fn within_limit(
    tags: &BTreeMap<String, String>,
    resource: &str,
) -> Result<(), ControlError> {
    if tags.len() > MOST {
        return Err(ControlError::TooManyTags {
            resource: resource.to_owned(),
            most: MOST,
        });
    }
    Ok(())
}

/// What the tags ask for.
pub(crate) fn outcome(tags: &BTreeMap<String, String>) -> Outcome {
    tags.get(FAIL)
        .map_or(Outcome::Success, |reason| Outcome::Failure(reason.clone()))
}
