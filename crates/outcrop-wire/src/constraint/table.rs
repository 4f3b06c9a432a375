//! The constraint table, parsed and resolved.

use std::collections::HashMap;

use http::Method;

use super::{
    Kind, Location, Member, Shape,
    document::Document,
    resolve::{prelude, resolve_operation, resolve_shape},
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
