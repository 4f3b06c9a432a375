//! The walk over a whole request: path, query, headers and body.

use std::borrow::Cow;

use http::{HeaderMap, Uri};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::{Findings, value::Walker};
use crate::{
    constraint::{Kind, Location, Member},
    error::WireError,
    route::{BodyKind, RoutedOperation},
};

/// A request, as far as its input is concerned.
#[derive(Debug)]
pub(in crate::validate) struct Input<'r> {
    pub(in crate::validate) operation: &'r RoutedOperation,
    /// With the path that the generated router sees.
    pub(in crate::validate) uri: &'r Uri,
    pub(in crate::validate) headers: &'r HeaderMap,
    pub(in crate::validate) body: &'r [u8],
}

impl Input<'_> {
    /// Walks the constraint table over the request.
    pub(in crate::validate) fn walk(&self) -> Findings {
        let table = &self.operation.table;
        let members = table.input(self.operation.entry());
        let mut walker = Walker::new(table);
        let body = self.parse_body(&mut walker);
        for member in members {
            match member.location {
                Location::Body => walker.member(
                    member,
                    body.as_ref().and_then(|body| body.get(&member.wire_name)),
                ),
                Location::Payload => self.payload(&mut walker, member, body.as_ref()),
                Location::Label | Location::Query | Location::Header => {
                    walker.member(member, self.unbound(member).as_ref());
                }
                Location::Other => {}
            }
        }
        walker.findings
    }

    fn parse_body(&self, walker: &mut Walker<'_>) -> Option<Value> {
        if self.operation.body != BodyKind::Json {
            return None;
        }
        if self.body.is_empty() {
            return Some(Value::Object(Map::new()));
        }
        match serde_json::from_slice(self.body) {
            Ok(body @ Value::Object(_)) => return Some(body),
            Ok(Value::Array(_)) => walker.mistyped("Start of list found where not expected"),
            Ok(_) => walker.mistyped("Unexpected field type"),
            Err(error) => walker.mistyped(&format!("The request body is not valid JSON: {error}")),
        }
        None
    }

    fn payload<'t>(&self, walker: &mut Walker<'t>, member: &'t Member, body: Option<&Value>) {
        match self.operation.body {
            BodyKind::Json => walker.member(member, body.filter(|_| !self.body.is_empty())),
            BodyKind::Blob if self.body.is_empty() => walker.member(member, None),
            BodyKind::Blob => walker.blob_member(member, self.body.len()),
            BodyKind::None | BodyKind::Stream => {}
        }
    }

    /// The value of a member that travels outside of the body, read as what its target is.
    fn unbound(&self, member: &Member) -> Option<Value> {
        let shape = self.operation.table.shape(&member.target)?;
        if let Kind::List {
            member: element, ..
        } = &shape.kind
        {
            let element = self.operation.table.shape(&element.target)?;
            let texts = self.texts(member);
            let elements: Vec<Value> = texts
                .iter()
                .map(|text| typed(&element.kind, text))
                .collect();
            return (!elements.is_empty()).then_some(Value::Array(elements));
        }
        self.texts(member)
            .first()
            .map(|text| typed(&shape.kind, text))
    }

    fn texts(&self, member: &Member) -> Vec<Cow<'_, str>> {
        match member.location {
            Location::Label => self.label(&member.name).into_iter().collect(),
            Location::Query => {
                let pairs = form_urlencoded::parse(self.uri.query().unwrap_or_default().as_bytes());
                pairs
                    .filter(|(key, _)| *key == member.wire_name)
                    .map(|(_, value)| value)
                    .collect()
            }
            Location::Header => {
                let values = self.headers.get_all(&member.wire_name).iter();
                values
                    .map(|value| String::from_utf8_lossy(value.as_bytes()))
                    .collect()
            }
            Location::Body | Location::Payload | Location::Other => Vec::new(),
        }
    }

    fn label(&self, name: &str) -> Option<Cow<'_, str>> {
        let is_label = |segment: &str| {
            segment
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'))
                == Some(name)
        };
        let position = self.operation.entry().uri.split('/').position(is_label)?;
        let segment = self.uri.path().split('/').nth(position)?;
        Some(percent_decode_str(segment).decode_utf8_lossy())
    }
}

/// A text from path, query or header as a value of the given kind. What cannot be read stays a text, which the walk
/// then finds to be of the wrong type.
fn typed(kind: &Kind, text: &str) -> Value {
    let parsed = match kind {
        Kind::Number(_) => serde_json::from_str::<serde_json::Number>(text)
            .ok()
            .map(Value::Number),
        Kind::Boolean => text.parse().ok().map(Value::Bool),
        _ => None,
    };
    parsed.unwrap_or_else(|| Value::from(text))
}

/// The error for a body of more than `limit` bytes where the body is one blob that may not be as long as that.
pub(crate) fn payload_too_large(operation: &RoutedOperation, limit: usize) -> Option<WireError> {
    let members = operation.table.input(operation.entry());
    let member = members
        .iter()
        .find(|member| member.location == Location::Payload)?;
    let mut walker = Walker::new(&operation.table);
    if operation.body == BodyKind::Blob {
        walker.blob_member(member, limit.saturating_add(1));
    }
    walker.findings.into_error()
}
