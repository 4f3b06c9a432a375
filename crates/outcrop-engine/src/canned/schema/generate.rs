//! The search for a value.

use std::cell::RefCell;

use serde_json::Value;

use super::{
    SchemaError,
    check::{Checker, equal},
    hints::Hints,
    node::{Node, Type},
    refs::Refs,
};
use crate::canned::chance::Chance;

/// Objects deeper than this get their required members only.
pub(super) const OPTIONAL_DEPTH: u32 = 4;
/// Values deeper than this are given up.
const MAX_DEPTH: u32 = 32;
/// Values that are tried for one schema before it is given up as too complex.
const MAX_STEPS: u32 = 10_000;
/// Different values that are tried for one set of choices.
const VARIANTS: u32 = 4;

/// Where a value goes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place<'n> {
    /// The name of the member; empty at the top.
    pub(super) name: &'n str,
    /// How many objects and arrays are around it.
    pub(super) depth: u32,
    /// Another number asks for another value.
    pub(super) variant: u32,
    /// Only what is needed: for schemas that do not allow everything at once.
    pub(super) sparse: bool,
}

impl Place<'_> {
    /// The place of a member or item in this one.
    pub(super) fn inner(self, name: &str) -> Place<'_> {
        Place {
            name,
            depth: self.depth + 1,
            variant: self.variant,
            sparse: false,
        }
    }
}

/// Makes values for one schema.
pub(super) struct Generator<'a, 'h> {
    pub(super) refs: Refs<'a>,
    pub(super) hints: &'h Hints<'h>,
    pub(super) checker: RefCell<Checker<'a>>,
    /// Schemas that a value is being made for right now: the targets of references, outermost first.
    active: Vec<&'a Value>,
    steps: u32,
}

impl<'a, 'h> Generator<'a, 'h> {
    pub(super) fn new(refs: Refs<'a>, hints: &'h Hints<'h>) -> Self {
        let active = refs.resolve("#").into_iter().collect();
        Self {
            refs,
            hints,
            checker: RefCell::new(Checker::new(refs)),
            active,
            steps: 0,
        }
    }

