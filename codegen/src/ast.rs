//! The JSON AST of a Smithy model.
//!
//! It stays JSON, so that what no transformation touches reaches the generator as AWS wrote it.

use serde_json::{Map, Value};
use thiserror::Error;

/// A JSON object: a shape, a member, a set of traits.
pub type Object = Map<String, Value>;

/// The namespace of Smithy's own shapes, which no model lists.
pub const PRELUDE: &str = "smithy.api#";

/// Why a file is not a model.
#[derive(Debug, Error)]
pub enum ModelError {
    /// The file is not JSON.
    #[error("not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The file is JSON, but not the JSON AST of Smithy 2.x.
    #[error("not the JSON AST of a Smithy 2.x model: {0}")]
    NotAModel(&'static str),
}

/// A model: its shapes by absolute id, in the file's order.
#[derive(Clone, Debug)]
pub struct Model {
    /// Everything but the shapes: version and metadata.
    head: Object,
    shapes: Object,
}

impl Model {
    /// Reads a model from its JSON AST.
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        let Value::Object(mut head) = serde_json::from_str(text)? else {
            return Err(ModelError::NotAModel("the file is not an object"));
        };
        let version = head.get("smithy").and_then(Value::as_str).unwrap_or("");
        if !version.starts_with("2.") {
            return Err(ModelError::NotAModel("`smithy` is not 2.x"));
        }
        let Some(Value::Object(shapes)) = head.remove("shapes") else {
            return Err(ModelError::NotAModel("`shapes` is not an object"));
        };
        Ok(Self { head, shapes })
    }

    /// The model as JSON text, with a final newline.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut root = self.head.clone();
        root.insert("shapes".to_owned(), Value::Object(self.shapes.clone()));
        format!("{:#}\n", Value::Object(root))
    }

    /// All shapes by absolute id.
    #[must_use]
    pub fn shapes(&self) -> &Object {
        &self.shapes
    }

    /// All shapes by absolute id, to change.
    pub fn shapes_mut(&mut self) -> &mut Object {
        &mut self.shapes
    }

    /// The shape with this absolute id. Prelude shapes are in no model.
    #[must_use]
    pub fn shape(&self, id: &str) -> Option<&Value> {
        self.shapes().get(id)
    }

    /// The ids of the shapes of one type, in the file's order.
    #[must_use]
    pub fn ids_of(&self, kind: &str) -> Vec<String> {
        self.shapes()
            .iter()
            .filter(|(_, shape)| kind_of(shape) == kind)
            .map(|(id, _)| id.clone())
            .collect()
    }
}

/// The type of a shape: `structure`, `list`, `string`, … Empty when it has none.
pub fn kind_of(shape: &Value) -> &str {
    shape.get("type").and_then(Value::as_str).unwrap_or("")
}

/// The part of a shape id behind the `#`.
#[must_use]
pub fn local_name(id: &str) -> &str {
    id.rsplit_once('#').map_or(id, |(_, name)| name)
}

/// The part of a shape id up to and with the `#`.
#[must_use]
pub fn namespace(id: &str) -> &str {
    id.find('#').map_or("", |at| &id[..=at])
}

/// The members of a shape: named ones, a list's `member`, a map's `key` and `value`.
pub fn members(shape: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let named = shape
        .get("members")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    let single = shape
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| is_single_member(name));
    named
        .chain(single)
        .map(|(name, member)| (name.as_str(), member))
}

/// The same members, to change.
pub fn members_mut(shape: &mut Value) -> Vec<(String, &mut Value)> {
    let mut found = Vec::new();
    for (name, value) in shape.as_object_mut().into_iter().flatten() {
        if is_single_member(name) {
            found.push((name.clone(), value));
        } else if name == "members" {
            let named = value.as_object_mut().into_iter().flatten();
            found.extend(named.map(|(name, member)| (name.clone(), member)));
        }
    }
    found
}

fn is_single_member(name: &str) -> bool {
    matches!(name, "member" | "key" | "value")
}

/// What a member, or an operation's `input`, `output` or error, refers to.
pub fn target(member: &Value) -> &str {
    member.get("target").and_then(Value::as_str).unwrap_or("")
}

/// One trait of a shape or member.
#[must_use]
pub fn get_trait<'a>(shape: &'a Value, id: &str) -> Option<&'a Value> {
    shape.get("traits")?.get(id)
}

/// Whether a shape or member has a trait.
#[must_use]
pub fn has_trait(shape: &Value, id: &str) -> bool {
    get_trait(shape, id).is_some()
}

/// Adds or replaces a trait of a shape or member.
pub fn set_trait(shape: &mut Value, id: &str, value: Value) {
    if let Some(shape) = shape.as_object_mut() {
        let traits = shape
            .entry("traits")
            .or_insert_with(|| Value::Object(Object::new()));
        if let Some(traits) = traits.as_object_mut() {
            traits.insert(id.to_owned(), value);
        }
    }
}

/// Keeps the traits of a shape or member, and of nothing below it, that `keep` wants.
pub fn retain_traits(shape: &mut Value, keep: impl Fn(&str) -> bool) {
    if let Some(traits) = shape.get_mut("traits").and_then(Value::as_object_mut) {
        traits.retain(|id, _| keep(id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_not_a_model() {
        assert!(matches!(Model::parse("{"), Err(ModelError::Json(_))));
        assert!(matches!(Model::parse("[]"), Err(ModelError::NotAModel(_))));
        assert!(matches!(
            Model::parse(r#"{"smithy":"1.0","shapes":{}}"#),
            Err(ModelError::NotAModel(_))
        ));
        assert!(matches!(
            Model::parse(r#"{"smithy":"2.0"}"#),
            Err(ModelError::NotAModel(_))
        ));
    }

    #[test]
    fn members_are_those_of_every_aggregate_type() {
        let structure = serde_json::json!({"type": "structure", "members": {"b": {"target": "x#B"}, "a": {"target": "x#A"}}});
        let list = serde_json::json!({"type": "list", "member": {"target": "x#A"}});
        let map = serde_json::json!({"type": "map", "key": {"target": "x#K"}, "value": {"target": "x#V"}});
        let names = |shape| {
            members(shape)
                .map(|(name, _)| name.to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(names(&structure), ["b", "a"]);
        assert_eq!(names(&list), ["member"]);
        assert_eq!(names(&map), ["key", "value"]);
        assert_eq!(members_mut(&mut structure.clone()).len(), 2);
        assert_eq!(members_mut(&mut map.clone()).len(), 2);
    }

    #[test]
    fn splits_an_id() {
        assert_eq!((namespace("a.b#C"), local_name("a.b#C")), ("a.b#", "C"));
    }
}
