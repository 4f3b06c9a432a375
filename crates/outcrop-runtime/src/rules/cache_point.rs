//! Cache points: which models take them, and where they stand.

use bedrock_runtime_smithy::model::{
    CachePointBlock, ContentBlock, Message, SystemContentBlock, Tool,
};
use outcrop_catalogue::Model;

use super::{
    family,
    refusal::{Checked, refuse, supported},
};

/// An item of a list that may hold cache points.
enum Item<'a> {
    Point(&'a CachePointBlock),
    Reasoning,
    Other,
}

/// Rules of the cache points of a message.
pub(super) fn in_message(model: &Model, message: &Message) -> Checked {
    in_list(
        model,
        message.content.iter().map(|block| match block {
            ContentBlock::CachePoint(point) => Item::Point(point),
            ContentBlock::ReasoningContent(_) => Item::Reasoning,
            _ => Item::Other,
        }),
    )
}

/// Rules of the cache points among system prompts.
pub(super) fn in_system(model: &Model, system: &[SystemContentBlock]) -> Checked {
    in_list(
        model,
        system.iter().map(|block| match block {
            SystemContentBlock::CachePoint(point) => Item::Point(point),
            _ => Item::Other,
        }),
    )
}

/// Rules of the cache points among tools.
pub(super) fn in_tools(model: &Model, tools: &[Tool]) -> Checked {
    in_list(
        model,
        tools.iter().map(|tool| match tool {
            Tool::CachePoint(point) => Item::Point(point),
            _ => Item::Other,
        }),
    )
}

fn in_list<'a>(model: &Model, items: impl Iterator<Item = Item<'a>>) -> Checked {
    let mut before = None;
    for item in items {
        match item {
            Item::Point(point) => {
                supported(model.capabilities.check_prompt_caching())?;
                has_a_time_that_the_model_knows(model, point)?;
                follows_something(before.as_ref())?;
            }
            other => before = Some(other),
        }
    }
    Ok(())
}

/// Only Claude's cache can be told how long to keep (quoted; the default, when said, is refused too).
fn has_a_time_that_the_model_knows(model: &Model, point: &CachePointBlock) -> Checked {
    if point.ttl.is_some() && !family::is_claude(model) {
        return refuse("Extended TTL prompt caching is only supported for Anthropic models");
    }
    Ok(())
}

/// Before a cache point there is something in its own list (measured), and it is not reasoning
/// (quoted).
fn follows_something(before: Option<&Item<'_>>) -> Checked {
    match before {
        None => refuse(
            "There is nothing available to cache. Please remove the invalid cache point and try \
             again.",
        ),
        Some(Item::Reasoning) => refuse(
            "Cache point cannot be inserted after reasoning block. Please remove the invalid cache \
             point and try again.",
        ),
        Some(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use bedrock_runtime_smithy::model::CacheTtl;
    use outcrop_catalogue::Unsupported;
    use outcrop_engine::EngineError;

    use super::*;
    use crate::rules::{
        check,
        testing::{
            LLAMA, NOVA_PRO, Request, SONNET_4_5, assistant, point, point_for, reasoning, text,
            tool, user,
        },
    };

    const NOTHING: &str = "There is nothing available to cache. Please remove the invalid cache \
                           point and try again.";

    fn in_message(model: &str) -> Request {
        Request::saying(model, [text("a"), ContentBlock::CachePoint(point())])
    }

    #[test]
    fn the_model_has_a_cache() {
        in_message(SONNET_4_5).is_accepted();
        in_message(NOVA_PRO).is_accepted();
        let refused = Err(EngineError::AccessDenied(
            Unsupported::PromptCaching.to_string(),
        ));
        assert_eq!(check(&in_message(LLAMA).conversation()), refused);
    }

    #[test]
    fn a_point_follows_what_it_caches() {
        let block = || ContentBlock::CachePoint(point());
        Request::saying(SONNET_4_5, [block(), text("a")]).is_refused(NOTHING);
        Request::saying(SONNET_4_5, [text("a"), block(), block()]).is_accepted();

        let prompt = || SystemContentBlock::Text("Be brief.".to_owned());
        let mark = || SystemContentBlock::CachePoint(point());
        Request::hi(SONNET_4_5)
            .with_system([prompt(), mark()])
            .is_accepted();
        Request::hi(SONNET_4_5)
            .with_system([mark(), prompt()])
            .is_refused(NOTHING);

        let mark = || Tool::CachePoint(point());
        Request::hi(SONNET_4_5)
            .with_tools([tool("look"), mark()])
            .is_accepted();
        Request::hi(SONNET_4_5)
            .with_tools([mark()])
            .is_refused(NOTHING);
    }

    #[test]
    fn a_point_does_not_follow_reasoning() {
        let request = |answer: Vec<_>| {
            Request::new(
                SONNET_4_5,
                [user([text("a")]), assistant(answer), user([text("b")])],
            )
        };
        let block = || ContentBlock::CachePoint(point());
        request(vec![reasoning(), text("b"), block()]).is_accepted();
        request(vec![reasoning(), block(), text("b")]).is_refused(
            "Cache point cannot be inserted after reasoning block. Please remove the invalid cache \
             point and try again.",
        );
    }

    #[test]
    fn some_models_know_how_long_to_keep() {
        for ttl in [CacheTtl::OneHour, CacheTtl::FiveMinutes] {
            let content = || [text("a"), ContentBlock::CachePoint(point_for(ttl))];
            Request::saying(SONNET_4_5, content()).is_accepted();
            Request::saying(NOVA_PRO, content())
                .is_refused("Extended TTL prompt caching is only supported for Anthropic models");
        }
    }
}
