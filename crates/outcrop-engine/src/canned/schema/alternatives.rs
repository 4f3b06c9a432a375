//! Choices that a schema leaves: `anyOf`, `oneOf` and `if`.

use serde_json::{Map, Value};

/// One choice: any of these sets of schemas.
#[derive(Debug, Clone)]
pub(super) struct Group<'a> {
    pub(super) alternatives: Vec<Vec<&'a Value>>,
}

impl<'a> Group<'a> {
    /// The choices of one schema.
    pub(super) fn of(part: &'a Map<String, Value>) -> impl Iterator<Item = Self> {
        let any = ["anyOf", "oneOf"].into_iter().filter_map(|keyword| {
            let schemas = part.get(keyword)?.as_array()?;
            Some(Self {
                alternatives: schemas.iter().map(|schema| vec![schema]).collect(),
            })
        });
        any.chain(Self::conditional(part))
    }

    /// Either the condition holds, and then `then` does, or `else` does; that the condition fails there is left
    /// to the check.
    fn conditional(part: &'a Map<String, Value>) -> Option<Self> {
        let condition = part.get("if")?;
        let holds = std::iter::once(condition).chain(part.get("then")).collect();
        let fails = part.get("else").into_iter().collect();
        Some(Self {
            alternatives: vec![holds, fails],
        })
    }

    /// Puts what leads back to a schema that is being worked on last, and null before that.
    pub(super) fn sort(&mut self, recursive: impl Fn(&Value) -> bool) {
        self.alternatives.sort_by_key(|schemas| {
            let back = schemas.iter().any(|schema| recursive(schema));
            let null = schemas
                .iter()
                .any(|schema| schema.get("type").is_some_and(|kind| kind == "null"));
            (back, null)
        });
    }
}
