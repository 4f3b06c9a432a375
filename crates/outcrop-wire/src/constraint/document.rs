//! The constraint table as it is written: plain data, in the words of the file.

use std::{collections::HashMap, fmt, marker::PhantomData};

use serde::{
    Deserialize,
    de::{Deserializer, MapAccess, Visitor},
};
use serde_json::Number;

/// The whole file.
#[derive(Debug, Deserialize)]
pub(super) struct Document {
    pub(super) service: String,
    pub(super) operations: Vec<OperationEntry>,
    pub(super) shapes: HashMap<String, ShapeEntry>,
}

/// One operation: its route, its input and what its bodies are.
#[derive(Debug, Deserialize)]
pub(super) struct OperationEntry {
    pub(super) name: String,
    pub(super) method: String,
    pub(super) uri: String,
    #[serde(default)]
    pub(super) query: Vec<String>,
    pub(super) input: Option<String>,
    #[serde(default)]
    pub(super) payload: Option<String>,
    #[serde(default)]
    pub(super) input_stream: bool,
    #[serde(default)]
    pub(super) unenforced: bool,
}

/// One shape; which members are present depends on `type`.
#[derive(Debug, Deserialize)]
pub(super) struct ShapeEntry {
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) members: Ordered<MemberEntry>,
    pub(super) member: Option<MemberEntry>,
    pub(super) key: Option<MemberEntry>,
    pub(super) value: Option<MemberEntry>,
    #[serde(rename = "enum")]
    pub(super) values: Option<Vec<String>>,
    #[serde(default)]
    pub(super) open: bool,
    #[serde(default)]
    pub(super) unique: bool,
    #[serde(default)]
    pub(super) sensitive: bool,
    #[serde(flatten)]
    pub(super) constraints: ConstraintEntry,
}

/// One member of a structure or union, or the element of a list or map.
#[derive(Debug, Deserialize)]
pub(super) struct MemberEntry {
    pub(super) target: String,
    #[serde(default)]
    pub(super) required: bool,
    #[serde(rename = "in")]
    pub(super) location: Option<String>,
    pub(super) name: Option<String>,
    #[serde(flatten)]
    pub(super) constraints: ConstraintEntry,
}

/// The constraints that a shape or a member carries itself.
#[derive(Debug, Default, Deserialize)]
pub(super) struct ConstraintEntry {
    pub(super) length: Option<(Option<u64>, Option<u64>)>,
    pub(super) range: Option<(Option<Number>, Option<Number>)>,
    pub(super) pattern: Option<String>,
}

/// A JSON object whose member order is kept: it is the order in which violations are told.
#[derive(Debug)]
pub(super) struct Ordered<T>(pub(super) Vec<(String, T)>);

impl<T> Default for Ordered<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ordered<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OrderedVisitor(PhantomData))
    }
}

struct OrderedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OrderedVisitor<T> {
    type Value = Ordered<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::with_capacity(map.size_hint().unwrap_or_default());
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Ordered(entries))
    }
}
