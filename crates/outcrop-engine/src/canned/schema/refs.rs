//! References within one schema.

use std::borrow::Cow;

use serde_json::Value;

use super::SchemaError;

/// The schema that references are looked up in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Refs<'a> {
    root: &'a Value,
}

impl<'a> Refs<'a> {
    pub(super) fn new(root: &'a Value) -> Self {
        Self { root }
    }

    /// What `reference` leads to: `#`, a JSON pointer, or an `$anchor` or `$id` of a definition.
    pub(super) fn resolve(self, reference: &str) -> Result<&'a Value, SchemaError> {
        let unknown = || SchemaError::UnknownRef(reference.to_owned());
        let own = self
            .root
            .get("$id")
            .or_else(|| self.root.get("id"))
            .and_then(Value::as_str);
        let local = match own.and_then(|own| reference.strip_prefix(own.trim_end_matches('#'))) {
            Some(rest) if rest.is_empty() || rest.starts_with('#') => rest,
            _ => reference,
        };
        match local.strip_prefix('#') {
            Some("") => Ok(self.root),
            Some(pointer) if pointer.starts_with('/') => {
                self.root.pointer(&decode(pointer)).ok_or_else(unknown)
            }
            Some(anchor) => self.definition("$anchor", anchor).ok_or_else(unknown),
            None if local.is_empty() => Ok(self.root),
            None => self
                .definition("$id", local)
                .ok_or_else(|| SchemaError::RemoteRef(reference.to_owned())),
        }
    }

    fn definition(self, keyword: &str, name: &str) -> Option<&'a Value> {
        ["$defs", "definitions"]
            .into_iter()
            .filter_map(|place| self.root.get(place)?.as_object())
            .flat_map(|definitions| definitions.values())
            .find(|definition| definition.get(keyword).and_then(Value::as_str) == Some(name))
    }
}

/// Undoes the percent encoding of a URI fragment.
fn decode(pointer: &str) -> Cow<'_, str> {
    if !pointer.contains('%') {
        return Cow::Borrowed(pointer);
    }
    let mut bytes = Vec::with_capacity(pointer.len());
    let mut rest = pointer.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let hex = after
            .get(..2)
            .and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        if let Some(decoded) = hex.filter(|_| *byte == b'%') {
            bytes.push(decoded);
            rest = &after[2..];
        } else {
            bytes.push(*byte);
            rest = after;
        }
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_stay_within_the_schema() {
        let schema = json!({
            "$id": "https://example.com/own",
            "$defs": {"a b": {"const": 1}, "c": {"$anchor": "here"}, "d": {"$id": "other"}},
        });
        let refs = Refs::new(&schema);
        assert_eq!(refs.resolve("#"), Ok(&schema));
        assert_eq!(
            refs.resolve("https://example.com/own#/$defs/c"),
            Ok(&schema["$defs"]["c"])
        );
        assert_eq!(refs.resolve("#/$defs/a%20b"), Ok(&schema["$defs"]["a b"]));
        assert_eq!(refs.resolve("#here"), Ok(&schema["$defs"]["c"]));
        assert_eq!(refs.resolve("other"), Ok(&schema["$defs"]["d"]));
        assert!(matches!(
            refs.resolve("#/$defs/z"),
            Err(SchemaError::UnknownRef(_))
        ));
        assert!(matches!(
            refs.resolve("https://example.com/x"),
            Err(SchemaError::RemoteRef(_))
        ));
        assert!(matches!(
            refs.resolve("file:///etc/passwd"),
            Err(SchemaError::RemoteRef(_))
        ));
    }
}
