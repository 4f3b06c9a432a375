//! Every scenario, in process and over a socket.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a scenario stops at what it does not expect"
)]

mod scenarios;

use outcrop_sdk_rust::{Binary, Clients};

/// A module a scenario, with a test for each way to reach the service.
macro_rules! both_ways {
    ($($scenario:ident),* $(,)?) => {$(
        mod $scenario {
            #[tokio::test]
            async fn in_process() {
                super::scenarios::$scenario(&super::Clients::in_process()).await;
            }

            #[tokio::test]
            async fn over_a_socket() {
                let binary = super::Binary::start().await;
                super::scenarios::$scenario(&binary.clients).await;
            }
        }
    )*};
}

both_ways!(
    a_text_is_answered,
    a_conversation_goes_on,
    a_stream_folds_to_the_whole_answer,
    a_tool_loop_ends,
    tools_are_called_in_parallel,
    errors_are_typed,
    an_error_within_a_stream_is_typed,
    a_native_body_is_answered,
    a_native_stream_is_answered,
    every_family_answers_in_its_own_words,
    every_family_streams_or_says_that_it_does_not,
    an_arn_names_a_model,
    tokens_are_counted,
    models_are_listed_with_filters,
    profiles_are_listed_to_the_end,
    guardrails_come_have_versions_and_go,
    asynchronous_invocations_are_typed,
);
