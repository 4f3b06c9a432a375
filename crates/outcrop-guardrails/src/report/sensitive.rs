//! Sensitive information: each occurrence, in the order of the text.

use bedrock_runtime_smithy::model::{
    GuardrailPiiEntityFilter, GuardrailPiiEntityType, GuardrailRegexFilter,
    GuardrailSensitiveInformationPolicyAction as WireAction,
    GuardrailSensitiveInformationPolicyAssessment,
};

use super::{Findings, Scope, some};
use crate::finding::Kind;
use crate::plan::Plan;
use crate::policy::{Action, EntityType};

pub(super) fn policy(
    plan: &Plan,
    found: &Findings,
    scope: Scope,
) -> Option<GuardrailSensitiveInformationPolicyAssessment> {
    let mut entities = detected(found);
    if scope == Scope::Full {
        entities.extend(undetected(plan, found));
    }
    let (pii_entities, regexes) = (some(entities), some(regexes(plan, found)));
    (pii_entities.is_some() || regexes.is_some()).then_some(
        GuardrailSensitiveInformationPolicyAssessment {
            pii_entities,
            regexes,
        },
    )
}

fn detected(found: &Findings) -> Vec<GuardrailPiiEntityFilter> {
    let told = found.list.iter().filter_map(|finding| match finding.kind {
        Kind::Pii(entity) => Some(GuardrailPiiEntityFilter {
            action: Some(action(entity.action, found)),
            detected: Some(true),
            r#match: Some(finding.text.clone()),
            r#type: wire_entity(entity.kind),
        }),
        _ => None,
    });
    told.collect()
}

/// What was looked for and is not there: an empty match (recorded).
fn undetected(plan: &Plan, found: &Findings) -> Vec<GuardrailPiiEntityFilter> {
    let missing = plan.entities.iter().filter(|entity| {
        !found
            .list
            .iter()
            .any(|finding| matches!(finding.kind, Kind::Pii(other) if other.kind == entity.kind))
    });
    let told = missing.map(|entity| GuardrailPiiEntityFilter {
        action: Some(WireAction::None),
        detected: Some(false),
        r#match: Some(String::new()),
        r#type: wire_entity(entity.kind),
    });
    told.collect()
}

fn regexes(plan: &Plan, found: &Findings) -> Vec<GuardrailRegexFilter> {
    let told = found.list.iter().filter_map(|finding| {
        let Kind::Regex(index) = finding.kind else {
            return None;
        };
        let rule = plan.regexes.get(index)?;
        Some(GuardrailRegexFilter {
            action: Some(action(rule.action, found)),
            detected: Some(true),
            r#match: Some(finding.text.clone()),
            name: Some(rule.name.clone()),
            regex: Some(rule.pattern.clone()),
        })
    });
    told.collect()
}

fn action(action: Action, found: &Findings) -> WireAction {
    match action {
        Action::Block => WireAction::Blocked,
        Action::Anonymize if found.masking => WireAction::Anonymized,
        Action::Anonymize | Action::None => WireAction::None,
    }
}

fn wire_entity(kind: EntityType) -> Option<GuardrailPiiEntityType> {
    GuardrailPiiEntityType::try_from(kind.as_str()).ok()
}
