//! Objects in S3 that a native body names in place of its contents.
//!
//! Nothing is fetched here: whoever does puts the contents into the body, in the place where clients put them.

use aws_smithy_types::base64;
use serde_json::{Value, json};

use crate::DialectError;

/// An object that a body names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced {
    /// `s3://bucket/key`, as the body has it.
    pub uri: String,
    /// The account that owns the bucket, as the body has it.
    pub bucket_owner: Option<String>,
    /// How many bytes it may have.
    pub limit: u64,
    /// Where its contents belong.
    pub place: Place,
}

/// Where the contents of an object belong in a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// JSON pointer of an object.
    pub(crate) pointer: String,
    /// The member of it that leads to the location.
    pub(crate) from: &'static str,
    /// The member that takes its place.
    pub(crate) to: &'static str,
    /// Whether the contents are a text; others are told in base64.
    pub(crate) text: bool,
}

impl Sourced {
    /// The object of a `s3Location`, where there is one.
    pub(crate) fn of(location: &Value, limit: u64, place: Place) -> Option<Self> {
        let text = |name: &str| location[name].as_str().map(str::to_owned);
        Some(Self {
            uri: text("uri")?,
            bucket_owner: text("bucketOwner"),
            limit,
            place,
        })
    }
}

impl Place {
    /// The base64 string `to`, beside which a location may stand in the object at `pointer`.
    pub(crate) fn base64(pointer: impl Into<String>, to: &'static str) -> Self {
        Self {
            pointer: pointer.into(),
            from: "s3Location",
            to,
            text: false,
        }
    }

    /// Puts the contents there. A text that is none is refused.
    pub fn put(&self, body: &mut Value, contents: Vec<u8>) -> Result<(), DialectError> {
        let contents = if self.text {
            String::from_utf8(contents).map_err(|_| {
                DialectError::Provider(format!("#{}: the object is not UTF-8 text.", self.pointer))
            })?
        } else {
            base64::encode(contents)
        };
        if let Some(Value::Object(holder)) = body.pointer_mut(&self.pointer) {
            holder.shift_remove(self.from);
            holder.insert(self.to.to_owned(), json!(contents));
        }
        Ok(())
    }
}
