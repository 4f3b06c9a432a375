//! What holds for the server views of the official models. Skipped where those are not at hand.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test fails by panicking and says why it is skipped"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use outcrop_codegen::ast::{Model, get_trait, has_trait, kind_of, members, target};
use outcrop_codegen::data::WidenedConstraint;
use outcrop_codegen::prepare::{Prepared, prepare};
use outcrop_codegen::project::Service;
use outcrop_codegen::walk::{
    CONSTRAINTS, is_constrained, is_event_stream, operation_inputs, reachable,
};
use serde_json::Value;

mod common;

const PATTERN: &str = "smithy.api#pattern";

/// Both services, each with its official model, what is prepared from it, and the constraints that are widened.
fn services() -> Vec<(Model, Prepared, Vec<WidenedConstraint>)> {
    let Some(models) = common::models() else {
        return Vec::new();
    };
    let mut project = common::project();
    let read = |path: &Path| Model::parse(&fs::read_to_string(path).unwrap()).unwrap();
    let prepare = |service: &mut Service| {
        let official = read(&models.join(format!("{}.json", service.name)));
        let prepared = prepare(
            official.clone(),
            &service.data,
            &project.settings.unused_traits,
        )
        .unwrap();
        let widened = std::mem::take(&mut service.data.widened_constraints);
        (official, prepared, widened)
    };
    project.services.iter_mut().map(prepare).collect()
}

/// Shapes and their members alike.
fn parts(shape: &Value) -> impl Iterator<Item = &Value> {
    std::iter::once(shape).chain(members(shape).map(|(_, member)| member))
}

fn requested(model: &Model) -> BTreeSet<String> {
    reachable(model, operation_inputs(model), |shape| {
        !is_event_stream(shape)
    })
}

#[test]
fn every_operation_stays() {
    let counts: Vec<usize> = services()
        .iter()
        .map(|(official, prepared, _)| {
            let served = prepared.view.ids_of("operation");
            for id in official.ids_of("operation") {
                assert!(served.contains(&id), "{id}");
            }
            served.len()
        })
        .collect();
    assert!(counts.is_empty() || counts == [11, 108], "{counts:?}");
}

#[test]
fn nothing_in_event_streams_is_restricted() {
    for (_, Prepared { view, .. }, _) in services() {
        let streams: Vec<_> = view
            .shapes()
            .iter()
            .filter(|(_, shape)| is_event_stream(shape))
            .collect();
        for id in reachable(&view, streams.into_iter().map(|(id, _)| id.clone()), |_| {
            true
        }) {
            assert!(
                parts(&view.shapes()[&id]).all(|part| !is_constrained(part)),
                "{id}"
            );
        }
    }
}

/// The trait as it holds for a member: its own, else its target's.
fn effective<'a>(model: &'a Model, member: &'a Value, id: &str) -> Option<&'a Value> {
    get_trait(member, id).or_else(|| get_trait(model.shape(target(member))?, id))
}

/// What a member's constraint is widened to, if it is.
fn live<'a>(
    widened: &'a [WidenedConstraint],
    member_id: &str,
    member: &Value,
    constraint: &str,
) -> Option<&'a Value> {
    let found = widened.iter().find(|entry| {
        entry.constraint == constraint && [member_id, target(member)].contains(&&*entry.what)
    });
    found.map(|entry| &entry.live)
}

#[test]
fn requests_keep_their_constraints() {
    for (official, Prepared { view, .. }, widened) in services() {
        for id in requested(&official) {
            // Only renamed shapes go.
            let Some(shape) = view.shape(&id).filter(|shape| kind_of(shape) != "string") else {
                continue;
            };
            for (name, before) in members(&official.shapes()[&id]) {
                let (_, after) = members(shape).find(|(other, _)| *other == name).unwrap();
                for constraint in CONSTRAINTS
                    .iter()
                    .filter(|constraint| **constraint != PATTERN)
                {
                    let member_id = format!("{id}${name}");
                    let wanted = live(&widened, &member_id, before, constraint)
                        .or_else(|| effective(&official, before, constraint));
                    assert_eq!(
                        wanted,
                        effective(&view, after, constraint),
                        "{member_id}: {constraint}"
                    );
                }
            }
        }
    }
}

#[test]
fn every_pattern_is_anchored_and_compiles() {
    for (_, Prepared { view, .. }, _) in services() {
        for (id, shape) in view.shapes() {
            for pattern in parts(shape).filter_map(|part| get_trait(part, PATTERN)?.as_str()) {
                assert!(
                    pattern.starts_with('^') && pattern.ends_with('$'),
                    "{id}: {pattern}"
                );
                assert!(
                    !pattern.contains('#') && !pattern.chars().any(char::is_control),
                    "{id}: {pattern}"
                );
                regex::Regex::new(pattern).unwrap();
            }
        }
    }
}

#[test]
fn every_operation_with_input_can_answer_a_validation_exception() {
    for (_, Prepared { view, .. }, _) in services() {
        let exceptions: Vec<_> = view
            .shapes()
            .iter()
            .filter(|(_, shape)| has_trait(shape, "smithy.framework.rust#validationException"))
            .collect();
        let [(exception, _)] = exceptions[..] else {
            panic!("{} validation exceptions", exceptions.len())
        };
        for id in view.ids_of("operation") {
            let operation = &view.shapes()[&id];
            let reached = reachable(&view, [target(&operation["input"]).to_owned()], |_| true);
            let restricted = reached
                .iter()
                .map(|id| &view.shapes()[id])
                .any(|shape| kind_of(shape) == "enum" || parts(shape).any(is_constrained));
            let errors = operation["errors"].as_array().unwrap();
            assert!(
                !restricted || errors.iter().any(|error| target(error) == exception),
                "{id}"
            );
        }
    }
}
