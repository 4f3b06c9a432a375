//! Cache points, as Anthropic sees them: marks on the blocks before them.

use bedrock_runtime_smithy::model::{
    CachePointBlock, CacheTtl, ContentBlock, SystemContentBlock, Tool,
};

use super::translation::translated_index;
use crate::rules::{
    Conversation,
    refusal::{Checked, model_refuses},
};

/// How many blocks of a request can be marked.
const MAX_MARKS: usize = 4;

/// Rules of a request's cache points, in the order in which the model reads them.
pub(super) fn check(conversation: &Conversation<'_>) -> Checked {
    let mut marks = Marks::default();
    let tools = conversation
        .tool_config
        .map_or(&[][..], |config| &config.tools);
    for (index, tool) in tools.iter().enumerate() {
        if let Tool::CachePoint(point) = tool {
            marks.see(point, || {
                format!("tools.{}", before(index, &tools[..index], is_tool_point))
            })?;
        }
    }
    let system = conversation.system;
    for (index, block) in system.iter().enumerate() {
        if let SystemContentBlock::CachePoint(point) = block {
            let earlier = &system[..index];
            marks.see(point, || {
                format!("system.{}", before(index, earlier, is_system_point))
            })?;
        }
    }
    for (number, message) in conversation.messages.iter().enumerate() {
        for (index, block) in message.content.iter().enumerate() {
            if let ContentBlock::CachePoint(point) = block {
                let marked = translated_index(&message.content, index).saturating_sub(1);
                marks.see(point, || format!("messages.{number}.content.{marked}"))?;
            }
        }
    }
    marks.are_not_too_many()
}

/// Index of the block that a point marks: points are no blocks to the model.
fn before<T>(index: usize, earlier: &[T], is_point: fn(&T) -> bool) -> usize {
    (index - earlier.iter().filter(|item| is_point(item)).count()).saturating_sub(1)
}

fn is_tool_point(tool: &Tool) -> bool {
    matches!(tool, Tool::CachePoint(_))
}

fn is_system_point(block: &SystemContentBlock) -> bool {
    matches!(block, SystemContentBlock::CachePoint(_))
}

/// The marks of a request so far.
#[derive(Default)]
struct Marks {
    count: usize,
    short_lived: bool,
}

impl Marks {
    /// A mark that lives longer does not come after one that lives shorter (quoted).
    fn see(&mut self, point: &CachePointBlock, path: impl FnOnce() -> String) -> Checked {
        self.count += 1;
        if point.ttl != Some(CacheTtl::OneHour) {
            self.short_lived = true;
            return Ok(());
        }
        if !self.short_lived {
            return Ok(());
        }
        model_refuses(format!(
            "{}.cache_control.ttl: a ttl='1h' cache_control block must not come after a ttl='5m' \
             cache_control block. Note that blocks are processed in the following order: `tools`, \
             `system`, `messages`.",
            path()
        ))
    }

    /// There are no more than four (quoted).
    fn are_not_too_many(&self) -> Checked {
        if self.count <= MAX_MARKS {
            return Ok(());
        }
        model_refuses(format!(
            "A maximum of 4 blocks with cache_control may be provided. Found {}.",
            self.count
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{NOVA_PRO, Request, SONNET_4_5, point, point_for, text, tool};

    #[test]
    fn four_marks_are_enough() {
        let request = |model, count| {
            let marked = || [text("a"), ContentBlock::CachePoint(point())];
            Request::saying(model, (0..count).flat_map(|_| marked()).collect::<Vec<_>>())
        };
        request(SONNET_4_5, 4).is_accepted();
        request(SONNET_4_5, 5).is_refused_by_the_model(
            "A maximum of 4 blocks with cache_control may be provided. Found 5.",
        );
        request(NOVA_PRO, 5).is_accepted();
        let tools = [tool("look"), Tool::CachePoint(point())];
        request(SONNET_4_5, 4)
            .with_tools(tools)
            .is_refused_by_the_model(
                "A maximum of 4 blocks with cache_control may be provided. Found 5.",
            );
    }

    #[test]
    fn long_lived_marks_come_first() {
        let request = |tools, system, first, second| {
            let prompt = SystemContentBlock::Text("Be brief.".to_owned());
            let content = [
                text("a"),
                ContentBlock::CachePoint(point_for(first)),
                text("b"),
                ContentBlock::CachePoint(point_for(second)),
            ];
            Request::saying(SONNET_4_5, content)
                .with_tools([tool("look"), Tool::CachePoint(point_for(tools))])
                .with_system([prompt, SystemContentBlock::CachePoint(point_for(system))])
        };
        let (long, short) = (CacheTtl::OneHour, CacheTtl::FiveMinutes);
        request(long, long, long, short).is_accepted();
        request(long, short, short, short).is_accepted();
        let refusal = |path| {
            format!(
                "{path}.cache_control.ttl: a ttl='1h' cache_control block must not come after a \
                 ttl='5m' cache_control block. Note that blocks are processed in the following \
                 order: `tools`, `system`, `messages`."
            )
        };
        request(short, long, long, long).is_refused_by_the_model(&refusal("system.0"));
        request(long, short, long, long).is_refused_by_the_model(&refusal("messages.0.content.0"));
        request(long, long, short, long).is_refused_by_the_model(&refusal("messages.0.content.1"));
    }
}
