//! What the generated code does not check, as a small tree over the members where it matters.
//!
//! The generator ignores `@range` on floats and doubles, constraints written on the element of a list or on the key or
//! value of a map, and `@uniqueItems` of some lists. A plan holds the members of one operation's body that lead to such
//! a constraint, and nothing else; it is made once, at startup.

use std::collections::HashMap;

use crate::constraint::{ConstraintTable, Constraints, Kind, Member, Operation, Pattern};

/// The place of a node in its plan.
pub(super) type NodeId = usize;

/// The unenforced constraints of one operation's body.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    nodes: Vec<Node>,
    pub(super) root: Option<NodeId>,
    /// The table says that something is not enforced, but it is nowhere in the tree.
    pub(super) always_walk: bool,
}

/// A value to look at.
#[derive(Debug)]
pub(super) enum Node {
    /// A structure or union: the members that lead to a check, by their names on the wire.
    Members(Vec<(String, NodeId)>),
    List {
        element: Option<NodeId>,
        unique: bool,
    },
    Map {
        key: Option<TextCheck>,
        value: Option<NodeId>,
    },
    Number {
        least: Option<f64>,
        most: Option<f64>,
    },
    Text(TextCheck),
}

/// Length and pattern of a text.
#[derive(Debug)]
pub(super) struct TextCheck {
    length: (Option<u64>, Option<u64>),
    pattern: Option<Pattern>,
}

impl TextCheck {
    fn new(constraints: &Constraints) -> Option<Self> {
        let pattern = constraints
            .pattern
            .as_ref()
            .map(|pattern| Pattern::new(pattern.official()));
        let length = constraints.length.unwrap_or_default();
        (!constraints.is_empty()).then_some(Self { length, pattern })
    }

    pub(super) fn accepts(&self, text: &str) -> bool {
        let length = text.chars().count() as u64;
        let (least, most) = self.length;
        least.is_none_or(|least| length >= least)
            && most.is_none_or(|most| length <= most)
            && self
                .pattern
                .as_ref()
                .is_none_or(|pattern| pattern.matches(text))
    }
}

impl Plan {
    /// The plan of an operation; empty if the generated code enforces everything.
    pub(crate) fn new(table: &ConstraintTable, operation: &Operation) -> Self {
        let input = operation.input.as_deref().filter(|_| operation.unenforced);
        let Some(input) = input else {
            return Self::default();
        };
        let mut builder = Builder {
            table,
            nodes: Vec::new(),
            shapes: HashMap::new(),
        };
        // Where one member is the whole body, the body is that member's shape.
        let members = table.input(operation);
        let payload = operation
            .payload
            .as_ref()
            .and_then(|name| members.iter().find(|member| member.name == *name));
        let root = builder.shape(payload.map_or(input, |member| &member.target));
        builder.finish(root)
    }

    pub(super) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id)
    }
}

struct Builder<'t> {
    table: &'t ConstraintTable,
    nodes: Vec<Node>,
    /// Structures, unions, lists and maps already met; shapes may contain themselves.
    shapes: HashMap<&'t str, NodeId>,
}

