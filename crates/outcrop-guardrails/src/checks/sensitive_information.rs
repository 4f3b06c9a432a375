//! The sensitive information check: where things are, in characters.

use bedrock_runtime_smithy::model::{
    GuardrailChecksMessage, GuardrailChecksSensitiveInformationConfig,
    GuardrailChecksSensitiveInformationEntityType as WireEntity,
    GuardrailChecksSensitiveInformationResult, GuardrailChecksSensitiveInformationResultEntry,
};

use super::texts;
use crate::policy::EntityType;
use crate::sensitive_information::find;
use crate::text::{characters, next_segment, slice};

/// The most entities that are told. The service has a limit and does not say which.
const LIMIT: usize = 100;

/// What of the types in `config` there is in `messages`, in their order.
pub(super) fn check(
    messages: &[GuardrailChecksMessage],
    config: &GuardrailChecksSensitiveInformationConfig,
) -> GuardrailChecksSensitiveInformationResult {
    let kinds: Vec<EntityType> = config
        .entities
        .iter()
        .filter_map(|entity| EntityType::named(entity.r#type.as_str()))
        .collect();
    let mut results = Vec::new();
    for (message_index, message) in messages.iter().enumerate() {
        for (content_index, text) in texts(message).enumerate() {
            results.extend(entities(text, &kinds).into_iter().map(|mut entry| {
                entry.message_index = number(message_index);
                entry.content_index = number(content_index);
                entry
            }));
        }
    }
    let truncated = results.len() > LIMIT;
    results.truncate(LIMIT);
    GuardrailChecksSensitiveInformationResult {
        results,
        truncated: Some(truncated),
    }
}

fn entities(
    text: &str,
    kinds: &[EntityType],
) -> Vec<GuardrailChecksSensitiveInformationResultEntry> {
    let mut entries = Vec::new();
    let mut from = 0;
    // Counted along with the bytes, so that a long text is counted once.
    let (mut bytes, mut counted) = (0, 0);
    while let Some(end) = next_segment(text, from, true) {
        for found in find(text, from, end, kinds.iter().copied()) {
            counted += characters(slice(text, bytes, found.start));
            bytes = found.start;
            let length = characters(slice(text, found.start, found.end));
            let Ok(r#type) = WireEntity::try_from(found.kind.as_str()) else {
                continue;
            };
            entries.push(GuardrailChecksSensitiveInformationResultEntry {
                begin_offset: number(counted),
                confidence_score: found.confidence,
                content_index: 0,
                end_offset: number(counted + length),
                message_index: 0,
                r#type,
            });
        }
        from = end;
    }
    entries
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
