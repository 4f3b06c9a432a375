//! Every constraint of an operation's input, broken one at a time.

mod scalar;
mod wording;

use serde_json::{Value, json};

use self::{
    scalar::{break_blob, break_number, break_text},
    wording::{at_least_long, at_most_long, of_pattern},
};
use super::{
    Case,
    expectation::Expectation,
    request::bind,
    site::{Site, path, path_from_zero, sites},
    table::{Member, Operation, Rules, Table},
    text,
    value::{Leaf, Step, build, keys},
};

/// Longer lists and texts are not worth sending.
const LONGEST: usize = 200_000;

/// Takes a kind of flaw, a value that has it, and the constraint that it breaks.
type Flawed<'a> = &'a mut dyn FnMut(&'static str, Option<Value>, String);

/// A valid request, and one per constraint that breaks only that.
#[must_use]
pub fn cases(table: &Table, operation: &Operation) -> Vec<Case> {
    let Some(maker) = Maker::of(table, operation) else {
        return Vec::new();
    };
    let mut cases = Vec::new();
    if !operation.input_stream {
        cases.extend(maker.case("valid", &[], &Leaf::Valid, Expectation::Valid));
    }
    for site in sites(table, operation) {
        maker.break_site(&site, &mut cases);
    }
    cases
}

/// The valid request, where one is found.
#[must_use]
pub fn valid(table: &Table, operation: &Operation) -> Option<Case> {
    Maker::of(table, operation)?.case("valid", &[], &Leaf::Valid, Expectation::Valid)
}

struct Maker<'a> {
    table: &'a Table,
    operation: &'a Operation,
    input: Member,
}

impl<'a> Maker<'a> {
    fn of(table: &'a Table, operation: &'a Operation) -> Option<Self> {
        let input = Member::of(operation.input.as_ref()?);
        Some(Self {
            table,
            operation,
            input,
        })
    }

    fn break_site(&self, site: &Site<'_>, cases: &mut Vec<Case>) {
        let (place, _) = site.place;
        if site.required && place != "label" {
            let constraint = "Member must not be null".to_owned();
            let expectation = violation(&site.steps, constraint);
            cases.extend(self.case("missing", &site.steps, &Leaf::Nothing, expectation));
        }
        let mut flawed = |kind, value: Option<Value>, constraint: String| {
            let value = value.map(Leaf::Value);
            let expectation = violation(&site.steps, constraint);
            cases.extend(value.and_then(|value| self.case(kind, &site.steps, &value, expectation)));
        };
        match site.shape.kind.as_str() {
            "string" => break_text(site, &mut flawed),
            "integer" | "long" | "float" | "double" => break_number(site, &mut flawed),
            "list" => self.break_list(site, &mut flawed),
            "map" => self.break_map(site, &mut flawed),
            "blob" => break_blob(site, &mut flawed),
            "union" => self.break_union(site, cases),
            _ => {}
        }
        self.mistype(site, cases);
    }

    fn break_list(&self, site: &Site<'_>, flawed: Flawed<'_>) {
        let element = || {
            let element = site.shape.member.as_ref()?;
            build(self.table, element, &[], &Leaf::Valid)
        };
        let list = |count: usize| element().map(|element| Value::Array(vec![element; count]));
        let (short, long) = around(&site.rules);
        if let Some(count) = short {
            flawed("too few", list(count), at_least_long(site.rules.least()));
        }
        if let Some(count) = long {
            flawed("too many", list(count), at_most_long(count - 1));
        }
        if site.shape.unique {
            flawed(
                "not unique",
                list(2.max(site.rules.least())),
                "Member must have unique values".to_owned(),
            );
        }
    }

    fn break_map(&self, site: &Site<'_>, flawed: Flawed<'_>) {
        let value = || {
            let value = site.shape.value.as_ref()?;
            build(self.table, value, &[], &Leaf::Valid)
        };
        let map = |keys: Option<Vec<String>>| {
            let entries = keys?.into_iter().map(|key| Some((key, value()?)));
            Some(Value::Object(entries.collect::<Option<_>>()?))
        };
        let (short, long) = around(&site.rules);
        if let Some(count) = short {
            flawed(
                "too few",
                map(keys(self.table, site.shape, count)),
                at_least_long(site.rules.least()),
            );
        }
        if let Some(count) = long {
            flawed(
                "too many",
                map(keys(self.table, site.shape, count)),
                at_most_long(count - 1),
            );
        }
        let Some(key) = &site.shape.key else { return };
        let rules = self.table.rules(key);
        let long = text::too_long(&rules).filter(|key| key.len() <= LONGEST);
        let mismatch = text::mismatch(&rules);
        if let (Some(most), Some(key)) = (rules.most(), long) {
            flawed("bad map key", map(Some(vec![key])), at_most_long(most));
        }
        if let (Some(pattern), Some(key)) = (&rules.pattern, mismatch) {
            flawed("bad map key", map(Some(vec![key])), of_pattern(pattern));
        }
    }

