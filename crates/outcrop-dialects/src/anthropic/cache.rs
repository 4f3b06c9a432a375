//! `cache_control`, which Converse has as a cache point after the block.

use bedrock_runtime_smithy::model::{CachePointBlock, CachePointType, CacheTtl};

use super::fields::Object;
use crate::DialectError;

/// The cache point that a block, a tool or a system prompt asks for.
pub(super) fn point(holder: &Object<'_>) -> Result<Option<CachePointBlock>, DialectError> {
    let Some(control) = holder.optional("cache_control") else {
        return Ok(None);
    };
    let (_, control) = control.object()?.variant(&["ephemeral"])?;
    let ttl = control.map("ttl", |ttl| ttl.one_of(&["5m", "1h"]))?;
    let ttl = ttl.map(|ttl| {
        if ttl == "1h" {
            CacheTtl::OneHour
        } else {
            CacheTtl::FiveMinutes
        }
    });
    Ok(Some(CachePointBlock {
        ttl,
        r#type: CachePointType::Default,
    }))
}
