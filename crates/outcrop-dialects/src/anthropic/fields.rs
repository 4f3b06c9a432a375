//! Members of a body, read with the errors that Anthropic's own validation gives.
//!
//! Its texts are those of pydantic: the path of the member with dots and zero-based places, a colon,
//! and what is wrong (`messages.0.content.1.text.text: Input should be a valid string`).

use serde_json::{Map, Value};

use crate::DialectError;

/// A value and its place in the body.
#[derive(Debug, Clone)]
pub(super) struct Field<'a> {
    path: String,
    value: &'a Value,
}

/// An object and its place in the body.
#[derive(Debug, Clone)]
pub(super) struct Object<'a> {
    path: String,
    members: &'a Map<String, Value>,
}

impl<'a> Field<'a> {
    /// The error that this field is to blame for.
    pub(super) fn error(&self, text: &str) -> DialectError {
        at(&self.path, text)
    }

    pub(super) fn value(&self) -> &'a Value {
        self.value
    }

    pub(super) fn string(&self) -> Result<&'a str, DialectError> {
        self.value
            .as_str()
            .ok_or_else(|| self.error("Input should be a valid string"))
    }

    pub(super) fn boolean(&self) -> Result<bool, DialectError> {
        self.value
            .as_bool()
            .ok_or_else(|| self.error("Input should be a valid boolean"))
    }

    pub(super) fn number(&self) -> Result<f64, DialectError> {
        self.value
            .as_f64()
            .ok_or_else(|| self.error("Input should be a valid number"))
    }

    /// A whole number of at least `minimum`. Larger than an `i32` counts as the largest one: no limit is that high.
    pub(super) fn integer(&self, minimum: i32) -> Result<i32, DialectError> {
        let whole = self.value.as_f64().filter(|number| number.fract() == 0.0);
        let number = whole.ok_or_else(|| self.error("Input should be a valid integer"))?;
        if number < f64::from(minimum) {
            return Err(self.error(&format!(
                "Input should be greater than or equal to {minimum}"
            )));
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the cast saturates, as it should"
        )]
        Ok(number as i32)
    }

    /// An object with members of any name.
    pub(super) fn dictionary(&self) -> Result<&'a Value, DialectError> {
        if self.value.is_object() {
            return Ok(self.value);
        }
        Err(self.error("Input should be a valid dictionary"))
    }

    /// An object with members of its own type's names.
    pub(super) fn object(&self) -> Result<Object<'a>, DialectError> {
        let text = "Input should be a valid dictionary or object to extract fields from";
        let members = self.value.as_object().ok_or_else(|| self.error(text))?;
        Ok(Object {
            path: self.path.clone(),
            members,
        })
    }

    /// The elements of a list.
    pub(super) fn list(&self) -> Result<impl Iterator<Item = Field<'a>> + use<'a>, DialectError> {
        let values = self
            .value
            .as_array()
            .ok_or_else(|| self.error("Input should be a valid list"))?;
        let path = self.path.clone();
        let place = move |(index, value)| Field {
            path: join(&path, &format!("{index}")),
            value,
        };
        Ok(values.iter().enumerate().map(place))
    }

    /// One of the given words.
    pub(super) fn one_of(&self, words: &[&'static str]) -> Result<&'static str, DialectError> {
        let word = words.iter().find(|word| self.value.as_str() == Some(word));
        word.copied().ok_or_else(|| {
            let words: Vec<_> = words.iter().map(|word| format!("'{word}'")).collect();
            let words = match words.split_last() {
                Some((last, [])) => last.clone(),
                Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
                None => String::new(),
            };
            self.error(&format!("Input should be {words}"))
        })
    }
}

impl<'a> Object<'a> {
    /// The whole body.
    pub(super) fn root(members: &'a Map<String, Value>) -> Self {
        Self {
            path: String::new(),
            members,
        }
    }

    /// The error that this object is to blame for.
    pub(super) fn error(&self, text: &str) -> DialectError {
        at(&self.path, text)
    }

    pub(super) fn members(&self) -> &'a Map<String, Value> {
        self.members
    }

    /// A member that has to be there; `null` is a value.
    pub(super) fn required(&self, name: &str) -> Result<Field<'a>, DialectError> {
        let path = join(&self.path, name);
        match self.members.get(name) {
            Some(value) => Ok(Field { path, value }),
            None => Err(at(&path, "Field required")),
        }
    }

    /// A member that may be absent or `null`.
    pub(super) fn optional(&self, name: &str) -> Option<Field<'a>> {
        let value = self.members.get(name).filter(|value| !value.is_null())?;
        Some(Field {
            path: join(&self.path, name),
            value,
        })
    }

    /// Reads an optional member.
    pub(super) fn map<T>(
        &self,
        name: &str,
        read: impl FnOnce(&Field<'a>) -> Result<T, DialectError>,
    ) -> Result<Option<T>, DialectError> {
        self.optional(name).map(|field| read(&field)).transpose()
    }

    /// Refuses members that are not known.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), DialectError> {
        match self
            .members
            .keys()
            .find(|name| !known.contains(&name.as_str()))
        {
            Some(name) => Err(at(
                &join(&self.path, name),
                "Extra inputs are not permitted",
            )),
            None => Ok(()),
        }
    }

    /// The object as the variant of a union that its member `type` names; the variant becomes part of the path.
    pub(super) fn variant(
        self,
        known: &[&'static str],
    ) -> Result<(&'static str, Self), DialectError> {
        let Some(tag) = self.members.get("type").and_then(Value::as_str) else {
            return Err(self.error("Unable to extract tag using discriminator 'type'"));
        };
        match known.iter().find(|known| **known == tag) {
            Some(known) => Ok((known, self.named(known))),
            None => Err(self.unknown_variant(tag, known)),
        }
    }

    /// The error for a `type` that is not in the union.
    pub(super) fn unknown_variant(&self, tag: &str, known: &[&str]) -> DialectError {
        let known: Vec<_> = known.iter().map(|tag| format!("'{tag}'")).collect();
        let known = known.join(", ");
        self.error(&format!(
            "Input tag '{tag}' found using 'type' does not match any of the expected tags: {known}"
        ))
    }

    /// The object with one more name in its path.
    pub(super) fn named(self, name: &str) -> Self {
        Self {
            path: join(&self.path, name),
            members: self.members,
        }
    }
}

