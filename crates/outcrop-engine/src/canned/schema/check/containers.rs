//! Arrays and objects.

use serde_json::{Map, Value};

use super::{Checker, Valid, equal, list};
use crate::canned::schema::node::count;

impl<'a> Checker<'a> {
    pub(super) fn array(&mut self, part: &'a Map<String, Value>, items: &[Value]) -> Valid {
        let length = items.len() as u64;
        let sized = part
            .get("minItems")
            .and_then(count)
            .is_none_or(|least| length >= least)
            && part
                .get("maxItems")
                .and_then(count)
                .is_none_or(|most| length <= most);
        if !sized || part.get("uniqueItems") == Some(&Value::Bool(true)) && !unique(items) {
            return Ok(false);
        }
        for (index, item) in items.iter().enumerate() {
            if let Some(schema) = item_schema(part, index)
                && !self.valid(schema, item)?
            {
                return Ok(false);
            }
        }
        self.contains(part, items)
    }

    fn contains(&mut self, part: &'a Map<String, Value>, items: &[Value]) -> Valid {
        let Some(schema) = part.get("contains") else {
            return Ok(true);
        };
        let mut found = 0;
        for item in items {
            found += u64::from(self.valid(schema, item)?);
        }
        Ok(
            found >= part.get("minContains").and_then(count).unwrap_or(1)
                && part
                    .get("maxContains")
                    .and_then(count)
                    .is_none_or(|most| found <= most),
        )
    }

    pub(super) fn object(
        &mut self,
        part: &'a Map<String, Value>,
        members: &Map<String, Value>,
    ) -> Valid {
        let size = members.len() as u64;
        let sized = part
            .get("minProperties")
            .and_then(count)
            .is_none_or(|least| size >= least)
            && part
                .get("maxProperties")
                .and_then(count)
                .is_none_or(|most| size <= most);
        let has = |name: &Value| name.as_str().is_none_or(|name| members.contains_key(name));
        if !sized || !list(part, "required").unwrap_or_default().iter().all(has) {
            return Ok(false);
        }
        for (name, value) in members {
            for schema in self.member_schemas(part, name)? {
                if !self.valid(schema, value)? {
                    return Ok(false);
                }
            }
            if let Some(schema) = part.get("propertyNames")
                && !self.valid(schema, &Value::String(name.clone()))?
            {
                return Ok(false);
            }
        }
        self.dependent(part, members)
    }

    /// The schemas that one part has for its member `name`.
    pub(in crate::canned::schema) fn member_schemas(
        &mut self,
        part: &'a Map<String, Value>,
        name: &str,
    ) -> Result<Vec<&'a Value>, super::SchemaError> {
        let named = part
            .get("properties")
            .and_then(|properties| properties.get(name));
        let mut schemas: Vec<_> = named.into_iter().collect();
        for (pattern, schema) in part
            .get("patternProperties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            if self.matches(pattern, name)? {
                schemas.push(schema);
            }
        }
        if schemas.is_empty() {
            schemas.extend(part.get("additionalProperties"));
        }
        Ok(schemas)
    }

    fn dependent(&mut self, part: &'a Map<String, Value>, members: &Map<String, Value>) -> Valid {
        for keyword in ["dependentRequired", "dependentSchemas", "dependencies"] {
            for (name, needed) in part
                .get(keyword)
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                let valid = match needed {
                    _ if !members.contains_key(name) => true,
                    Value::Array(names) => names
                        .iter()
                        .filter_map(Value::as_str)
                        .all(|name| members.contains_key(name)),
                    schema => self.valid(schema, &Value::Object(members.clone()))?,
                };
                if !valid {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }
}

/// The schema that one part has for the item at `index`: drafts up to 2019 list them in `items`.
pub(in crate::canned::schema) fn item_schema(
    part: &Map<String, Value>,
    index: usize,
) -> Option<&Value> {
    if let Some(prefix) = list(part, "prefixItems") {
        return prefix.get(index).or_else(|| part.get("items"));
    }
    match part.get("items") {
        Some(Value::Array(prefix)) => prefix.get(index).or_else(|| part.get("additionalItems")),
        items => items,
    }
}

fn unique(items: &[Value]) -> bool {
    items
        .iter()
        .enumerate()
        .all(|(index, item)| !items[..index].iter().any(|other| equal(other, item)))
}
