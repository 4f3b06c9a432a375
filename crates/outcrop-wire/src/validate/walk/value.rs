//! The walk over one value.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{
    Findings,
    path::{Path, Step},
    types::mismatch,
};
use crate::{
    constraint::{ConstraintTable, Constraints, Kind, Member, NumberKind},
    validate::message::{self, NOT_NULL, Shown, UNIQUE, Violation},
};

/// Shapes whose contents the service leaves out of its messages, though its public model does not mark them sensitive:
/// every live violation inside message content reads `Value at '…'`.
const CONCEALED: [&str; 1] = ["ContentBlock"];

/// Walks values and notes what it finds.
#[derive(Debug)]
pub(super) struct Walker<'t> {
    table: &'t ConstraintTable,
    path: Path<'t>,
    concealed: bool,
    pub(super) findings: Findings,
}

impl<'t> Walker<'t> {
    pub(super) fn new(table: &'t ConstraintTable) -> Self {
        Self {
            table,
            path: Path::default(),
            concealed: false,
            findings: Findings::default(),
        }
    }

    /// Walks a member that may be absent.
    pub(super) fn member(&mut self, member: &'t Member, value: Option<&Value>) {
        self.at(Step::Member(&member.name), |walker| match value {
            Some(value) if !value.is_null() => {
                walker.value(&member.target, &member.constraints, value);
            }
            _ if member.required => walker.violate(&Value::Null, None, NOT_NULL.to_owned()),
            _ => {}
        });
    }

    /// Notes that a blob of a given length breaks its length, if it does.
    pub(super) fn blob_member(&mut self, member: &'t Member, length: usize) {
        let Some(shape) = self.table.shape(&member.target) else {
            return;
        };
        self.at(Step::Member(&member.name), |walker| {
            walker.concealed = true;
            walker.length(
                &[&member.constraints, &shape.constraints],
                length,
                &Value::Null,
            );
        });
    }

    /// Notes that a value has the wrong type. Only the first is told.
    pub(super) fn mistyped(&mut self, what: &str) {
        let path = self.path.counted_from_one();
        let at = if path.is_empty() {
            String::new()
        } else {
            format!(" at '{path}'")
        };
        self.findings
            .type_error
            .get_or_insert_with(|| format!("{what}{at}"));
    }

    fn at(&mut self, step: Step<'t>, walk: impl FnOnce(&mut Self)) {
        let concealed = self.concealed;
        self.path.push(step);
        walk(self);
        self.path.pop();
        self.concealed = concealed;
    }

    pub(super) fn violate(&mut self, value: &Value, kind: Option<NumberKind>, constraint: String) {
        let Self {
            path,
            concealed,
            findings,
            ..
        } = self;
        findings.violation(|| Violation {
            value: if *concealed {
                Shown::Hidden
            } else {
                message::shown(value, kind)
            },
            path: path.counted_from_one(),
            constraint,
        });
    }

    fn value(&mut self, target: &'t str, own: &'t Constraints, value: &Value) {
        let Some(shape) = self.table.shape(target) else {
            return;
        };
        self.concealed |= shape.sensitive || CONCEALED.contains(&target);
        if let Some(what) = mismatch(&shape.kind, value) {
            self.mistyped(&what);
            return;
        }
        let constraints = [own, &shape.constraints];
        match (&shape.kind, value) {
            (Kind::Structure(members), Value::Object(fields)) => self.structure(members, fields),
            (Kind::Union(members), Value::Object(fields)) => self.union(target, members, fields),
            (Kind::List { member, unique }, Value::Array(elements)) => {
                self.list(member, *unique, constraints, value, elements);
            }
            (Kind::Map(elements), Value::Object(entries)) => {
                self.whole(&elements.value, |walker| {
                    walker.length(&constraints, entries.len(), value);
                });
                self.map_keys(&elements.key, value, entries);
                self.map_values(&elements.value, value, entries);
            }
            (Kind::Blob, Value::String(text)) => {
                let length = aws_smithy_types::base64::decode(text).map_or(0, |bytes| bytes.len());
                self.length(&constraints, length, value);
            }
            _ => self.simple(shape, constraints, value),
        }
    }

    fn structure(&mut self, members: &'t [Member], fields: &Map<String, Value>) {
        for member in members {
            self.member(member, fields.get(&member.wire_name));
        }
    }

