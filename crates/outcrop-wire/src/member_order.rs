//! Members in alphabetical order.
//!
//! The service's own JSON is sorted, and the generated serializers write members in the sorted order of the model.
//! Documents are the exception: they are hash maps, whose members come in another order each time. So what comes out
//! unsorted has a document in it, and is sorted here: the same request then has the same bytes. Native bodies
//! (`InvokeModel`) are the provider's, in the provider's order, and are left alone.
//!
//! Members that an operation tells as null come in on the same way ([`nulls`]).

mod layer;
mod nulls;
mod scan;

use std::{borrow::Cow, collections::BTreeMap};

use serde_json::value::RawValue;

pub use self::{
    layer::{MemberOrderLayer, MemberOrderService},
    nulls::NullMembers,
};
use self::{nulls::Nulls, scan::is_sorted};

/// The same JSON with the members of every object sorted by name. Nothing for what is sorted already, and for what
/// is not JSON. Values are not touched: numbers and strings keep their spelling.
pub(crate) fn sorted(json: &[u8]) -> Option<Vec<u8>> {
    if is_sorted(json) {
        return None;
    }
    written(json, &Nulls::default())
}

/// The same JSON with its members sorted, and with those that are null where they are absent.
fn written(json: &[u8], nulls: &Nulls) -> Option<Vec<u8>> {
    let value: &RawValue = serde_json::from_slice(json).ok()?;
    let mut out = Vec::with_capacity(json.len());
    write(value.get(), Some(nulls), &mut out)?;
    Some(out)
}

fn write(value: &str, nulls: Option<&Nulls>, out: &mut Vec<u8>) -> Option<()> {
    match value.as_bytes().first()? {
        b'{' => {
            let mut members: BTreeMap<Cow<'_, str>, &RawValue> =
                serde_json::from_str(value).ok()?;
            for name in nulls.iter().flat_map(|nulls| &nulls.null) {
                members.entry(name.into()).or_insert(RawValue::NULL);
            }
            write_all(*b"{}", out, members, |(name, value), out| {
                serde_json::to_writer(&mut *out, &name).ok()?;
                out.push(b':');
                let inner = nulls.and_then(|nulls| nulls.members.get(&*name));
                write(value.get(), inner, out)
            })
        }
        b'[' => {
            let elements: Vec<&RawValue> = serde_json::from_str(value).ok()?;
            write_all(*b"[]", out, elements, |element, out| {
                write(element.get(), nulls, out)
            })
        }
        _ => {
            out.extend_from_slice(value.as_bytes());
            Some(())
        }
    }
}

fn write_all<T>(
    brackets: [u8; 2],
    out: &mut Vec<u8>,
    items: impl IntoIterator<Item = T>,
    write_one: impl Fn(T, &mut Vec<u8>) -> Option<()>,
) -> Option<()> {
    out.push(brackets[0]);
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_one(item, out)?;
    }
    out.push(brackets[1]);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sort(json: &str) -> Option<String> {
        sorted(json.as_bytes()).map(|bytes| String::from_utf8(bytes).expect("JSON is text"))
    }

    #[test]
    fn members_are_sorted_at_every_depth() {
        let json = r#"{"a":[{"z":1,"y":{"d":-2.50,"c":"é\n\u0007"}}],"b":1e400,"_":null}"#;
        let expected = r#"{"_":null,"a":[{"y":{"c":"é\n\u0007","d":-2.50},"z":1}],"b":1e400}"#;
        assert_eq!(sort(json).as_deref(), Some(expected));
    }

    #[test]
    fn absent_members_are_null_where_the_data_says_so() {
        let nulls = NullMembers::parse(
            r#"{"Apply":{"about":"why","null":["b"],"members":{"list":{"null":["x"]}}}}"#,
        );
        let nulls = nulls.expect("data");
        let completed = |json: &str| {
            let bytes = written(json.as_bytes(), nulls.of("Apply").expect("an operation"));
            String::from_utf8(bytes.expect("JSON")).expect("JSON is text")
        };
        assert_eq!(
            completed(r#"{"a":1.0,"list":[{"y":1},{"x":2}]}"#),
            r#"{"a":1.0,"b":null,"list":[{"x":null,"y":1},{"x":2}]}"#
        );
        assert_eq!(completed(r#"{"b":"told"}"#), r#"{"b":"told"}"#);
        assert!(nulls.of("Other").is_none());
    }

    #[test]
    fn what_is_sorted_or_no_json_stays() {
        for json in [
            r#"{"a":1,"b":{"a":2,"c":[{"b":1},{"a":1}]},"c":"x"}"#,
            "{}",
            "",
            "null",
            r#"{"b":1,"a":"#,
        ] {
            assert_eq!(sort(json), None, "{json}");
        }
    }
}
