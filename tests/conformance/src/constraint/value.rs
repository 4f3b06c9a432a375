//! Values of shapes: the least that is valid, or that and the way to one place.

use serde_json::{Map, Value, json};

use super::{
    table::{Member, Rules, Shape, Table},
    text,
};

/// Deeper nesting than any least value needs.
const DEPTH: usize = 24;

/// One step from a value to what it contains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// A member of a structure or union, by its name in the model.
    Member(String),
    /// The first element of a list.
    Element,
    /// The value of a map's first entry.
    MapValue,
}

/// What stands at the end of a path.
#[derive(Debug, Clone)]
pub(super) enum Leaf {
    /// Whatever is valid.
    Valid,
    /// This value.
    Value(Value),
    /// Nothing: the member is left out.
    Nothing,
}

/// A value of a member's target that is valid except for the end of the path.
pub(super) fn build(table: &Table, member: &Member, path: &[Step], leaf: &Leaf) -> Option<Value> {
    build_at(table, member, path, leaf, DEPTH)
}

fn build_at(
    table: &Table,
    member: &Member,
    path: &[Step],
    leaf: &Leaf,
    depth: usize,
) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    if path.is_empty() {
        match leaf {
            Leaf::Value(value) => return Some(value.clone()),
            Leaf::Nothing => return None,
            Leaf::Valid => {}
        }
    }
    let shape = table.shape(&member.target)?;
    let rules = table.rules(member);
    Some(match shape.kind.as_str() {
        "structure" => Value::Object(structure(table, shape, path, leaf, depth)?),
        "union" => Value::Object(union(table, shape, path, leaf, depth)?),
        "list" => Value::Array(list(table, shape, &rules, path, leaf, depth)?),
        "map" => Value::Object(map(table, shape, &rules, path, leaf, depth)?),
        _ => scalar(shape, &rules)?,
    })
}

fn structure(
    table: &Table,
    shape: &Shape,
    path: &[Step],
    leaf: &Leaf,
    depth: usize,
) -> Option<Map<String, Value>> {
    let mut members = Map::new();
    // The table does not list the shapes of event streams.
    let listed = |member: &Member| table.shape(&member.target).is_some();
    for (name, member) in shape.members.iter().filter(|(_, member)| listed(member)) {
        let on_path = path.first() == Some(&Step::Member(name.clone()));
        let value = match (on_path, member.required) {
            (true, _) if path.len() == 1 && matches!(leaf, Leaf::Nothing) => continue,
            (true, _) => build_at(table, member, &path[1..], leaf, depth)?,
            (false, true) => build_at(table, member, &[], &Leaf::Valid, depth)?,
            (false, false) => continue,
        };
        members.insert(member.wire_name(name).to_owned(), value);
    }
    Some(members)
}

fn union(
    table: &Table,
    shape: &Shape,
    path: &[Step],
    leaf: &Leaf,
    depth: usize,
) -> Option<Map<String, Value>> {
    if let Some(Step::Member(chosen)) = path.first() {
        let member = shape.members.get(chosen)?;
        let value = build_at(table, member, &path[1..], leaf, depth)?;
        return Some(Map::from_iter([(
            member.wire_name(chosen).to_owned(),
            value,
        )]));
    }
    let mut variants = shape.members.iter();
    variants.find_map(|(name, member)| {
        let value = build_at(table, member, &[], &Leaf::Valid, depth)?;
        Some(Map::from_iter([(member.wire_name(name).to_owned(), value)]))
    })
}

fn list(
    table: &Table,
    shape: &Shape,
    rules: &Rules,
    path: &[Step],
    leaf: &Leaf,
    depth: usize,
) -> Option<Vec<Value>> {
    let element = shape.member.as_ref()?;
    let on_path = path.first() == Some(&Step::Element);
    let count = rules.least().max(usize::from(on_path));
    let mut elements = Vec::with_capacity(count);
    for index in 0..count {
        elements.push(if on_path && index == 0 {
            build_at(table, element, &path[1..], leaf, depth)?
        } else {
            build_at(table, element, &[], &Leaf::Valid, depth)?
        });
    }
    Some(elements)
}

fn map(
    table: &Table,
    shape: &Shape,
    rules: &Rules,
    path: &[Step],
    leaf: &Leaf,
    depth: usize,
) -> Option<Map<String, Value>> {
    let member = shape.value.as_ref()?;
    let on_path = path.first() == Some(&Step::MapValue);
    let count = rules.least().max(usize::from(on_path));
    let mut entries = Map::new();
    for (index, key) in keys(table, shape, count)?.into_iter().enumerate() {
        let value = if on_path && index == 0 {
            build_at(table, member, &path[1..], leaf, depth)?
        } else {
            build_at(table, member, &[], &Leaf::Valid, depth)?
        };
        entries.insert(key, value);
    }
    Some(entries)
}

/// So many distinct keys of a map.
pub(super) fn keys(table: &Table, shape: &Shape, count: usize) -> Option<Vec<String>> {
    let member = shape.key.as_ref()?;
    let closed = table
        .shape(&member.target)
        .and_then(|key| key.values.clone());
    if let Some(values) = closed {
        return (values.len() >= count).then(|| values.into_iter().take(count).collect());
    }
    let base = text::valid(&table.rules(member))?;
    let keys = (0..count).map(|index| {
        if index == 0 {
            base.clone()
        } else {
            format!("{base}{index}")
        }
    });
    Some(keys.collect())
}

fn scalar(shape: &Shape, rules: &Rules) -> Option<Value> {
    Some(match shape.kind.as_str() {
        "string" => match &shape.values {
            Some(values) => json!(values.first()?),
            None => json!(text::valid(rules)?),
        },
        "boolean" => json!(true),
        "integer" | "long" | "short" | "byte" => json!(number(rules)),
        "float" | "double" => json!(rules.range.and_then(|(least, _)| least).unwrap_or(0.5)),
        "blob" => json!(aws_smithy_types::base64::encode(
            "a".repeat(rules.least().max(1))
        )),
        "timestamp" => json!("2026-01-02T03:04:05Z"),
        "document" => json!({}),
        _ => return None,
    })
}

fn number(rules: &Rules) -> i64 {
    let least = rules.range.and_then(|(least, _)| least).unwrap_or(1.0);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "limits of integers are integers"
    )]
    let least = least.ceil() as i64;
    least
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::table;

    fn built(path: &[Step], leaf: &Leaf) -> Value {
        let member = Member::of("CreateThing");
        build(&table(), &member, path, leaf).expect("a value")
    }

    #[test]
    fn the_least_value_has_what_is_required() {
        assert_eq!(
            built(&[], &Leaf::Valid),
            json!({"id": "aa", "tags": [{"key": "a"}]})
        );
    }

    #[test]
    fn a_path_is_built_down_to_its_leaf() {
        let path = ["tags", "value"].map(|name| Step::Member(name.to_owned()));
        let path = [path[0].clone(), Step::Element, path[1].clone()];
        let value = built(&path, &Leaf::Value(json!(7)));
        assert_eq!(value["tags"], json!([{"key": "a", "value": 7}]));
        let key = [
            path[0].clone(),
            Step::Element,
            Step::Member("key".to_owned()),
        ];
        assert_eq!(built(&key, &Leaf::Nothing)["tags"], json!([{}]));
        let entry = [Step::Member("labels".to_owned()), Step::MapValue];
        assert_eq!(built(&entry, &Leaf::Valid)["labels"], json!({"a": "a"}));
    }
}
