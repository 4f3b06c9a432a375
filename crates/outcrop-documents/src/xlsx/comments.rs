//! What is noted at cells.

use super::strings;
use crate::{
    Unreadable,
    package::{Event, Xml},
};

/// The places and the texts of comments.
pub(super) fn read(mut xml: Xml<'_>) -> Result<Vec<(String, String)>, Unreadable> {
    let mut comments = Vec::new();
    while let Some(event) = xml.next()? {
        if let Event::Start(element) = event
            && element.name() == b"comment"
        {
            let place = element.attribute("ref").unwrap_or_default();
            comments.push((place, strings::one(&mut xml)?));
        }
    }
    Ok(comments)
}
