use bedrock_runtime_smithy::model::{ContentBlock, Message};

use crate::rules::testing::{
    LLAMA, MISTRAL, NOVA_2_LITE, NOVA_PRO, Request, SONNET_4, assistant, call, point, result, text,
    user,
};

fn request(model: &str, messages: impl Into<Vec<Message>>) -> Request {
    Request::new(model, messages).with_a_tool()
}

/// A question, the answer and what comes back.
fn talk(
    model: &str,
    answer: impl Into<Vec<ContentBlock>>,
    back: impl Into<Vec<ContentBlock>>,
) -> Request {
    request(model, [user([text("Look")]), assistant(answer), user(back)])
}

#[test]
fn results_answer_the_calls_before_them() {
    for model in [SONNET_4, NOVA_PRO, LLAMA, MISTRAL] {
        talk(model, [call("1")], [result("1")]).is_accepted();
        talk(model, [call("1"), call("2")], [result("2"), result("1")]).is_accepted();
    }
    // Over two messages of the same turn.
    let split = [
        user([text("Look")]),
        assistant([call("1"), call("2")]),
        user([result("1")]),
        user([result("2")]),
    ];
    request(NOVA_PRO, split).is_accepted();
    // The last turn need not be answered yet.
    request(SONNET_4, [user([text("Look")]), assistant([call("1")])]).is_accepted();
}

#[test]
fn no_call_stays_unanswered() {
    let cases: [(&[_], _); 3] = [
        (&[text("b")], "1, 2"),
        (&[result("2")], "1"),
        (&[result("2"), result("3")], "1"),
    ];
    for (back, missing) in cases {
        talk(SONNET_4, [call("1"), call("2")], back).is_refused(&format!(
            "Expected toolResult blocks at messages.2.content for the following Ids: {missing}"
        ));
    }
}

#[test]
fn nothing_else_is_answered() {
    let refusal = "The number of toolResult blocks at messages.2.content exceeds the number of \
                   toolUse blocks of previous turn.";
    talk(SONNET_4, [text("b")], [result("1")]).is_refused(refusal);
    talk(SONNET_4, [call("1")], [result("1"), result("2")]).is_refused(refusal);
    request(SONNET_4, [user([result("1")])]).is_refused(
        "The number of toolResult blocks at messages.0.content exceeds the number of toolUse blocks \
         of previous turn.",
    );
}

#[test]
fn ids_come_once() {
    talk(SONNET_4, [call("1"), call("1")], [result("1")])
        .is_refused("The toolUse blocks at messages.1.content contain duplicate Ids: 1");
    talk(SONNET_4, [call("1")], [result("1"), result("1")])
        .is_refused("The toolResult blocks at messages.2.content contain duplicate Ids: 1");
    // In another turn they may come again.
    let again = [
        user([text("Look")]),
        assistant([call("1")]),
        user([result("1")]),
        assistant([call("1")]),
        user([result("1")]),
    ];
    request(SONNET_4, again).is_accepted();
}

#[test]
fn tools_that_the_service_runs_are_answered_at_once() {
    let mut grounding = call("s");
    if let ContentBlock::ToolUse(call) = &mut grounding {
        call.r#type = Some("server_tool_use".to_owned());
    }
    talk(
        NOVA_2_LITE,
        [grounding.clone(), result("s"), call("1")],
        [result("1")],
    )
    .is_accepted();
    talk(
        NOVA_2_LITE,
        [grounding, result("s"), text("b")],
        [text("c")],
    )
    .is_accepted();
}

#[test]
fn some_models_take_results_alone() {
    let request = |model| talk(model, [call("1")], [result("1"), text("Well?")]);
    request(SONNET_4).is_accepted();
    request(NOVA_PRO).is_accepted();
    for model in [LLAMA, MISTRAL] {
        request(model).is_refused(
            "messages.2.content: Conversation blocks and tool result blocks cannot be provided in \
             the same turn.",
        );
    }
    talk(
        SONNET_4,
        [call("1")],
        [result("1"), ContentBlock::CachePoint(point())],
    )
    .is_accepted();
}

#[test]
fn some_models_take_calls_alone() {
    let request = |model| talk(model, [text("So:"), call("1")], [result("1")]);
    request(SONNET_4).is_accepted();
    request(NOVA_PRO).is_accepted();
    for model in [LLAMA, MISTRAL] {
        request(model).is_refused(
            "messages.1.content: Conversation blocks and tool use blocks cannot be provided in the \
             same turn.",
        );
    }
}
