use aws_smithy_types::Blob;
use bedrock_runtime_smithy::model::{Message, ToolResultContentBlock};
use outcrop_catalogue::Unsupported;

use super::*;
use crate::rules::testing::{
    LLAMA, NOVA_PRO, Request, SONNET_4, SONNET_4_5, assistant, call, exchange, file, pdf, result,
    result_with, s3, text, user,
};

const GLM: &str = "zai.glm-4.7";
const HAIKU_3_5: &str = "anthropic.claude-3-5-haiku-20241022-v1:0";

fn with_documents(model: &str, documents: impl IntoIterator<Item = DocumentBlock>) -> Request {
    let documents = documents.into_iter().map(ContentBlock::Document);
    Request::saying(
        model,
        [text("Read")]
            .into_iter()
            .chain(documents)
            .collect::<Vec<_>>(),
    )
}

#[test]
fn the_model_takes_documents() {
    with_documents(SONNET_4, [pdf("a")]).is_accepted();
    with_documents(LLAMA, [pdf("a")]).is_accepted();
    with_documents(GLM, [pdf("a")]).is_refused("This model doesn't support documents.");
}

#[test]
fn names_are_plain() {
    let cases = [
        ("Report 2024 (final) [v2]-x", true),
        ("under_score", true),
        ("a\tb", true),
        ("report.pdf", false),
        ("a  b", false),
        ("a \nb", false),
        ("über", false),
        ("a/b", false),
    ];
    for (name, accepted) in cases {
        let request = with_documents(NOVA_PRO, [pdf(name)]);
        if accepted {
            request.is_accepted();
        } else {
            request.is_refused(
                "The document file name can only contain alphanumeric characters, whitespace \
                 characters, hyphens, parentheses, and square brackets. The name can't contain more \
                 than one consecutive whitespace character. Check that the file name conforms to \
                 these restrictions and retry your request.",
            );
        }
    }
}

#[test]
fn names_are_distinct() {
    let refusal = "Messages can't contain duplicate document names. Rename the document and retry \
                   your request.";
    with_documents(SONNET_4, [pdf("a"), pdf("b")]).is_accepted();
    with_documents(SONNET_4, [pdf("a"), pdf("b"), pdf("a")]).is_refused(refusal);
    let read = || user([text("Read"), ContentBlock::Document(pdf("a"))]);
    Request::new(SONNET_4, [read(), assistant([text("b")]), read()]).is_refused(refusal);
}

#[test]
fn five_are_enough() {
    let refusal = "You can't include more than 5 documents in a request. Reduce the number of \
                   documents and retry your request.";
    with_documents(SONNET_4, ["a", "b", "c", "d", "e"].map(pdf)).is_accepted();
    with_documents(SONNET_4, ["a", "b", "c", "d", "e", "f"].map(pdf)).is_refused(refusal);

    let read = || {
        let [first, rest @ ..] = ["a", "b", "c", "d", "e"]
            .map(pdf)
            .map(ContentBlock::Document);
        let mut content = vec![text("Read"), first];
        content.extend(rest);
        user(content)
    };
    let found = result_with("1", [ToolResultContentBlock::Document(pdf("f"))]);
    Request::new(SONNET_4, [read(), assistant([call("1")]), user([found])])
        .with_a_tool()
        .is_refused(refusal);
}

#[test]
fn they_are_not_too_large() {
    let request = |model, format, size| {
        let source = DocumentSource::Bytes(Blob::new(vec![0; size]));
        with_documents(model, [file("a", format, source)])
    };
    let large = MAX_BYTES + 1;
    let accepted = [
        (HAIKU_3_5, DocumentFormat::Pdf, MAX_BYTES),
        (SONNET_4_5, DocumentFormat::Pdf, large),
        (NOVA_PRO, DocumentFormat::Pdf, large),
        (NOVA_PRO, DocumentFormat::Docx, large),
    ];
    for (model, format, size) in accepted {
        request(model, format, size).is_accepted();
    }
    let refused = [
        (HAIKU_3_5, DocumentFormat::Pdf),
        (SONNET_4_5, DocumentFormat::Docx),
        (NOVA_PRO, DocumentFormat::Csv),
        (LLAMA, DocumentFormat::Pdf),
    ];
    for (model, format) in refused {
        request(model, format, large).is_refused(
            "The maximum document size is 4.5 MB. Reduce the size of your document and retry your \
             request.",
        );
    }
}

#[test]
fn they_come_from_s3_where_the_model_reads_it() {
    let stored = || {
        file(
            "a",
            DocumentFormat::Pdf,
            DocumentSource::S3Location(s3("a.pdf")),
        )
    };
    with_documents(NOVA_PRO, [stored()]).is_accepted();
    with_documents(LLAMA, [stored()]).is_refused(&Unsupported::Field("s3Uri").to_string());
    let found = result_with("1", [ToolResultContentBlock::Document(stored())]);
    Request::new(SONNET_4, exchange(found))
        .with_a_tool()
        .is_accepted();
}

#[test]
fn they_come_with_a_text() {
    let read = |content: Vec<Message>| Request::new(NOVA_PRO, content);
    let document = || ContentBlock::Document(pdf("a"));
    read(vec![user([document(), text("Read")])]).is_accepted();
    read(vec![user([document()]), user([text("Read")])]).is_accepted();
    read(vec![
        user([text("Hi")]),
        assistant([text("Hi")]),
        user([document()]),
    ])
    .is_refused(
        "A text block must be included when using documents. Add a text block and retry your \
         request.",
    );
    // Those within tool results need none.
    let found = result_with("1", [ToolResultContentBlock::Document(pdf("a"))]);
    Request::new(SONNET_4, exchange(found))
        .with_a_tool()
        .is_accepted();
    Request::new(SONNET_4, exchange(result("1")))
        .with_a_tool()
        .is_accepted();
}