    fn break_union(&self, site: &Site<'_>, cases: &mut Vec<Case>) {
        let union = || Expectation::Union {
            path: path_from_zero(&site.steps),
        };
        let empty = Leaf::Value(json!({}));
        cases.extend(self.case("empty union", &site.steps, &empty, union()));
        let variants = site.shape.members.iter().filter_map(|(name, member)| {
            let value = build(self.table, member, &[], &Leaf::Valid)?;
            Some((member.wire_name(name).to_owned(), value))
        });
        let two: Vec<_> = variants.take(2).collect();
        if two.len() == 2 {
            let two = Leaf::Value(Value::Object(two.into_iter().collect()));
            cases.extend(self.case("two union members", &site.steps, &two, union()));
        }
    }

    /// A value of another JSON type; outside of the body everything is text.
    fn mistype(&self, site: &Site<'_>, cases: &mut Vec<Case>) {
        let kind = site.shape.kind.as_str();
        let wrong = match (site.place.0, kind) {
            (_, "document") | ("label" | "query" | "header", "string" | "list" | "blob") => return,
            ("payload", "blob") if site.steps.len() == 1 => return,
            ("label" | "query" | "header", _) => vec![json!("no such value")],
            (_, "string" | "blob" | "timestamp") => vec![json!({}), json!(["a"])],
            (_, "integer" | "long" | "float" | "double") => vec![json!({}), json!("three")],
            (_, "boolean") => vec![json!("yes"), json!({})],
            (_, "list") => vec![json!({}), json!("a")],
            _ => vec![json!("a"), json!(1), json!([])],
        };
        for wrong in wrong {
            cases.extend(self.case(
                "wrong type",
                &site.steps,
                &Leaf::Value(wrong),
                Expectation::Unreadable,
            ));
        }
    }

    fn case(
        &self,
        kind: &'static str,
        steps: &[Step],
        leaf: &Leaf,
        expectation: Expectation,
    ) -> Option<Case> {
        let input = build(self.table, &self.input, steps, leaf)?;
        Some(Case {
            operation: self.operation.name.clone(),
            kind,
            path: path(steps),
            request: bind(self.table, self.operation, &input)?,
            expectation,
        })
    }
}

/// A length below the least and one above the greatest, where there are such limits.
fn around(rules: &Rules) -> (Option<usize>, Option<usize>) {
    let long = rules
        .most()
        .map(|most| most + 1)
        .filter(|count| *count <= LONGEST);
    (rules.least().checked_sub(1), long)
}

/// The service judges simple elements of a list or map as a whole, and names that.
fn violation(steps: &[Step], constraint: String) -> Expectation {
    let mut paths = vec![path(steps)];
    if let [outer @ .., Step::Element | Step::MapValue] = steps {
        paths.push(path(outer));
    }
    Expectation::Violation { paths, constraint }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::table;

    #[test]
    fn every_constraint_is_broken_once() {
        let table = table();
        let cases = cases(&table, &table.operations[0]);
        let kinds: Vec<_> = cases
            .iter()
            .filter(|case| case.kind != "wrong type")
            .collect();
        let kinds: Vec<_> = kinds
            .iter()
            .map(|case| format!("{} {}", case.kind, case.path))
            .collect();
        let expected = [
            "valid ",
            "too small count",
            "too great count",
            "too short id",
            "too long id",
            "bad pattern id",
            "bad enum value kind",
            "bad map key labels",
            "empty union source",
            "two union members source",
            "missing tags",
            "too few tags",
            "too many tags",
            "not unique tags",
            "missing tags.1.member.key",
        ];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn only_one_constraint_is_broken() {
        let table = table();
        let cases = cases(&table, &table.operations[0]);
        let case = cases
            .iter()
            .find(|case| case.kind == "too great")
            .expect("a case");
        assert_eq!(case.request.path, "/things/aa");
        assert_eq!(
            &case.request.body[..],
            br#"{"count":6,"tags":[{"key":"a"}]}"#
        );
        let Expectation::Violation { paths, constraint } = &case.expectation else {
            panic!("{case:?}")
        };
        assert_eq!(paths, &["count"]);
        assert_eq!(constraint, "Member must have value less than or equal to 5");
    }
}
