//! Objects: required members, optional ones where they fit, and as many others as needed.

use std::{collections::HashSet, sync::LazyLock};

use serde_json::{Map, Value, json};

use super::{
    SchemaError,
    generate::{Generator, OPTIONAL_DEPTH, Place},
    node::Node,
    pattern::Maker,
};

/// Names that are tried for members that the schema does not name.
const NAMES: u32 = 64;

impl<'a> Generator<'a, '_> {
    /// An object for `node`.
    pub(super) fn object(
        &mut self,
        node: &Node<'a>,
        place: Place<'_>,
    ) -> Result<Value, SchemaError> {
        let most = node.at_most("maxProperties");
        let mut members = Map::new();
        let required = required(node);
        for name in declared(node) {
            let needed = required.contains(&name);
            let wanted = needed
                || !place.sparse
                    && place.depth < OPTIONAL_DEPTH
                    && (members.len() + missing(&required, &members))
                        < usize::try_from(most).unwrap_or(usize::MAX);
            if !wanted {
                continue;
            }
            let schemas = self.member(node, name)?;
            if !needed && schemas.iter().any(|schema| self.leads_back(schema)) {
                continue;
            }
            match self.value(&schemas, place.inner(name)) {
                Ok(value) => {
                    members.insert(name.to_owned(), value);
                }
                Err(error) if needed || error.is_final() => return Err(error),
                Err(_) => {}
            }
        }
        self.others(node, place, &mut members)?;
        Ok(Value::Object(members))
    }

    /// All schemas for the member `name`.
    fn member(&mut self, node: &Node<'a>, name: &str) -> Result<Vec<&'a Value>, SchemaError> {
        let mut schemas = Vec::new();
        let mut checker = self.checker.borrow_mut();
        for part in &node.parts {
            schemas.extend(checker.member_schemas(part, name)?);
        }
        Ok(schemas)
    }

    /// Adds members that the schema has no names for, if it wants some.
    fn others(
        &mut self,
        node: &Node<'a>,
        place: Place<'_>,
        members: &mut Map<String, Value>,
    ) -> Result<(), SchemaError> {
        let least = node.at_least("minProperties");
        // A map shows what it is by one entry.
        let map = members.is_empty()
            && !place.sparse
            && place.depth < OPTIONAL_DEPTH
            && node.at_most("maxProperties") > 0
            && node.all("additionalProperties").any(Value::is_object);
        for turn in 0..NAMES {
            let needed = (members.len() as u64) < least;
            let shown = !map || !members.is_empty();
            if !needed && shown {
                return Ok(());
            }
            let Some(name) = self.name(node, place, turn)? else {
                continue;
            };
            if members.contains_key(&name) {
                continue;
            }
            let schemas = self.member(node, &name)?;
            if !needed && schemas.iter().any(|schema| self.leads_back(schema)) {
                return Ok(());
            }
            match self.value(&schemas, place.inner(&name)) {
                Ok(value) => {
                    members.insert(name, value);
                }
                Err(error) if error.is_final() => return Err(error),
                Err(_) => {}
            }
        }
        if (members.len() as u64) < least {
            Err(SchemaError::TooComplex)
        } else {
            Ok(())
        }
    }

    /// A name for another member: one that `propertyNames` or a pattern allows, else `key`.
    fn name(
        &mut self,
        node: &Node<'a>,
        place: Place<'_>,
        turn: u32,
    ) -> Result<Option<String>, SchemaError> {
        static STRING: LazyLock<Value> = LazyLock::new(|| json!({"type": "string"}));
        let mut schemas: Vec<&'a Value> = node.all("propertyNames").collect();
        let patterns = node.all("patternProperties").filter_map(Value::as_object);
        let pattern = patterns.flat_map(Map::keys).next();
        let plain = if turn == 0 {
            "key".to_owned()
        } else {
            format!("key{}", turn + 1)
        };
        if let (true, Some(pattern)) = (schemas.is_empty(), pattern) {
            let mut chance = self.chance(Place {
                variant: turn,
                ..place
            });
            let made = Maker::new(pattern)?.make(turn % 8, &mut chance);
            return Ok(made.or(Some(plain)));
        }
        if schemas.is_empty() {
            return Ok(Some(plain));
        }
        schemas.push(&STRING);
        let place = Place {
            variant: turn,
            ..place.inner("key")
        };
        match self.value(&schemas, place) {
            Ok(Value::String(name)) => Ok(Some(name)),
            Err(error) if error.is_final() => Err(error),
            _ => Ok(None),
        }
    }
}

/// The names that must be there.
fn required<'a>(node: &Node<'a>) -> Vec<&'a str> {
    node.all("required")
        .filter_map(Value::as_array)
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

/// All names that the schema mentions, in its order.
fn declared<'a>(node: &Node<'a>) -> Vec<&'a str> {
    let mut known = HashSet::new();
    let properties = node
        .all("properties")
        .filter_map(Value::as_object)
        .flat_map(Map::keys)
        .map(String::as_str);
    let names = properties.chain(required(node));
    names.filter(|name| known.insert(*name)).collect()
}

fn missing(required: &[&str], members: &Map<String, Value>) -> usize {
    required
        .iter()
        .filter(|name| !members.contains_key(**name))
        .count()
}
