//! The members of an object without a look into them.

use serde::{Deserialize, de::IgnoredAny};
use serde_json::Deserializer;

/// A member's name and the bytes of its value.
pub(super) type Member<'a> = (String, &'a [u8]);

/// The members of a JSON object in their order, each value as it is written. `None` for anything else.
pub(super) fn members(json: &[u8]) -> Option<Vec<Member<'_>>> {
    let mut rest = after(json, b'{')?;
    let mut members = Vec::new();
    if let Some(end) = after(rest, b'}') {
        return end.trim_ascii().is_empty().then_some(members);
    }
    loop {
        let (name, after_name) = value::<String>(rest)?;
        let start = after(after_name, b':')?.trim_ascii_start();
        let (_, after_value) = value::<IgnoredAny>(start)?;
        let length = start.len() - after_value.len();
        members.push((name, start.get(..length)?));
        if let Some(more) = after(after_value, b',') {
            rest = more;
            continue;
        }
        let end = after(after_value, b'}')?;
        return end.trim_ascii().is_empty().then_some(members);
    }
}

/// What follows a sign, and the blanks before it.
fn after(json: &[u8], sign: u8) -> Option<&[u8]> {
    json.trim_ascii_start().strip_prefix(&[sign])
}

/// The next value, and what follows it.
fn value<'a, T: Deserialize<'a>>(json: &'a [u8]) -> Option<(T, &'a [u8])> {
    let mut values = Deserializer::from_slice(json).into_iter::<T>();
    let value = values.next()?.ok()?;
    Some((value, json.get(values.byte_offset()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_as_they_are_written() {
        let json = br#" { "a\n" : 1e2 , "b":{ "c" : [1.50, "}"] },"d":"\u00e9","e" :null } "#;
        let expected: Vec<Member<'_>> = vec![
            ("a\n".to_owned(), b"1e2"),
            ("b".to_owned(), br#"{ "c" : [1.50, "}"] }"#),
            ("d".to_owned(), br#""\u00e9""#),
            ("e".to_owned(), b"null"),
        ];
        assert_eq!(members(json), Some(expected));
        assert_eq!(members(b"{}"), Some(Vec::new()));
    }

    #[test]
    fn what_is_no_object_has_no_members() {
        for json in [
            "",
            "[]",
            "{",
            "{]",
            r#"{"a"}"#,
            r#"{"a":}"#,
            r#"{"a":1,}"#,
            r#"{"a":1} x"#,
            "{a:1}",
            r#"{"a":1 "b":2}"#,
            r#"{"a":tru}"#,
        ] {
            assert_eq!(members(json.as_bytes()), None, "{json}");
        }
    }
}
