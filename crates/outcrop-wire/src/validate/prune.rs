//! The body without the members of unions that the model does not know.
//!
//! Newer SDKs send members that an older model lacks, and the generated code refuses a union with one. Only members
//! beside a known variant are left out, so no content of the user's is ever dropped: everything else is copied byte for
//! byte, in its order.

use std::borrow::Cow;

use serde::{
    Deserialize,
    de::{Deserializer, MapAccess, Visitor},
};
use serde_json::value::RawValue;

use crate::constraint::{ConstraintTable, Kind, Member, Operation};

/// The pruned body of an operation, if it is JSON.
pub(super) fn prune(
    table: &ConstraintTable,
    operation: &Operation,
    body: &[u8],
) -> Option<Vec<u8>> {
    let members = table.input(operation);
    let payload = operation
        .payload
        .as_ref()
        .and_then(|name| members.iter().find(|member| member.name == *name));
    let shape = match payload {
        Some(member) => &member.target,
        None => operation.input.as_ref()?,
    };
    let mut pruned = Vec::with_capacity(body.len());
    write(
        table,
        shape,
        serde_json::from_slice(body).ok()?,
        &mut pruned,
    )?;
    Some(pruned)
}

fn write(table: &ConstraintTable, shape: &str, value: &RawValue, out: &mut Vec<u8>) -> Option<()> {
    let text = value.get();
    match table.shape(shape).map(|shape| &shape.kind) {
        Some(Kind::Structure(members)) if text.starts_with('{') => {
            write_object(out, fields(text)?, |out, key, value| {
                if let Some(member) = members.iter().find(|member| member.wire_name == key) {
                    write(table, &member.target, value, out)
                } else {
                    copy(value, out);
                    Some(())
                }
            })
        }
        Some(Kind::Union(members)) if text.starts_with('{') => {
            let known = |key: &str| members.iter().find(|member| member.wire_name == key);
            let mut fields = fields(text)?;
            fields.retain(|(key, _)| known(key).is_some());
            write_object(out, fields, |out, key, value| {
                write(table, target(known(key)), value, out)
            })
        }
        Some(Kind::Map(elements)) if text.starts_with('{') => {
            write_object(out, fields(text)?, |out, _, value| {
                write(table, &elements.value.target, value, out)
            })
        }
        Some(Kind::List { member, .. }) if text.starts_with('[') => {
            let elements: Vec<&RawValue> = serde_json::from_str(text).ok()?;
            out.push(b'[');
            for (index, element) in elements.into_iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write(table, &member.target, element, out)?;
            }
            out.push(b']');
            Some(())
        }
        _ => {
            copy(value, out);
            Some(())
        }
    }
}

fn target(member: Option<&Member>) -> &str {
    member.map_or("Document", |member| &member.target)
}

fn copy(value: &RawValue, out: &mut Vec<u8>) {
    out.extend_from_slice(value.get().as_bytes());
}

fn write_object<'a>(
    out: &mut Vec<u8>,
    fields: Vec<(Cow<'a, str>, &'a RawValue)>,
    mut write_value: impl FnMut(&mut Vec<u8>, &str, &RawValue) -> Option<()>,
) -> Option<()> {
    out.push(b'{');
    for (index, (key, value)) in fields.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        serde_json::to_writer(&mut *out, &*key).ok()?;
        out.push(b':');
        write_value(out, &key, value)?;
    }
    out.push(b'}');
    Some(())
}

fn fields(text: &str) -> Option<Vec<(Cow<'_, str>, &RawValue)>> {
    serde_json::from_str::<Fields<'_>>(text)
        .ok()
        .map(|fields| fields.0)
}

/// The members of an object, in their order, duplicates included.
struct Fields<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldsVisitor;

        impl<'de> Visitor<'de> for FieldsVisitor {
            type Value = Fields<'de>;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(key) = map.next_key::<String>()? {
                    fields.push((Cow::Owned(key), map.next_value()?));
                }
                Ok(Fields(fields))
            }
        }

        deserializer.deserialize_map(FieldsVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn pruned(operation: &str, body: &str) -> String {
        let table = testing::table();
        let found = table
            .operations()
            .iter()
            .find(|entry| entry.name == operation);
        let pruned = prune(&table, found.expect("in the table"), body.as_bytes()).expect("is JSON");
        String::from_utf8(pruned).expect("is UTF-8")
    }

    #[test]
    fn unknown_members_of_unions_go() {
        let body = r#"{"messages":[{"role":"user","content":[{"text":"a","__type":"x"},{"shiny":{},"text":"b"}]}]}"#;
        let expected = r#"{"messages":[{"role":"user","content":[{"text":"a"},{"text":"b"}]}]}"#;
        assert_eq!(pruned("Converse", body), expected);
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        let body = r#"{"zeta":[1],"messages":[{"content":[{"toolUse":{"input":{"b":1.50,"a":[ 2 ]},"new":1}}],"extra":null}],"additionalModelRequestFields":{"text":1}}"#;
        assert_eq!(pruned("Converse", body), body);
    }

    #[test]
    fn maps_and_recursive_unions_are_followed() {
        let body = r#"{"settings":{"a b":{"level":1}},"filter":{"andAll":[{"equals":"x","odd":1}],"odd":2}}"#;
        let expected = r#"{"settings":{"a b":{"level":1}},"filter":{"andAll":[{"equals":"x"}]}}"#;
        assert_eq!(pruned("CreateThing", body), expected);
    }
}
