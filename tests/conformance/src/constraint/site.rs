//! Places in an operation's input that can be broken.

use std::collections::BTreeSet;

use super::{
    table::{Member, Operation, Rules, Shape, Table},
    value::Step,
};

/// A place: a member, element or entry, and how it is reached from the input.
#[derive(Debug)]
pub(super) struct Site<'a> {
    pub(super) steps: Vec<Step>,
    pub(super) shape: &'a Shape,
    pub(super) rules: Rules,
    /// Whether a structure requires it.
    pub(super) required: bool,
    /// Where the outermost member travels.
    pub(super) place: (&'a str, &'a str),
}

/// Every place once per operation, however many ways lead there.
pub(super) fn sites<'a>(table: &'a Table, operation: &Operation) -> Vec<Site<'a>> {
    let mut walk = Walk {
        table,
        seen: BTreeSet::new(),
        sites: Vec::new(),
    };
    let input = operation
        .input
        .as_deref()
        .and_then(|input| Some((input, table.shape(input)?)));
    if let Some((name, shape)) = input {
        walk.members(name, shape, &[], None);
    }
    walk.sites
}

struct Walk<'a> {
    table: &'a Table,
    seen: BTreeSet<(String, String)>,
    sites: Vec<Site<'a>>,
}

impl<'a> Walk<'a> {
    fn members(
        &mut self,
        name: &str,
        shape: &'a Shape,
        steps: &[Step],
        place: Option<(&'a str, &'a str)>,
    ) {
        for (member_name, member) in &shape.members {
            let place = place.unwrap_or_else(|| member.place());
            let step = Step::Member(member_name.clone());
            let required = member.required && shape.kind == "structure";
            self.visit(
                (name, member_name),
                member,
                &[steps, &[step]].concat(),
                required,
                place,
            );
        }
    }

    fn visit(
        &mut self,
        key: (&str, &str),
        member: &'a Member,
        steps: &[Step],
        required: bool,
        place: (&'a str, &'a str),
    ) {
        let Some(shape) = self.table.shape(&member.target) else {
            return;
        };
        if !self.seen.insert((key.0.to_owned(), key.1.to_owned())) {
            return;
        }
        self.sites.push(Site {
            steps: steps.to_vec(),
            shape,
            rules: self.table.rules(member),
            required,
            place,
        });
        let name = &member.target;
        self.members(name, shape, steps, Some(place));
        for (label, step, element) in [
            ("member", Step::Element, &shape.member),
            ("value", Step::MapValue, &shape.value),
        ] {
            if let Some(element) = element {
                self.visit(
                    (name, label),
                    element,
                    &[steps, &[step]].concat(),
                    false,
                    place,
                );
            }
        }
    }
}

/// The path in the words of a violation: `messages.1.member.role`. A star stands for the key of a map.
pub(super) fn path(steps: &[Step]) -> String {
    joined(steps, ["1.member", "*.member"])
}

/// The path in the words of a rule about unions: `messages.0.role`.
pub(super) fn path_from_zero(steps: &[Step]) -> String {
    joined(steps, ["0", "*"])
}

fn joined(steps: &[Step], [element, entry]: [&str; 2]) -> String {
    let words = steps.iter().map(|step| match step {
        Step::Member(name) => name.as_str(),
        Step::Element => element,
        Step::MapValue => entry,
    });
    words.collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::table;

    #[test]
    fn every_place_is_found_once() {
        let table = table();
        let sites = sites(&table, &table.operations[0]);
        let paths: Vec<_> = sites.iter().map(|site| path(&site.steps)).collect();
        let expected = "count dry id kind labels labels.*.member source source.bytes source.text tags tags.1.member \
                        tags.1.member.key tags.1.member.value";
        assert_eq!(paths, expected.split_whitespace().collect::<Vec<_>>());
        assert_eq!(sites[1].place, ("query", "dryRun"));
        assert_eq!(sites[12].place, ("body", ""));
        assert!(sites[11].required && !sites[12].required);
    }
}
