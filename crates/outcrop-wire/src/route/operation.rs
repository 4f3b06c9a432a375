//! What the layers must know about the operation that a request is for.

use std::{fmt, sync::Arc};

use http::{HeaderMap, HeaderName, header};

use crate::{
    constraint::{ConstraintTable, Kind, Location, Member, Operation},
    validate::Plan,
};

/// Request and response extension: the operation that the request is for.
///
/// Logs and metrics take its name from here; it is absent on requests that no operation matches.
#[derive(Clone)]
pub struct OperationName(pub(crate) Arc<RoutedOperation>);

impl OperationName {
    /// The operation's name in the model, for example `Converse`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.name
    }
}

impl fmt::Debug for OperationName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("OperationName")
            .field(&self.0.name)
            .finish()
    }
}

/// An operation, with everything about it that is worth computing once.
#[derive(Debug)]
pub(crate) struct RoutedOperation {
    pub(crate) name: String,
    /// Its place in the table's list of operations.
    pub(crate) index: usize,
    /// Its service's place in the list of services.
    pub(crate) service: usize,
    pub(crate) table: Arc<ConstraintTable>,
    pub(crate) served: bool,
    pub(crate) body: BodyKind,
    /// The headers that are members of the input.
    header_members: Vec<HeaderName>,
    /// The input reaches a union, so a rejection may be worth a second try without an unknown member.
    pub(crate) reaches_union: bool,
    /// What the generated code does not check.
    pub(crate) plan: Plan,
}

/// What the body of a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyKind {
    /// Nothing of the input travels in the body.
    None,
    /// The body is a JSON object of the input's members, or one JSON member.
    Json,
    /// The body is the bytes of one member.
    Blob,
    /// The body is an event stream.
    Stream,
}

impl RoutedOperation {
    pub(crate) fn new(
        table: &Arc<ConstraintTable>,
        index: usize,
        service: usize,
        served: bool,
    ) -> Self {
        let operation = &table.operations()[index];
        let body = body_kind(table, operation);
        let members = table.input(operation);
        Self {
            name: operation.name.clone(),
            index,
            service,
            served,
            body,
            header_members: members.iter().filter_map(header_name).collect(),
            reaches_union: body == BodyKind::Json
                && crate::validate::reaches_union(table, operation),
            plan: Plan::new(table, operation),
            table: Arc::clone(table),
        }
    }

    /// Whether the `Accept` header is a member of the input.
    pub(crate) fn binds_accept(&self) -> bool {
        self.header_members.contains(&header::ACCEPT)
    }

    /// The headers that are members of the input.
    pub(crate) fn kept_headers(&self, headers: &HeaderMap) -> HeaderMap {
        let mut kept = HeaderMap::new();
        for name in &self.header_members {
            for value in headers.get_all(name) {
                kept.append(name.clone(), value.clone());
            }
        }
        kept
    }

    /// The operation as the table has it.
    pub(crate) fn entry(&self) -> &Operation {
        &self.table.operations()[self.index]
    }
}

fn header_name(member: &Member) -> Option<HeaderName> {
    let name = (member.location == Location::Header).then_some(&member.wire_name)?;
    HeaderName::from_bytes(name.as_bytes()).ok()
}

fn body_kind(table: &ConstraintTable, operation: &Operation) -> BodyKind {
    if operation.input_stream {
        return BodyKind::Stream;
    }
    let members = table.input(operation);
    if let Some(payload) = &operation.payload {
        let member = members.iter().find(|member| member.name == *payload);
        let target = member.and_then(|member| table.shape(&member.target));
        return match target.map(|shape| &shape.kind) {
            Some(Kind::Blob | Kind::Text { .. }) | None => BodyKind::Blob,
            Some(_) => BodyKind::Json,
        };
    }
    if members
        .iter()
        .any(|member| member.location == Location::Body)
    {
        BodyKind::Json
    } else {
        BodyKind::None
    }
}
