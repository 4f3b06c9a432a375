use aws_smithy_types::Blob;
use bedrock_runtime_smithy::model::{
    DocumentBlock, DocumentFormat, DocumentSource, GuardrailConverseContentQualifier, ImageBlock,
    ImageFormat, ImageSource, S3Location,
};
use serde_json::json;

use super::*;
use crate::canned::{
    image::draw,
    testing::{
        CLAUDE, NOVA, ask, assistant, point, request, text, tool_result, tool_use, tools, user,
    },
};

fn image(source: ImageSource) -> ContentBlock {
    ContentBlock::Image(ImageBlock {
        error: None,
        format: ImageFormat::Png,
        source,
    })
}

fn document(format: DocumentFormat, bytes: &[u8]) -> ContentBlock {
    ContentBlock::Document(DocumentBlock {
        citations: None,
        context: None,
        format,
        name: "notes".to_owned(),
        source: DocumentSource::Bytes(Blob::new(bytes)),
    })
}

#[test]
fn everything_sent_is_counted() {
    let count = |request: &ConverseRequest| Reading::of(request).unwrap().input_tokens;
    let mut request = ask(NOVA, "hello world");
    assert_eq!(count(&request), 2 + MESSAGE_TOKENS + REQUEST_TOKENS);
    let mut last = count(&request);
    let mut grows = |request: &ConverseRequest, by: u64| {
        let now = count(request);
        assert!(now >= last + by, "{last} and {by} more is {now}");
        last = now;
    };
    request.system = vec![SystemContentBlock::Text("Be brief.".to_owned())];
    grows(&request, 3);
    request.tool_config = Some(tools(&[("get_weather", json!({"type": "object"}))], None));
    grows(&request, 5);
    request.messages.push(assistant(vec![tool_use(
        "id",
        "get_weather",
        &json!({"city": "Paris"}),
    )]));
    grows(&request, 9);
    request
        .messages
        .push(user(vec![tool_result("id", "sunny and warm")]));
    grows(&request, 8);
    request
        .messages
        .push(user(vec![image(ImageSource::Bytes(Blob::new(
            draw("", 0, 0, 300, 250).unwrap(),
        )))]));
    grows(&request, 100);
    request.messages.push(user(vec![document(
        DocumentFormat::Txt,
        b"one two three four five",
    )]));
    grows(&request, 10);
}

#[test]
fn the_question_is_the_last_text_of_the_user() {
    let mut request = ask(NOVA, "First?");
    request.system = vec![SystemContentBlock::Text("Be brief.".to_owned())];
    request.messages.push(assistant(vec![
        text("Answer."),
        tool_use("id", "look", &json!({})),
    ]));
    request.messages.push(user(vec![
        tool_result("id", "found"),
        tool_result("other", "lost"),
    ]));
    let reading = Reading::of(&request).unwrap();
    assert_eq!(reading.prompt.text, "First?");
    assert_eq!(reading.prompt.system, "Be brief.");
    assert_eq!(reading.prompt.turn, 2);
    assert_eq!(reading.called, ["look"]);
    let named: Vec<_> = reading
        .prompt
        .results
        .iter()
        .map(|result| (&*result.name, &*result.text))
        .collect();
    assert_eq!(named, [("look", "found"), ("", "lost")]);
    request
        .messages
        .push(user(vec![text("Second?"), text(" ")]));
    let reading = Reading::of(&request).unwrap();
    assert_eq!(reading.prompt.text, "Second?");
    assert!(reading.called.is_empty() && reading.prompt.results.is_empty());
}

#[test]
fn text_for_a_guardrail_is_said_too() {
    use GuardrailConverseContentQualifier::{GroundingSource, Query};
    let guarded = |text: &str, qualifier| {
        GuardrailConverseContentBlock::Text(GuardrailConverseTextBlock {
            qualifiers: Some(vec![qualifier]),
            text: text.to_owned(),
        })
    };
    let content = [
        guarded("Where is it?", Query),
        guarded("It is here.", GroundingSource),
    ];
    let mut request = request(NOVA, content.map(ContentBlock::GuardContent).to_vec());
    let brief = guarded("Be brief.", Query);
    request.system = vec![SystemContentBlock::GuardContent(brief)];
    let reading = Reading::of(&request).unwrap();
    assert_eq!(reading.prompt.text, "Where is it?");
    assert_eq!(reading.prompt.system, "Be brief.");
}

#[test]
fn files_are_named_and_checked() {
    let png = draw("", 0, 0, 3, 2).unwrap();
    let content = vec![
        image(ImageSource::Bytes(Blob::new(png))),
        image(ImageSource::S3Location(S3Location {
            bucket_owner: None,
            uri: "s3://b/k".to_owned(),
        })),
        document(DocumentFormat::Md, b"# Title"),
    ];
    let request = request(CLAUDE, content);
    assert_eq!(
        Reading::of(&request).unwrap().prompt.attachments,
        [
            "an image (png, 3x2)",
            "an image (png)",
            "a document (notes, md)"
        ]
    );
    let text =
        crate::canned::testing::request(CLAUDE, vec![image(ImageSource::Bytes(Blob::new("text")))]);
    assert_eq!(
        Reading::of(&text).unwrap_err(),
        EngineError::ModelValidation(
            "The detected file MIME type text/plain does not match the expected type image/png. Reformat your \
             input and try again."
                .to_owned()
        )
    );
}

#[test]
fn llama_has_its_own_words_for_another_format() {
    let content = vec![image(ImageSource::Bytes(Blob::new("text")))];
    let request = request("meta.llama3-2-11b-instruct-v1:0", content);
    let text = "The provided image does not match the specified image format.".to_owned();
    let refused = Reading::of(&request).unwrap_err();
    assert_eq!(refused, EngineError::ModelValidation(text));
}

#[test]
fn only_requests_with_cache_points_have_a_prefix() {
    assert!(Reading::of(&ask(CLAUDE, "Hi")).unwrap().prefix.is_none());
    let request = request(CLAUDE, vec![text("Hi"), ContentBlock::CachePoint(point())]);
    assert!(Reading::of(&request).unwrap().prefix.is_some());
}
