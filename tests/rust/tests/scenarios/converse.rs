use aws_sdk_bedrockruntime::types::{
    ContentBlockDelta, ConverseStreamOutput, ConverseTokensRequest, CountTokensInput,
    InferenceConfiguration, StopReason, SystemContentBlock,
};
use outcrop_sdk_rust::Clients;

use super::{MODEL, answered, text_of, user};

pub(crate) async fn a_text_is_answered(clients: &Clients) {
    let ask = |text: &str| {
        clients
            .runtime
            .converse()
            .model_id(MODEL)
            .messages(user(text))
            .send()
    };
    let rain = ask("Tell me about rain.").await.unwrap();
    let text = text_of(&answered(rain.output()));
    assert!(text.split_whitespace().count() > 2, "{text}");
    assert_eq!(*rain.stop_reason(), StopReason::EndTurn);
    let usage = rain.usage().unwrap();
    assert!(usage.input_tokens > 0 && usage.output_tokens > 0);
    assert_eq!(usage.total_tokens, usage.input_tokens + usage.output_tokens);

    let again = ask("Tell me about rain.").await.unwrap();
    assert_eq!(
        text,
        text_of(&answered(again.output())),
        "the same request, the same answer"
    );
    let snow = ask("Tell me about snow.").await.unwrap();
    assert_ne!(
        text,
        text_of(&answered(snow.output())),
        "another request, another answer"
    );
}

pub(crate) async fn a_conversation_goes_on(clients: &Clients) {
    let first = user("My name is Ada.");
    let answer = clients
        .runtime
        .converse()
        .model_id(MODEL)
        .messages(first.clone())
        .send()
        .await
        .unwrap();
    let second = clients
        .runtime
        .converse()
        .model_id(MODEL)
        .system(SystemContentBlock::Text("Be brief.".into()))
        .messages(first)
        .messages(answered(answer.output()))
        .messages(user("What is my name?"))
        .inference_config(InferenceConfiguration::builder().max_tokens(2).build())
        .send()
        .await
        .unwrap();
    assert_eq!(*second.stop_reason(), StopReason::MaxTokens);
    assert_eq!(second.usage().unwrap().output_tokens, 2);
    assert!(second.usage().unwrap().input_tokens > answer.usage().unwrap().input_tokens);
}

pub(crate) async fn a_stream_folds_to_the_whole_answer(clients: &Clients) {
    let request = user("Count to ten, please.");
    let whole = clients
        .runtime
        .converse()
        .model_id(MODEL)
        .messages(request.clone())
        .send()
        .await
        .unwrap();
    let mut stream = clients
        .runtime
        .converse_stream()
        .model_id(MODEL)
        .messages(request)
        .send()
        .await
        .unwrap();
    let (mut kinds, mut text, mut deltas, mut usage) = (Vec::new(), String::new(), 0, None);
    while let Some(event) = stream.stream.recv().await.unwrap() {
        kinds.push(match event {
            ConverseStreamOutput::MessageStart(_) => "messageStart",
            ConverseStreamOutput::ContentBlockDelta(event) => {
                if let Some(ContentBlockDelta::Text(piece)) = event.delta {
                    text.push_str(&piece);
                    deltas += 1;
                }
                "contentBlockDelta"
            }
            ConverseStreamOutput::ContentBlockStop(_) => "contentBlockStop",
            ConverseStreamOutput::MessageStop(event) => {
                assert_eq!(event.stop_reason, *whole.stop_reason());
                "messageStop"
            }
            ConverseStreamOutput::Metadata(event) => {
                usage = event.usage;
                "metadata"
            }
            other => panic!("{other:?}"),
        });
    }
    kinds.dedup();
    let order = [
        "messageStart",
        "contentBlockDelta",
        "contentBlockStop",
        "messageStop",
        "metadata",
    ];
    assert_eq!(kinds, order);
    assert!(deltas > 1, "a text comes in several pieces");
    assert_eq!(text, text_of(&answered(whole.output())));
    let (streamed, whole) = (usage.unwrap(), whole.usage().unwrap().clone());
    assert_eq!(streamed.input_tokens, whole.input_tokens);
    assert_eq!(streamed.output_tokens, whole.output_tokens);
}

pub(crate) async fn an_arn_names_a_model(clients: &Clients) {
    for arn in [
        "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0",
        "arn:aws:bedrock:us-east-1:000000000000:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0",
    ] {
        let answer = clients
            .runtime
            .converse()
            .model_id(arn)
            .messages(user("Hello"))
            .send()
            .await;
        assert!(
            !text_of(&answered(answer.unwrap().output())).is_empty(),
            "{arn}"
        );
    }
}

pub(crate) async fn tokens_are_counted(clients: &Clients) {
    let request = user("How many tokens are these?");
    let answer = clients
        .runtime
        .converse()
        .model_id(MODEL)
        .messages(request.clone())
        .send()
        .await
        .unwrap();
    let counted = clients
        .runtime
        .count_tokens()
        .model_id("anthropic.claude-sonnet-4-5-20250929-v1:0")
        .input(CountTokensInput::Converse(
            ConverseTokensRequest::builder().messages(request).build(),
        ))
        .send()
        .await
        .unwrap();
    assert_eq!(counted.input_tokens(), answer.usage().unwrap().input_tokens);
}
