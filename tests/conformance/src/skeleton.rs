//! What is left of JSON without its values: names of members, their order, and types.

use serde_json::Value;

/// The skeleton of a JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Skeleton {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// Any number.
    Number,
    /// A string.
    Text,
    /// The distinct kinds of elements, in the order of their first appearance.
    List(Vec<Skeleton>),
    /// Members in their order.
    Object(Vec<(String, Skeleton)>),
}

impl Skeleton {
    /// Takes the values away.
    #[must_use]
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::Text,
            Value::Array(elements) => {
                let mut kinds = Vec::new();
                for kind in elements.iter().map(Self::of) {
                    if !kinds.contains(&kind) {
                        kinds.push(kind);
                    }
                }
                Self::List(kinds)
            }
            Value::Object(members) => {
                let members = members
                    .iter()
                    .map(|(name, value)| (name.clone(), Self::of(value)));
                Self::Object(members.collect())
            }
        }
    }

    /// How `ours` differs from this recorded one. Members whose paths are in `later` may be ours alone; `*` stands for what a
    /// path begins with.
    #[must_use]
    pub fn differences(&self, ours: &Self, later: &[&str]) -> Vec<String> {
        let mut found = Vec::new();
        compare(self, ours, later, "", &mut found);
        found
    }

    /// Where members that both have come in another order.
    #[must_use]
    pub fn misplaced(&self, ours: &Self) -> Vec<String> {
        let mut found = Vec::new();
        compare_order(self, ours, "", &mut found);
        found
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Number => "number",
            Self::Text => "string",
            Self::List(_) => "list",
            Self::Object(_) => "object",
        }
    }

    fn is_scalar(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Object(_))
    }

    fn member(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else {
            return None;
        };
        let found = members.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value)
    }
}

fn compare(
    recorded: &Skeleton,
    ours: &Skeleton,
    later: &[&str],
    path: &str,
    found: &mut Vec<String>,
) {
    match (recorded, ours) {
        (Skeleton::Object(theirs), Skeleton::Object(own)) => {
            for (name, value) in theirs {
                match ours.member(name) {
                    Some(other) => compare(value, other, later, &inner(path, name), found),
                    None => found.push(format!("{} recorded, absent here", inner(path, name))),
                }
            }
            for (name, _) in own {
                let path = inner(path, name);
                if recorded.member(name).is_none() && !later.iter().any(|later| fits(later, &path))
                {
                    found.push(format!("{path} here, not recorded"));
                }
            }
        }
        (Skeleton::List(theirs), Skeleton::List(own)) => {
            compare_lists(theirs, own, later, path, found);
        }
        _ if recorded.name() == ours.name() => {}
        _ => found.push(format!(
            "{path}: {} recorded, {} here",
            recorded.name(),
            ours.name()
        )),
    }
}

fn fits(pattern: &str, path: &str) -> bool {
    match pattern.strip_prefix('*') {
        Some(end) => path.ends_with(end),
        None => pattern == path,
    }
}

/// Each of our kinds of elements has to be a recorded one. Whether a list of scalars is empty depends on values.
fn compare_lists(
    theirs: &[Skeleton],
    own: &[Skeleton],
    later: &[&str],
    path: &str,
    found: &mut Vec<String>,
) {
    let path = format!("{path}[]");
    if theirs.is_empty() != own.is_empty() && !theirs.iter().chain(own).all(Skeleton::is_scalar) {
        let (recorded, here) = if own.is_empty() {
            ("elements", "none")
        } else {
            ("none", "elements")
        };
        found.push(format!("{path}: {recorded} recorded, {here} here"));
    }
    for element in own {
        let best = theirs.iter().map(|kind| {
            let mut differences = Vec::new();
            compare(kind, element, later, &path, &mut differences);
            differences
        });
        found.extend(best.min_by_key(Vec::len).unwrap_or_default());
    }
}

fn compare_order(recorded: &Skeleton, ours: &Skeleton, path: &str, found: &mut Vec<String>) {
    match (recorded, ours) {
        (Skeleton::Object(theirs), Skeleton::Object(own)) => {
            let theirs: Vec<_> = theirs
                .iter()
                .filter(|(name, _)| ours.member(name).is_some())
                .collect();
            let own: Vec<_> = own
                .iter()
                .filter(|(name, _)| recorded.member(name).is_some())
                .collect();
            if !theirs
                .iter()
                .map(|(name, _)| name)
                .eq(own.iter().map(|(name, _)| name))
            {
                let names = |members: &[&(String, Skeleton)]| {
                    let names: Vec<_> = members.iter().map(|(name, _)| name.as_str()).collect();
                    names.join(",")
                };
                found.push(format!(
                    "{path}: order {} recorded, {} here",
                    names(&theirs),
                    names(&own)
                ));
            }
            for (name, value) in theirs {
                if let Some(other) = ours.member(name) {
                    compare_order(value, other, &inner(path, name), found);
                }
            }
        }
        (Skeleton::List(theirs), Skeleton::List(own)) => {
            for element in own {
                let best = theirs
                    .iter()
                    .map(|kind| kind.misplaced(element))
                    .min_by_key(Vec::len);
                found.extend(
                    best.unwrap_or_default()
                        .into_iter()
                        .map(|text| format!("{path}[]{text}")),
                );
            }
        }
        _ => {}
    }
}

fn inner(path: &str, name: &str) -> String {
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

    fn differences(recorded: &Value, ours: &Value) -> Vec<String> {
        Skeleton::of(recorded).differences(&Skeleton::of(ours), &["usage.later"])
    }

    #[test]
    fn values_do_not_matter() {
        let recorded = json!({"text": "a", "usage": {"tokens": 1}, "list": [{"x": 1.5}, {"x": 2}]});
        let ours = json!({"text": "b", "usage": {"tokens": 2}, "list": [{"x": 3}]});
        assert!(differences(&recorded, &ours).is_empty());
    }

    #[test]
    fn missing_and_surplus_members_are_named() {
        let found = differences(
            &json!({"usage": {"a": 1, "b": 1}}),
            &json!({"usage": {"a": "1", "c": 1, "later": 1}}),
        );
        assert_eq!(
            found,
            [
                "usage.a: number recorded, string here",
                "usage.b recorded, absent here",
                "usage.c here, not recorded"
            ]
        );
    }

    #[test]
    fn elements_have_to_be_of_a_recorded_kind() {
        let recorded = json!([{"text": "a"}, {"image": {}}]);
        assert!(differences(&recorded, &json!([{"image": {}}])).is_empty());
        assert_eq!(
            differences(&recorded, &json!([{"image": {}, "x": 1}])),
            ["[].x here, not recorded"]
        );
        assert_eq!(
            differences(&json!([{"a": 1}]), &json!([])),
            ["[]: elements recorded, none here"]
        );
        assert!(differences(&json!(["a"]), &json!([])).is_empty());
    }

    #[test]
    fn order_is_that_of_shared_members() {
        let recorded = Skeleton::of(&json!({"b": 1, "a": {"x": 1, "y": 1}, "c": 1}));
        let same = Skeleton::of(&json!({"b": 1, "new": 1, "a": {"x": 1, "y": 1}}));
        assert!(recorded.misplaced(&same).is_empty());
        let other = Skeleton::of(&json!({"a": {"y": 1, "x": 1}, "b": 1}));
        assert_eq!(
            recorded.misplaced(&other),
            [
                ": order b,a recorded, a,b here",
                "a: order x,y recorded, y,x here"
            ]
        );
    }
}
