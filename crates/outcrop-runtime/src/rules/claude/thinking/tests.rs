use bedrock_runtime_smithy::model::InferenceConfiguration;
use serde_json::json;

use super::*;
use crate::rules::testing::{
    NOVA_PRO, OPUS_4_7, Request, SONNET_4, SONNET_4_5, SONNET_4_6, any, assistant, auto, call,
    certain, limit, parameters, reasoning, result, text, user,
};

fn budget(tokens: i64) -> Value {
    json!({"thinking": {"type": "enabled", "budget_tokens": tokens}})
}

fn adaptive() -> Value {
    json!({"thinking": {"type": "adaptive"}})
}

#[test]
fn the_model_knows_this_way_of_thinking() {
    let request = |model, fields| Request::hi(model).with_fields(fields);
    request(SONNET_4, budget(1024)).is_accepted();
    request(SONNET_4_6, budget(1024)).is_accepted();
    request(SONNET_4_6, adaptive()).is_accepted();
    request(OPUS_4_7, adaptive()).is_accepted();
    request(OPUS_4_7, json!({"thinking": {"type": "disabled"}})).is_accepted();
    request(OPUS_4_7, budget(1024)).is_refused_by_the_model(
        "\"thinking.type.enabled\" is not supported for this model. Use \"thinking.type.adaptive\" \
         and \"output_config.effort\" to control thinking behavior.",
    );
    request(SONNET_4_5, adaptive())
        .is_refused_by_the_model("adaptive thinking is not supported on this model");
}

#[test]
fn the_budget_is_enough() {
    let refusal = "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024";
    Request::hi(SONNET_4)
        .with_fields(budget(1024))
        .is_accepted();
    Request::hi(SONNET_4)
        .with_fields(budget(1023))
        .is_refused_by_the_model(refusal);
    Request::hi(NOVA_PRO)
        .with_fields(budget(1023))
        .is_accepted();
    let fields = json!({"reasoning_config": {"type": "enabled", "budget_tokens": 1}});
    Request::hi(SONNET_4)
        .with_fields(fields)
        .is_refused_by_the_model(refusal);
}

#[test]
fn the_budget_leaves_tokens_for_the_answer() {
    let request = |tokens| {
        Request::hi(SONNET_4)
            .inferring(limit(tokens))
            .with_fields(budget(2000))
    };
    request(2001).is_accepted();
    for tokens in [1, 2000] {
        request(tokens).is_refused_by_the_model(
            "`max_tokens` must be greater than `thinking.budget_tokens`. Please consult our \
             documentation at https://docs.claude.com/en/docs/build-with-claude/\
             extended-thinking#max-tokens-and-context-window-size",
        );
    }
    let mut fields = budget(2000);
    fields["anthropic_beta"] = json!(["interleaved-thinking-2025-05-14"]);
    request(2000).with_fields(fields).is_accepted();
}

#[test]
fn the_temperature_is_1() {
    let request = |temperature| {
        let config = InferenceConfiguration {
            temperature,
            ..parameters()
        };
        Request::hi(SONNET_4)
            .inferring(config)
            .with_fields(budget(1024))
    };
    request(None).is_accepted();
    request(Some(1.0)).is_accepted();
    request(Some(0.5)).is_refused_by_the_model(
        "`temperature` may only be set to 1 when thinking is enabled or in adaptive mode. Please \
         consult our documentation at https://docs.claude.com/en/docs/build-with-claude/\
         extended-thinking#important-considerations-when-using-extended-thinking",
    );
}

#[test]
fn no_tool_is_forced() {
    let request = |choice| {
        Request::hi(SONNET_4)
            .with_a_tool()
            .choosing(choice)
            .with_fields(budget(1024))
    };
    request(auto()).is_accepted();
    for choice in [any(), certain("look")] {
        request(choice).is_refused_by_the_model(
            "Thinking may not be enabled when tool_choice forces tool use.",
        );
    }
    let mut forced = request(any());
    forced.fields = None;
    forced.is_accepted();
}

/// The service once refused this; Anthropic documents that it does without thinking for such a request, and agents count
/// on it.
#[test]
fn the_open_turn_need_not_begin_with_thinking() {
    for answer in [
        vec![reasoning(), call("1")],
        vec![call("1")],
        vec![text("b"), call("1")],
    ] {
        let turns = [user([text("a")]), assistant(answer), user([result("1")])];
        Request::new(SONNET_4, turns)
            .with_a_tool()
            .with_fields(budget(1024))
            .is_accepted();
    }
}
