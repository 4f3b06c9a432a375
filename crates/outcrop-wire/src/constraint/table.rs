//! The constraint table, parsed and resolved.

use std::collections::HashMap;

use http::Method;

use super::{
    Constraints, Kind, Location, MapElements, Member, NumberKind, Pattern, Shape,
    document::{ConstraintEntry, Document, MemberEntry, OperationEntry, Ordered, ShapeEntry},
};

/// Routes and input constraints of one service.
#[derive(Debug)]
pub struct ConstraintTable {
    service: String,
    operations: Vec<Operation>,
    shapes: HashMap<String, Shape>,
}

/// Why a constraint table cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The text is not a constraint table.
    #[error(
        "the constraint table cannot be read ({0}); write it again with `outcrop-codegen generate`"
    )]
    Syntax(#[from] serde_json::Error),
    /// A shape of a type that the wire layers do not know.
    #[error(
        "shape {shape} has the unknown type {kind}; outcrop-wire must learn it before this model can be served"
    )]
    UnknownType {
        /// The shape's name.
        shape: String,
        /// The type as the table has it.
        kind: String,
    },
    /// A list without `member`, or a map without `key` or `value`.
    #[error(
        "shape {0} lacks its element; write the constraint table again with `outcrop-codegen generate`"
    )]
    MissingElement(String),
    /// A member that targets a shape that is neither in the table nor in Smithy's prelude.
    #[error(
        "{0} is not among the shapes of the constraint table; write it again with `outcrop-codegen generate`"
    )]
    MissingShape(String),
    /// A route that cannot be dispatched by its first path segment.
    #[error(
        "the route {0} does not start with a literal path segment, so requests to it cannot be told apart"
    )]
    Route(String),
    /// A method that is not a token.
    #[error("operation {0} has an invalid HTTP method")]
    Method(String),
}

/// An operation as the table describes it.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) name: String,
    pub(crate) method: Method,
    pub(crate) uri: String,
    pub(crate) query: Vec<String>,
    pub(crate) input: Option<String>,
    pub(crate) payload: Option<String>,
    pub(crate) input_stream: bool,
    pub(crate) unenforced: bool,
}

impl ConstraintTable {
    /// Parses the `constraints.json` of a generated crate.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let document: Document = serde_json::from_str(text)?;
        let mut shapes = prelude();
        for (name, entry) in document.shapes {
            let shape = resolve_shape(&name, entry)?;
            shapes.insert(name, shape);
        }
        let operations = document
            .operations
            .into_iter()
            .map(resolve_operation)
            .collect::<Result<_, _>>()?;
        let table = Self {
            service: document.service,
            operations,
            shapes,
        };
        table.check_targets()?;
        Ok(table)
    }

    /// The service's name in its model.
    #[must_use]
    pub fn service(&self) -> &str {
        &self.service
    }

    /// The names of all operations, in the table's order.
    pub fn operation_names(&self) -> impl Iterator<Item = &str> {
        self.operations
            .iter()
            .map(|operation| operation.name.as_str())
    }

    pub(crate) fn operations(&self) -> &[Operation] {
        &self.operations
    }

    pub(crate) fn shape(&self, name: &str) -> Option<&Shape> {
        self.shapes.get(name)
    }

    /// The members of an operation's input, in the table's order.
    pub(crate) fn input(&self, operation: &Operation) -> &[Member] {
        match operation
            .input
            .as_deref()
            .and_then(|input| self.shape(input))
        {
            Some(Shape {
                kind: Kind::Structure(members),
                ..
            }) => members,
            _ => &[],
        }
    }

    /// Every member must lead somewhere: found at startup, not in the middle of a rejection.
    fn check_targets(&self) -> Result<(), TableError> {
        let inputs = self
            .operations
            .iter()
            .filter_map(|operation| operation.input.as_ref());
        let targets = self.shapes.values().flat_map(|shape| match &shape.kind {
            Kind::Structure(members) | Kind::Union(members) => members.iter().collect(),
            Kind::List { member, .. } => vec![member],
            Kind::Map(elements) => vec![&elements.key, &elements.value],
            _ => Vec::new(),
        });
        targets
            // A payload may be an event stream, whose shapes are not listed.
            .filter(|member| member.location != Location::Payload)
            .map(|member| &member.target)
            .chain(inputs)
            .find(|target| !self.shapes.contains_key(*target))
            .map_or(Ok(()), |target| {
                Err(TableError::MissingShape(target.clone()))
            })
    }
}

fn resolve_operation(entry: OperationEntry) -> Result<Operation, TableError> {
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

fn resolve_shape(name: &str, entry: ShapeEntry) -> Result<Shape, TableError> {
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
fn prelude() -> HashMap<String, Shape> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn members_keep_their_order_and_their_place() {
        let table = testing::table();
        let operation = &table.operations()[0];
        let members = table.input(operation);
        let names: Vec<_> = members.iter().map(|member| member.name.as_str()).collect();
        assert_eq!(names[..3], ["modelId", "messages", "system"]);
        assert_eq!(members[0].location, Location::Label);
        assert_eq!(members[1].location, Location::Body);
    }

    #[test]
    fn headers_and_queries_have_their_own_names() {
        let table = testing::table();
        let list = table
            .operations()
            .iter()
            .find(|operation| operation.name == "ListThings");
        let members = table.input(list.expect("in the table"));
        assert_eq!(members[0].location, Location::Query);
        assert_eq!(members[0].wire_name, "maxResults");
    }

    #[test]
    fn missing_shape_is_named() {
        let text = r#"{"service":"S","operations":[],"shapes":{"A":{"type":"list","member":{"target":"Nowhere"}}}}"#;
        let error = ConstraintTable::parse(text).expect_err("refers to nothing");
        assert!(
            error.to_string().starts_with("Nowhere is not among"),
            "{error}"
        );
    }

    #[test]
    fn unknown_type_is_named() {
        let text = r#"{"service":"S","operations":[],"shapes":{"A":{"type":"quaternion"}}}"#;
        let error = ConstraintTable::parse(text).expect_err("not a type");
        assert!(
            error
                .to_string()
                .contains("A has the unknown type quaternion"),
            "{error}"
        );
    }
}
