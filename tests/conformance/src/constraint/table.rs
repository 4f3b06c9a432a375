//! The constraint table of a generated crate, as far as requests are made from it.

use std::{collections::BTreeMap, fs, path::Path};

use serde::Deserialize;

use crate::{Failure, Result};

/// Routes and input shapes of one service.
#[derive(Debug, Deserialize)]
pub struct Table {
    /// Every operation of the service.
    pub operations: Vec<Operation>,
    shapes: BTreeMap<String, Shape>,
}

/// One operation.
#[derive(Debug, Deserialize)]
pub struct Operation {
    /// Its name in the model.
    pub name: String,
    pub(super) method: String,
    pub(super) uri: String,
    #[serde(default)]
    pub(super) query: Vec<String>,
    pub(super) input: Option<String>,
    #[serde(default)]
    pub(super) input_stream: bool,
}

/// One shape; which members are present depends on the type.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Shape {
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) members: BTreeMap<String, Member>,
    pub(super) member: Option<Member>,
    pub(super) key: Option<Member>,
    pub(super) value: Option<Member>,
    #[serde(rename = "enum")]
    pub(super) values: Option<Vec<String>>,
    #[serde(default)]
    pub(super) open: bool,
    #[serde(default)]
    pub(super) unique: bool,
    #[serde(flatten)]
    rules: Rules,
}

/// A member of a structure or union, or the element of a list or map.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Member {
    pub(super) target: String,
    #[serde(default)]
    pub(super) required: bool,
    #[serde(rename = "in")]
    pub(super) location: Option<String>,
    name: Option<String>,
    #[serde(flatten)]
    rules: Rules,
}

/// Length, range and pattern.
#[derive(Debug, Default, Clone, Deserialize)]
pub(super) struct Rules {
    pub(super) length: Option<(Option<usize>, Option<usize>)>,
    pub(super) range: Option<(Option<f64>, Option<f64>)>,
    pub(super) pattern: Option<String>,
}

impl Table {
    /// Reads a `constraints.json`.
    pub fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).map_err(Failure::file(path))?;
        Self::parse(&text).map_err(|error| Failure::content(path, &error))
    }

    /// Parses the text of a `constraints.json`.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        let mut table: Self = serde_json::from_str(text)?;
        for (name, kind) in [
            ("String", "string"),
            ("Boolean", "boolean"),
            ("Integer", "integer"),
            ("Long", "long"),
            ("Float", "float"),
            ("Double", "double"),
            ("Blob", "blob"),
            ("Timestamp", "timestamp"),
            ("Document", "document"),
            ("Unit", "structure"),
        ] {
            let shape = || Shape {
                kind: kind.to_owned(),
                ..Shape::default()
            };
            table.shapes.entry(name.to_owned()).or_insert_with(shape);
        }
        Ok(table)
    }

    /// The shape of a member; a shape that is not listed is an event stream's.
    pub(super) fn shape(&self, name: &str) -> Option<&Shape> {
        self.shapes.get(name)
    }

    /// A member's constraints: its own, else those of its target.
    pub(super) fn rules(&self, member: &Member) -> Rules {
        let target = self.shape(&member.target).map(|shape| shape.rules.clone());
        let target = target.unwrap_or_default();
        let own = member.rules.clone();
        Rules {
            length: own.length.or(target.length),
            range: own.range.or(target.range),
            pattern: own.pattern.or(target.pattern),
        }
    }
}

impl Member {
    /// A member without constraints of its own.
    pub(super) fn of(target: &str) -> Self {
        Self {
            target: target.to_owned(),
            ..Self::default()
        }
    }

    /// The name on the wire.
    pub(super) fn wire_name<'a>(&'a self, name: &'a str) -> &'a str {
        self.name.as_deref().unwrap_or(name)
    }

    /// Where it travels: `body`, `label`, `payload`, `query:name`, `header:name`.
    pub(super) fn place(&self) -> (&str, &str) {
        let location = self.location.as_deref().unwrap_or("body");
        location.split_once(':').unwrap_or((location, ""))
    }
}

impl Rules {
    /// The least length, 0 by default.
    pub(super) fn least(&self) -> usize {
        self.length.and_then(|(least, _)| least).unwrap_or_default()
    }

    /// The greatest length.
    pub(super) fn most(&self) -> Option<usize> {
        self.length.and_then(|(_, most)| most)
    }

    /// Whether a text or list may have this length.
    pub(super) fn allows(&self, length: usize) -> bool {
        length >= self.least() && self.most().is_none_or(|most| length <= most)
    }
}
