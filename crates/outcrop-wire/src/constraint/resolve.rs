//! From the words of the file to what the walk needs.

use std::collections::HashMap;

use http::Method;

use super::{
    Constraints, Kind, Location, MapElements, Member, NumberKind, Operation, Pattern, Shape,
    TableError,
    document::{ConstraintEntry, MemberEntry, OperationEntry, Ordered, ShapeEntry},
};

pub(super) fn resolve_operation(entry: OperationEntry) -> Result<Operation, TableError> {
    let method = Method::from_bytes(entry.method.as_bytes())
        .map_err(|_| TableError::Method(entry.name.clone()))?;
    Ok(Operation {
        name: entry.name,
        method,
        uri: entry.uri,
        query: entry.query,
        input: entry.input,
        payload: entry.payload,
        input_stream: entry.input_stream,
        unenforced: entry.unenforced,
    })
}

pub(super) fn resolve_shape(name: &str, entry: ShapeEntry) -> Result<Shape, TableError> {
    let missing = || TableError::MissingElement(name.to_owned());
    let kind = match entry.kind.as_str() {
        "structure" => Kind::Structure(resolve_members(entry.members)),
        "union" => Kind::Union(resolve_members(entry.members)),
        "list" | "set" => Kind::List {
            member: resolve_member("member", entry.member.ok_or_else(missing)?),
            unique: entry.unique,
        },
        "map" => Kind::Map(Box::new(MapElements {
            key: resolve_member("key", entry.key.ok_or_else(missing)?),
            value: resolve_member("value", entry.value.ok_or_else(missing)?),
        })),
        "string" | "enum" => Kind::Text {
            values: entry.values.filter(|_| !entry.open),
        },
        simple => simple_kind(simple).ok_or_else(|| TableError::UnknownType {
            shape: name.to_owned(),
            kind: simple.to_owned(),
        })?,
    };
    Ok(Shape {
        kind,
        constraints: resolve_constraints(entry.constraints),
        sensitive: entry.sensitive,
    })
}

fn simple_kind(name: &str) -> Option<Kind> {
    Some(match name {
        "byte" => Kind::Number(NumberKind::Byte),
        "short" => Kind::Number(NumberKind::Short),
        "integer" | "intEnum" => Kind::Number(NumberKind::Integer),
        "long" => Kind::Number(NumberKind::Long),
        "float" => Kind::Number(NumberKind::Float),
        "double" | "bigInteger" | "bigDecimal" => Kind::Number(NumberKind::Double),
        "boolean" => Kind::Boolean,
        "blob" => Kind::Blob,
        "timestamp" => Kind::Timestamp,
        "document" => Kind::Document,
        "string" => Kind::Text { values: None },
        _ => return None,
    })
}

fn resolve_members(members: Ordered<MemberEntry>) -> Vec<Member> {
    let members = members.0.into_iter();
    members
        .map(|(name, entry)| resolve_member(&name, entry))
        .collect()
}

fn resolve_member(name: &str, entry: MemberEntry) -> Member {
    let (location, bound_name) = match entry
        .location
        .as_deref()
        .map(|text| text.split_once(':').unwrap_or((text, "")))
    {
        None => (Location::Body, ""),
        Some(("label", _)) => (Location::Label, ""),
        Some(("payload", _)) => (Location::Payload, ""),
        Some(("query", key)) => (Location::Query, key),
        Some(("header", key)) => (Location::Header, key),
        Some(_) => (Location::Other, ""),
    };
    let wire_name = match (bound_name, &entry.name) {
        ("", Some(json_name)) => json_name,
        ("", None) => name,
        (bound_name, _) => bound_name,
    };
    Member {
        name: name.to_owned(),
        wire_name: wire_name.to_owned(),
        target: entry.target,
        required: entry.required,
        location,
        constraints: resolve_constraints(entry.constraints),
    }
}

fn resolve_constraints(entry: ConstraintEntry) -> Constraints {
    Constraints {
        length: entry.length,
        range: entry.range,
        pattern: entry.pattern.as_deref().map(Pattern::new),
    }
}

/// Smithy's prelude, whose shapes a table may name without listing them.
pub(super) fn prelude() -> HashMap<String, Shape> {
    const NAMES: [(&str, &[&str]); 13] = [
        ("byte", &["Byte", "PrimitiveByte"]),
        ("short", &["Short", "PrimitiveShort"]),
        ("integer", &["Integer", "PrimitiveInteger"]),
        ("long", &["Long", "PrimitiveLong"]),
        ("float", &["Float", "PrimitiveFloat"]),
        ("double", &["Double", "PrimitiveDouble"]),
        ("bigInteger", &["BigInteger"]),
        ("bigDecimal", &["BigDecimal"]),
        ("boolean", &["Boolean", "PrimitiveBoolean"]),
        ("blob", &["Blob"]),
        ("timestamp", &["Timestamp"]),
        ("document", &["Document"]),
        ("string", &["String"]),
    ];
    let mut shapes: HashMap<String, Shape> = HashMap::new();
    for (kind, names) in NAMES {
        for name in names {
            if let Some(kind) = simple_kind(kind) {
                let constraints = Constraints::default();
                let sensitive = false;
                shapes.insert(
                    (*name).to_owned(),
                    Shape {
                        kind,
                        constraints,
                        sensitive,
                    },
                );
            }
        }
    }
    // An empty structure; operations without input may target it.
    shapes.insert(
        "Unit".to_owned(),
        Shape {
            kind: Kind::Structure(Vec::new()),
            constraints: Constraints::default(),
            sensitive: false,
        },
    );
    shapes
}