    fn union(&mut self, name: &str, members: &'t [Member], fields: &Map<String, Value>) {
        let value_of = |member: &Member| {
            fields
                .get(&member.wire_name)
                .filter(|value| !value.is_null())
        };
        let set: Vec<&Member> = members
            .iter()
            .filter(|member| value_of(member).is_some())
            .collect();
        let is_known =
            |key: &str| key == "__type" || members.iter().any(|member| member.wire_name == key);
        let has_unknown = fields
            .iter()
            .any(|(key, value)| !value.is_null() && !is_known(key));
        match set[..] {
            [member] => {
                self.findings.unknown_beside_known |= has_unknown;
                self.member(member, value_of(member));
            }
            [] => self.union_fault(name, members, "must set one of the following keys"),
            _ => self.union_fault(name, members, "can set only one of the following keys"),
        }
    }

    fn union_fault(&mut self, name: &str, members: &[Member], what: &str) {
        let path = self.path.counted_from_zero();
        let keys = members
            .iter()
            .map(|member| member.name.as_str())
            .collect::<Vec<_>>()
            .join(", ");
        let fault = || format!("{name} object at {path} {what}: {keys}.");
        self.findings.union_fault.get_or_insert_with(fault);
    }

    fn list(
        &mut self,
        member: &'t Member,
        unique: bool,
        constraints: [&Constraints; 2],
        list: &Value,
        elements: &[Value],
    ) {
        self.whole(member, |walker| {
            walker.length(&constraints, elements.len(), list);
        });
        if unique {
            let distinct: HashSet<String> = elements.iter().map(Value::to_string).collect();
            if distinct.len() < elements.len() {
                self.violate(list, None, UNIQUE.to_owned());
            }
        }
        if self.is_simple(member) {
            self.each_simple(member, list, elements.iter(), |text| {
                format!("Member must satisfy constraint: [{text}]")
            });
        }
        for (index, element) in elements.iter().enumerate() {
            self.at(Step::Index(index), |walker| walker.element(member, element));
        }
    }

    fn map_keys(&mut self, key: &'t Member, map: &Value, entries: &Map<String, Value>) {
        let keys: Vec<Value> = entries
            .keys()
            .map(|key| Value::from(key.as_str()))
            .collect();
        self.each_simple(key, map, keys.iter(), |text| {
            format!("Map keys must satisfy constraint: [{text}]")
        });
    }

    fn map_values(&mut self, member: &'t Member, map: &Value, entries: &Map<String, Value>) {
        if self.is_simple(member) {
            self.each_simple(member, map, entries.values(), |text| {
                format!("Map value must satisfy constraint: [{text}]")
            });
        }
        for (key, value) in entries {
            self.at(Step::Key(key.clone()), |walker| {
                walker.element(member, value);
            });
        }
    }

    /// Judges a list or map as a whole: one of structures is not repeated, even if it is empty.
    fn whole(&mut self, member: &'t Member, judge: impl FnOnce(&mut Self)) {
        let concealed = self.concealed;
        self.concealed |= !self.is_simple(member);
        judge(self);
        self.concealed = concealed;
    }

    /// An element of a list or map; the constraints of simple ones were judged with the whole.
    fn element(&mut self, member: &'t Member, value: &Value) {
        if value.is_null() {
            self.violate(value, None, NOT_NULL.to_owned());
        } else if !self.is_simple(member) {
            self.value(&member.target, &member.constraints, value);
        } else if let Some(what) = self
            .table
            .shape(&member.target)
            .and_then(|shape| mismatch(&shape.kind, value))
        {
            self.mistyped(&what);
        }
    }

    fn is_simple(&self, member: &Member) -> bool {
        let shape = self.table.shape(&member.target);
        shape.is_some_and(|shape| matches!(shape.kind, Kind::Text { .. } | Kind::Number(_)))
    }

    /// One violation for all elements that break the constraints of their kind.
    fn each_simple<'v>(
        &mut self,
        member: &'t Member,
        whole: &Value,
        mut elements: impl Iterator<Item = &'v Value>,
        wording: impl FnOnce(String) -> String,
    ) {
        let Some(shape) = self.table.shape(&member.target) else {
            return;
        };
        let constraints = [&member.constraints, &shape.constraints];
        let mut probe = Walker::new(self.table);
        let breaks = elements.any(|element| {
            if mismatch(&shape.kind, element).is_none() {
                probe.simple(shape, constraints, element);
            }
            probe.findings.count > 0
        });
        if breaks {
            let values = match &shape.kind {
                Kind::Text { values } => values.as_deref(),
                _ => None,
            };
            self.concealed |= shape.sensitive;
            self.violate(whole, None, wording(message::of_each(&constraints, values)));
        }
    }
}