fn at(path: &str, text: &str) -> DialectError {
    let separator = if path.is_empty() { "" } else { ": " };
    DialectError::Provider(format!("{path}{separator}{text}"))
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn text(result: Result<impl Sized, DialectError>) -> String {
        result
            .err()
            .map_or_else(String::new, |error| error.to_string())
    }

    #[test]
    fn errors_name_the_member() {
        let body = json!({"a": [{"b": "x"}], "n": -1, "half": 0.5, "null": null});
        let root = Object::root(body.as_object().unwrap());
        assert_eq!(text(root.required("c")), "c: Field required");
        assert_eq!(
            text(root.required("null").unwrap().string()),
            "null: Input should be a valid string"
        );
        let n = root.required("n").unwrap();
        assert_eq!(
            text(n.integer(1)),
            "n: Input should be greater than or equal to 1"
        );
        assert_eq!(
            text(root.required("half").unwrap().integer(0)),
            "half: Input should be a valid integer"
        );
        let element = root.required("a").unwrap().list().unwrap().next().unwrap();
        let object = element.object().unwrap();
        assert_eq!(
            text(object.required("b").unwrap().dictionary()),
            "a.0.b: Input should be a valid dictionary"
        );
        assert_eq!(
            text(object.only(&["c"])),
            "a.0.b: Extra inputs are not permitted"
        );
        let b = object.required("b").unwrap();
        assert_eq!(
            text(b.one_of(&["5m", "1h"])),
            "a.0.b: Input should be '5m' or '1h'"
        );
        assert!(root.optional("null").is_none());
    }

    #[test]
    fn unions_name_what_they_expect() {
        let body = json!({"a": {"type": "x"}, "b": {}});
        let root = Object::root(body.as_object().unwrap());
        let a = root.required("a").unwrap().object().unwrap();
        let expected =
            "a: Input tag 'x' found using 'type' does not match any of the expected tags: 'y', 'z'";
        assert_eq!(text(a.clone().variant(&["y", "z"])), expected);
        assert_eq!(
            text(a.variant(&["x"]).unwrap().1.required("m")),
            "a.x.m: Field required"
        );
        let b = root.required("b").unwrap().object().unwrap();
        assert_eq!(
            text(b.variant(&["y"])),
            "b: Unable to extract tag using discriminator 'type'"
        );
    }
}
