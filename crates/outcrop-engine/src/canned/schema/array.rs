//! Arrays: as many items as needed, and a few to look real.

use serde_json::{Map, Value};

use super::{
    SchemaError,
    check::{equal, item_schema},
    generate::{Generator, Place},
    node::{Node, count},
};

/// Items that are made where none are asked for: at the top and below.
const ITEMS: (u64, u64) = (2, 1);
/// Different values that are tried to make items differ.
const TRIES: u32 = 16;

impl<'a> Generator<'a, '_> {
    /// An array for `node`.
    pub(super) fn array(
        &mut self,
        node: &Node<'a>,
        place: Place<'_>,
    ) -> Result<Value, SchemaError> {
        let unique = node
            .all("uniqueItems")
            .any(|unique| unique == &Value::Bool(true));
        let contained: Vec<(&'a Value, u64)> = node
            .parts
            .iter()
            .filter_map(|part| contained(part))
            .collect();
        let least = node
            .at_least("minItems")
            .max(contained.iter().map(|(_, times)| times).sum());
        let most = node.at_most("maxItems");
        let usual = if place.depth < 2 { ITEMS.0 } else { ITEMS.1 };
        let wanted = if place.sparse {
            least
        } else {
            least.max(usual.max(listed(node))).min(most)
        };
        let mut demands = contained
            .iter()
            .flat_map(|(schema, times)| (0..*times).map(move |_| *schema));
        let mut items: Vec<Value> = Vec::new();
        while (items.len() as u64) < wanted {
            let mut schemas: Vec<&'a Value> = node
                .parts
                .iter()
                .filter_map(|part| item_schema(part, items.len()))
                .collect();
            let demand = demands.next();
            schemas.extend(demand);
            // More than the least is only for looks: not for what would never end.
            let needed = (items.len() as u64) < least || demand.is_some();
            if !needed && schemas.iter().any(|schema| self.leads_back(schema)) {
                break;
            }
            match self.item(&schemas, unique, &items, place) {
                Ok(item) => items.push(item),
                Err(error) if needed || error.is_final() => return Err(error),
                Err(_) => break,
            }
        }
        Ok(Value::Array(items))
    }

    fn item(
        &mut self,
        schemas: &[&'a Value],
        unique: bool,
        others: &[Value],
        place: Place<'_>,
    ) -> Result<Value, SchemaError> {
        let name = place.name.strip_suffix('s').unwrap_or(place.name);
        let offset = u32::try_from(others.len())
            .unwrap_or(u32::MAX)
            .wrapping_add(place.variant);
        let mut failure = SchemaError::Unsatisfiable;
        for attempt in 0..TRIES {
            match self.value(
                schemas,
                Place {
                    variant: offset.wrapping_add(attempt),
                    ..place.inner(name)
                },
            ) {
                Ok(item) if unique && others.iter().any(|other| equal(other, &item)) => {}
                Err(error) if !error.is_final() => failure = error,
                made => return made,
            }
        }
        Err(failure)
    }
}

/// What an array must contain, and how often.
fn contained(part: &Map<String, Value>) -> Option<(&Value, u64)> {
    let schema = part.get("contains")?;
    Some((schema, part.get("minContains").and_then(count).unwrap_or(1)))
}

/// How many items have a schema of their own.
fn listed(node: &Node<'_>) -> u64 {
    let lists = node
        .all("prefixItems")
        .chain(node.all("items"))
        .filter_map(Value::as_array);
    lists.map(|list| list.len() as u64).max().unwrap_or(0)
}