impl<'t> Builder<'t> {
    fn add(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    fn member(&mut self, member: &'t Member) -> Option<NodeId> {
        let shape = self.table.shape(&member.target)?;
        let Kind::Number(kind) = shape.kind else {
            return self.shape(&member.target);
        };
        let range = member
            .constraints
            .range
            .as_ref()
            .or(shape.constraints.range.as_ref());
        let (least, most) = range.filter(|_| kind.bounds().is_none())?;
        let bound = |number: &Option<serde_json::Number>| {
            number.as_ref().and_then(serde_json::Number::as_f64)
        };
        let node = Node::Number {
            least: bound(least),
            most: bound(most),
        };
        Some(self.add(node))
    }

    /// The element of a list or map, whose own constraints the generator ignores.
    fn element(&mut self, member: &'t Member) -> Option<NodeId> {
        let shape = self.table.shape(&member.target)?;
        if matches!(shape.kind, Kind::Text { .. }) {
            return TextCheck::new(&member.constraints).map(|check| self.add(Node::Text(check)));
        }
        self.member(member)
    }

    fn shape(&mut self, name: &'t str) -> Option<NodeId> {
        if let Some(known) = self.shapes.get(name) {
            return Some(*known);
        }
        let kind = &self.table.shape(name)?.kind;
        if !matches!(
            kind,
            Kind::Structure(_) | Kind::Union(_) | Kind::List { .. } | Kind::Map(_)
        ) {
            return None;
        }
        // The place is taken before the children are visited.
        let id = self.add(Node::Members(Vec::new()));
        self.shapes.insert(name, id);
        let node = match kind {
            Kind::Structure(members) | Kind::Union(members) => {
                let children = members
                    .iter()
                    .filter_map(|member| Some((member.wire_name.clone(), self.member(member)?)));
                Node::Members(children.collect())
            }
            Kind::List { member, unique } => Node::List {
                element: self.element(member),
                unique: *unique,
            },
            Kind::Map(elements) => Node::Map {
                key: TextCheck::new(&elements.key.constraints),
                value: self.element(&elements.value),
            },
            _ => return None,
        };
        self.nodes[id] = node;
        Some(id)
    }

    /// Cuts what leads to no check.
    fn finish(mut self, root: Option<NodeId>) -> Plan {
        let alive = alive(&self.nodes);
        let keep = |child: &mut Option<NodeId>| *child = child.filter(|id| alive[*id]);
        for node in &mut self.nodes {
            match node {
                Node::Members(children) => children.retain(|(_, id)| alive[*id]),
                Node::List { element: child, .. } | Node::Map { value: child, .. } => keep(child),
                Node::Number { .. } | Node::Text(_) => {}
            }
        }
        let root = root.filter(|id| alive[*id]);
        Plan {
            nodes: self.nodes,
            always_walk: root.is_none(),
            root,
        }
    }
}

/// Which nodes are checks or lead to one.
fn alive(nodes: &[Node]) -> Vec<bool> {
    let mut alive = vec![false; nodes.len()];
    loop {
        let lives = |child: &Option<NodeId>| child.is_some_and(|id| alive[id]);
        let next: Vec<bool> = nodes
            .iter()
            .map(|node| match node {
                Node::Members(children) => children.iter().any(|(_, id)| alive[*id]),
                Node::List { element, unique } => *unique || lives(element),
                Node::Map { key, value } => key.is_some() || lives(value),
                Node::Number { .. } | Node::Text(_) => true,
            })
            .collect();
        if next == alive {
            return alive;
        }
        alive = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn plan(operation: &str) -> Plan {
        let table = testing::table();
        let found = table
            .operations()
            .iter()
            .find(|entry| entry.name == operation);
        Plan::new(&table, found.expect("in the table"))
    }

    fn members(plan: &Plan, id: Option<NodeId>) -> Vec<&str> {
        match id.and_then(|id| plan.node(id)) {
            Some(Node::Members(children)) => {
                children.iter().map(|(name, _)| name.as_str()).collect()
            }
            _ => Vec::new(),
        }
    }

    #[test]
    fn only_members_that_matter_are_in_the_plan() {
        let plan = plan("Converse");
        let expected = [
            "inferenceConfig",
            "additionalModelResponseFieldPaths",
            "requestMetadata",
        ];
        assert_eq!(members(&plan, plan.root), expected);
    }

    #[test]
    fn shapes_may_contain_themselves() {
        let plan = plan("CreateThing");
        assert_eq!(members(&plan, plan.root), ["filter", "entities"]);
    }

    #[test]
    fn enforced_operations_have_no_plan() {
        let plan = plan("StartBuild");
        assert!(plan.root.is_none() && !plan.always_walk);
    }

    /// A native body may have members with the names and other ranges than Converse's.
    #[test]
    fn native_bodies_have_no_plan() {
        let text = include_str!("../../../bedrock-runtime-smithy/constraints.json");
        let table = ConstraintTable::parse(text).expect("the generated table is valid");
        let native = |operation: &&Operation| operation.name.starts_with("InvokeModel");
        for operation in table.operations().iter().filter(native) {
            let plan = Plan::new(&table, operation);
            assert!(
                plan.root.is_none() && !plan.always_walk,
                "{}",
                operation.name
            );
        }
    }

    #[test]
    fn what_the_generators_flagged_is_in_the_plans() {
        for text in [
            include_str!("../../../bedrock-runtime-smithy/constraints.json"),
            include_str!("../../../bedrock-smithy/constraints.json"),
        ] {
            let table = ConstraintTable::parse(text).expect("the generated table is valid");
            for operation in table.operations() {
                let plan = Plan::new(&table, operation);
                let name = &operation.name;
                assert_eq!(plan.root.is_some(), operation.unenforced, "{name}");
                assert!(!plan.always_walk, "{name}");
            }
        }
    }
}
