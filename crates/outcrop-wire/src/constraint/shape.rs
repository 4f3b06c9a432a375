//! Shapes of the model, resolved for the walk.

use serde_json::Number;

use super::Pattern;

/// A shape that a request can reach.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) kind: Kind,
    pub(crate) constraints: Constraints,
    /// Values of this shape are not repeated in messages.
    pub(crate) sensitive: bool,
}

/// What a shape is made of.
#[derive(Debug)]
pub(crate) enum Kind {
    Structure(Vec<Member>),
    Union(Vec<Member>),
    List {
        member: Member,
        unique: bool,
    },
    Map(Box<MapElements>),
    /// `values` are those of a closed enum.
    Text {
        values: Option<Vec<String>>,
    },
    Number(NumberKind),
    Boolean,
    Blob,
    Timestamp,
    Document,
}

/// The two sides of a map.
#[derive(Debug)]
pub(crate) struct MapElements {
    pub(crate) key: Member,
    pub(crate) value: Member,
}

/// The number types of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberKind {
    Byte,
    Short,
    Integer,
    Long,
    Float,
    Double,
}

impl NumberKind {
    /// The name that the service's messages give it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Byte => "Byte",
            Self::Short => "Short",
            Self::Integer => "Integer",
            Self::Long => "Long",
            Self::Float => "Float",
            Self::Double => "Double",
        }
    }

    /// The least and greatest value of an integral type.
    pub(crate) fn bounds(self) -> Option<(i64, i64)> {
        match self {
            Self::Byte => Some((i8::MIN.into(), i8::MAX.into())),
            Self::Short => Some((i16::MIN.into(), i16::MAX.into())),
            Self::Integer => Some((i32::MIN.into(), i32::MAX.into())),
            Self::Long => Some((i64::MIN, i64::MAX)),
            Self::Float | Self::Double => None,
        }
    }
}

/// A member of a structure or union, or the element of a list or map.
#[derive(Debug)]
pub(crate) struct Member {
    /// The name that messages use.
    pub(crate) name: String,
    /// The name on the wire.
    pub(crate) wire_name: String,
    pub(crate) target: String,
    pub(crate) required: bool,
    pub(crate) location: Location,
    /// What the member adds to, or overrides of, its target's constraints.
    pub(crate) constraints: Constraints,
}

/// Where a member of an input travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Location {
    Body,
    Payload,
    Label,
    Query,
    Header,
    /// `@httpPrefixHeaders` and `@httpQueryParams`; no Bedrock input has one.
    Other,
}

/// The constraints of one shape or member.
#[derive(Debug, Default)]
pub(crate) struct Constraints {
    pub(crate) length: Option<(Option<u64>, Option<u64>)>,
    pub(crate) range: Option<(Option<Number>, Option<Number>)>,
    pub(crate) pattern: Option<Pattern>,
}

impl Constraints {
    pub(crate) fn is_empty(&self) -> bool {
        self.length.is_none() && self.range.is_none() && self.pattern.is_none()
    }
}