    /// A value that satisfies all of `schemas`.
    pub(super) fn value(
        &mut self,
        schemas: &[&'a Value],
        place: Place<'_>,
    ) -> Result<Value, SchemaError> {
        if place.depth > MAX_DEPTH {
            return Err(SchemaError::Unsatisfiable);
        }
        let node = Node::new(schemas, self.refs)?;
        self.settle(node, place)
    }

    /// Makes the choices that are left, one way after the other, until a value is found.
    fn settle(&mut self, mut node: Node<'a>, place: Place<'_>) -> Result<Value, SchemaError> {
        self.steps += 1;
        if self.steps > MAX_STEPS {
            return Err(SchemaError::TooComplex);
        }
        let Some(mut group) = node.groups.pop() else {
            return self.closed(&node, place);
        };
        group.sort(|schema| self.leads_back(schema));
        let mut failure = SchemaError::Unsatisfiable;
        for alternative in group.alternatives {
            let mut chosen = node.clone();
            let absorbed = alternative
                .iter()
                .try_for_each(|schema| chosen.absorb(schema, self.refs));
            match absorbed.and_then(|()| self.settle(chosen, place)) {
                Err(error) if !error.is_final() => failure = error,
                settled => return settled,
            }
        }
        Err(failure)
    }

    /// A value for a node without open choices.
    fn closed(&mut self, node: &Node<'a>, place: Place<'_>) -> Result<Value, SchemaError> {
        let outer = self.active.len();
        self.active.extend_from_slice(&node.followed);
        let mut failure = SchemaError::Unsatisfiable;
        let mut found = None;
        for attempt in 0..VARIANTS {
            let variant = place.variant.wrapping_add(attempt);
            match self.candidate(
                node,
                Place {
                    variant,
                    sparse: attempt % 2 == 1,
                    ..place
                },
            ) {
                Ok(value) if self.satisfies(node, &value)? => {
                    found = Some(value);
                    break;
                }
                Ok(_) => {}
                Err(error) if error.is_final() => return Err(error),
                Err(error) => failure = error,
            }
        }
        self.active.truncate(outer);
        found.ok_or(failure)
    }

    fn candidate(&mut self, node: &Node<'a>, place: Place<'_>) -> Result<Value, SchemaError> {
        if let Some(given) = self.given(node, place)? {
            return Ok(given);
        }
        let mut failure = SchemaError::Unsatisfiable;
        for kind in node.types() {
            let made = match kind {
                Type::String => self.string(node, place).map(Value::String),
                Type::Object => self.object(node, place),
                Type::Array => self.array(node, place),
                Type::Integer => super::number::integer(node, self.hints, place),
                Type::Number => super::number::number(node, self.hints, place),
                Type::Boolean => Ok(Value::Bool(place.variant.is_multiple_of(2))),
                Type::Null => Ok(Value::Null),
            };
            match made {
                Err(error) if !error.is_final() => failure = error,
                made => return made,
            }
        }
        Err(failure)
    }

    /// A value that the schema itself names. With an `enum` there is no other.
    fn given(&self, node: &Node<'a>, place: Place<'_>) -> Result<Option<Value>, SchemaError> {
        let listed = node.all("const").next().map(std::slice::from_ref);
        let listed = listed.or_else(|| {
            node.all("enum")
                .find_map(|list| list.as_array().map(Vec::as_slice))
        });
        let preferred = node
            .all("default")
            .chain(node.all("examples").filter_map(Value::as_array).flatten());
        let Some(list) = listed else {
            let fitting = self.fitting(node, preferred, place.variant as usize + 1)?;
            return Ok(fitting
                .get(place.variant as usize)
                .map(|value| (*value).clone()));
        };
        // What the prompt mentions, then the default, then the rest as listed.
        let mentioned = list.iter().filter(|value| self.hints.mention(value));
        let preferred = preferred.filter(|value| list.contains(value));
        let ordered = mentioned.chain(preferred).chain(list);
        let fitting = self.fitting(node, ordered, place.variant as usize + 1)?;
        let turn = place.variant as usize % fitting.len().max(1);
        let value = fitting.get(turn).map(|value| Some((*value).clone()));
        value.ok_or(SchemaError::Unsatisfiable)
    }

    /// The first `most` of `values` that satisfy the node, each one once.
    fn fitting<'v>(
        &self,
        node: &Node<'a>,
        values: impl Iterator<Item = &'v Value>,
        most: usize,
    ) -> Result<Vec<&'v Value>, SchemaError> {
        let mut fitting: Vec<&Value> = Vec::new();
        for value in values {
            if fitting.len() == most {
                break;
            }
            if !fitting.iter().any(|known| equal(known, value)) && self.satisfies(node, value)? {
                fitting.push(value);
            }
        }
        Ok(fitting)
    }

    fn satisfies(&self, node: &Node<'a>, value: &Value) -> Result<bool, SchemaError> {
        let mut checker = self.checker.borrow_mut();
        for part in &node.parts {
            if !checker.part_valid(part, value)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether `schema` refers to one that a value is being made for.
    pub(super) fn leads_back(&self, schema: &Value) -> bool {
        let refers = schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|reference| self.refs.resolve(reference).ok())
            .is_some_and(|target| {
                self.active
                    .iter()
                    .any(|active| std::ptr::eq(*active, target))
            });
        let within = ["anyOf", "oneOf", "allOf"]
            .into_iter()
            .filter_map(|keyword| schema.get(keyword)?.as_array())
            .flatten()
            .any(|schema| self.leads_back(schema));
        refers
            || within
            || schema
                .get("items")
                .is_some_and(|items| self.leads_back(items))
    }

    /// Choices for `place`, the same each time.
    pub(super) fn chance(&self, place: Place<'_>) -> Chance {
        self.hints.chance(place.name, place.variant)
    }
}
