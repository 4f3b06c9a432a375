//! All schemas that one value must satisfy at the same time.

use serde_json::{Map, Value};

use super::{SchemaError, alternatives::Group, refs::Refs};

/// A JSON type as `type` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    String,
    Object,
    Array,
    Integer,
    Number,
    Boolean,
    Null,
}

impl Type {
    const ALL: [Self; 7] = [
        Self::String,
        Self::Object,
        Self::Array,
        Self::Integer,
        Self::Number,
        Self::Boolean,
        Self::Null,
    ];

    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "string" => Self::String,
            "object" => Self::Object,
            "array" => Self::Array,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "boolean" => Self::Boolean,
            "null" => Self::Null,
            _ => return None,
        })
    }

    /// The keywords that only matter to this type.
    fn keywords(self) -> &'static [&'static str] {
        match self {
            Self::Object => &[
                "properties",
                "required",
                "additionalProperties",
                "patternProperties",
                "minProperties",
            ],
            Self::Array => &[
                "items",
                "prefixItems",
                "minItems",
                "maxItems",
                "contains",
                "uniqueItems",
            ],
            Self::String => &["pattern", "minLength", "maxLength", "format"],
            Self::Number => &[
                "minimum",
                "maximum",
                "exclusiveMinimum",
                "exclusiveMaximum",
                "multipleOf",
            ],
            Self::Integer | Self::Boolean | Self::Null => &[],
        }
    }
}

/// A conjunction of schemas, with references and `allOf` followed and choices still open.
#[derive(Debug, Clone, Default)]
pub(super) struct Node<'a> {
    /// The object schemas; each keyword of each one applies.
    pub(super) parts: Vec<&'a Map<String, Value>>,
    /// Choices (`anyOf`, `oneOf`, `if`) that are not made yet.
    pub(super) groups: Vec<Group<'a>>,
    /// The targets of references that were followed.
    pub(super) followed: Vec<&'a Value>,
}

impl<'a> Node<'a> {
    /// The conjunction of `schemas`.
    pub(super) fn new(schemas: &[&'a Value], refs: Refs<'a>) -> Result<Self, SchemaError> {
        let mut node = Self::default();
        for schema in schemas {
            node.absorb(schema, refs)?;
        }
        Ok(node)
    }

    /// Adds a schema.
    pub(super) fn absorb(&mut self, schema: &'a Value, refs: Refs<'a>) -> Result<(), SchemaError> {
        let part = match schema {
            Value::Bool(true) => return Ok(()),
            Value::Bool(false) => return Err(SchemaError::Unsatisfiable),
            Value::Object(part) => part,
            _ => return Err(SchemaError::NotASchema),
        };
        // A part that is there already adds nothing; this also ends references that lead in a circle.
        if self.parts.iter().any(|known| std::ptr::eq(*known, part)) {
            return Ok(());
        }
        self.parts.push(part);
        if let Some(reference) = part.get("$ref").and_then(Value::as_str) {
            let target = refs.resolve(reference)?;
            self.followed.push(target);
            self.absorb(target, refs)?;
        }
        for schema in part
            .get("allOf")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            self.absorb(schema, refs)?;
        }
        self.groups.extend(Group::of(part));
        Ok(())
    }

    /// The values of `keyword` in all schemas.
    pub(super) fn all(&self, keyword: &str) -> impl Iterator<Item = &'a Value> {
        self.parts.iter().filter_map(move |part| part.get(keyword))
    }

    /// The largest count that `keyword` asks for.
    pub(super) fn at_least(&self, keyword: &str) -> u64 {
        self.all(keyword).filter_map(count).max().unwrap_or(0)
    }

    /// The smallest count that `keyword` allows.
    pub(super) fn at_most(&self, keyword: &str) -> u64 {
        self.all(keyword)
            .filter_map(count)
            .min()
            .unwrap_or(u64::MAX)
    }

    /// The types that all schemas allow, the one to prefer first.
    pub(super) fn types(&self) -> Vec<Type> {
        let mut types = self.declared_types();
        types.retain(|kind| !self.all("not").any(|not| excludes(not, *kind)));
        // A type that the schema says more about comes first, and null comes last.
        types.sort_by_key(|kind| {
            let described = kind
                .keywords()
                .iter()
                .any(|keyword| self.all(keyword).next().is_some());
            (*kind == Type::Null, !described)
        });
        types
    }

    fn declared_types(&self) -> Vec<Type> {
        let mut types: Option<Vec<Type>> = None;
        for declared in self.all("type").map(named_types) {
            types = Some(match types {
                None => declared,
                Some(types) => types
                    .into_iter()
                    .filter_map(|kind| meet(kind, &declared))
                    .collect(),
            });
        }
        types.unwrap_or_else(|| Type::ALL.to_vec())
    }
}

fn named_types(value: &Value) -> Vec<Type> {
    match value {
        Value::String(name) => Type::named(name).into_iter().collect(),
        Value::Array(names) => names
            .iter()
            .filter_map(|name| Type::named(name.as_str()?))
            .collect(),
        _ => Type::ALL.to_vec(),
    }
}

/// What is left of a type where only `declared` ones are allowed.
fn meet(kind: Type, declared: &[Type]) -> Option<Type> {
    match kind {
        _ if declared.contains(&kind) => Some(kind),
        Type::Integer if declared.contains(&Type::Number) => Some(Type::Integer),
        Type::Number if declared.contains(&Type::Integer) => Some(Type::Integer),
        _ => None,
    }
}

/// Whether `not` rules out a type as such.
fn excludes(not: &Value, kind: Type) -> bool {
    let Some(part) = not.as_object().filter(|part| part.len() == 1) else {
        return false;
    };
    part.get("type").is_some_and(|types| {
        let types = named_types(types);
        types.contains(&kind) || (kind == Type::Integer && types.contains(&Type::Number))
    })
}

/// A count; some generators of schemas write it as a float.
pub(super) fn count(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| {
        let float = value
            .as_f64()
            .filter(|float| float.fract() == 0.0 && *float >= 0.0)?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturates"
        )]
        let whole = float as u64;
        Some(whole)
    })
}
