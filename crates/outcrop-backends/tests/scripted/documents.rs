//! Documents, as texts and as files.

use bedrock_runtime_smithy::model::{
    ContentBlock, DocumentBlock, DocumentFormat, DocumentSource, ToolResultBlock,
    ToolResultContentBlock,
};
use outcrop_backends::{AnthropicEngine, BackendSettings, DocumentReader, OpenAiEngine, Pdf};
use outcrop_engine::{ConverseRequest, Engine, EngineError, fold};
use serde_json::{Value, json};

use crate::support::{Backend, Reply, ask, patient};

fn pdf() -> DocumentBlock {
    DocumentBlock {
        citations: None,
        context: Some("The report.".to_owned()),
        format: DocumentFormat::Pdf,
        name: "report".to_owned(),
        source: DocumentSource::Bytes(aws_smithy_types::Blob::new("%PDF")),
    }
}

/// A question about a document, and what a tool returned: another.
fn request() -> ConverseRequest {
    let mut request = ask("What does it say?");
    let content = &mut request.messages[0].content;
    content.push(ContentBlock::Document(pdf()));
    content.push(ContentBlock::ToolResult(ToolResultBlock {
        content: vec![ToolResultContentBlock::Document(pdf())],
        status: None,
        tool_use_id: "t1".to_owned(),
        r#type: None,
    }));
    request
}

/// What a server gets.
async fn sent(settings: impl FnOnce(&mut BackendSettings)) -> Result<Value, EngineError> {
    let backend = Backend::start(vec![Reply::text("Hi")]).await;
    let mut own = patient(&backend.url);
    settings(&mut own);
    let engine = OpenAiEngine::new(own).unwrap();
    fold(engine.converse(request()).await?).await?;
    Ok(backend.received().pop().unwrap().body["messages"].clone())
}

fn reader(script: &str) -> DocumentReader {
    DocumentReader {
        program: "/bin/sh".into(),
        arguments: vec!["-c".into(), script.into()],
    }
}

#[tokio::test]
async fn a_pdf_goes_as_its_text() {
    let messages = sent(|own| own.reader = Some(reader("tr P X")))
        .await
        .unwrap();
    let text = "The report.\n<document name=\"report\" format=\"pdf\">\n%XDF\n</document>";
    assert_eq!(
        messages,
        json!([
            {"role": "tool", "tool_call_id": "t1", "content": text},
            {"role": "user", "content": format!("What does it say?\n{text}")},
        ])
    );
}

#[tokio::test]
async fn a_pdf_goes_as_a_file_where_the_server_takes_it() {
    let messages = sent(|own| own.pdf = Pdf::File).await.unwrap();
    let file = json!({"type": "file", "file": {
        "filename": "report.pdf", "file_data": "data:application/pdf;base64,JVBERg==",
    }});
    let text = |text: &str| json!({"type": "text", "text": text});
    assert_eq!(
        messages[0]["content"],
        "[document \"report\" is in the next message]"
    );
    assert_eq!(
        messages[1]["content"],
        json!([
            text("What does it say?"),
            text("The report."),
            file.clone(),
            text("Document \"report\" of the result of tool call t1:"),
            text("The report."),
            file,
        ])
    );
}

/// Word's files are read whatever becomes of PDFs, and for servers of either kind.
#[tokio::test]
async fn a_docx_goes_as_its_text() {
    let docx = || {
        let mut request = ask("What does it say?");
        request.messages[0]
            .content
            .push(ContentBlock::Document(DocumentBlock {
                format: DocumentFormat::Docx,
                ..pdf()
            }));
        request
    };
    let backend = Backend::start(vec![Reply::text("Hi"), Reply::text("Hi")]).await;
    let settings = BackendSettings {
        reader: Some(reader("echo a $0")),
        pdf: Pdf::File,
        ..patient(&backend.url)
    };
    let engine = OpenAiEngine::new(settings.clone()).unwrap();
    fold(engine.converse(docx()).await.unwrap()).await.unwrap();
    assert_eq!(
        backend.received().pop().unwrap().body["messages"][0]["content"],
        "What does it say?\nThe report.\n<document name=\"report\" format=\"docx\">\na docx\n\n</document>"
    );
    let engine = AnthropicEngine::new(settings).unwrap();
    // The answer is no message of Anthropic's; what was asked is what counts.
    let _ = engine.converse(docx()).await;
    assert_eq!(
        backend.received().pop().unwrap().body["messages"][0]["content"][1],
        json!({
            "type": "document",
            "source": {"type": "text", "media_type": "text/plain", "data": "a docx\n"},
            "title": "report",
            "context": "The report.",
        })
    );
}

#[tokio::test]
async fn a_pdf_that_cannot_be_read_is_refused() {
    for (script, words) in [
        (
            "printf 'is encrypted'; exit 3",
            "The document \"report\" is encrypted.",
        ),
        ("exit 1", "takes more memory"),
    ] {
        let refused = sent(|own| own.reader = Some(reader(script))).await;
        let Err(EngineError::Validation(message)) = refused else {
            panic!("{refused:?}")
        };
        assert!(message.contains(words), "{message}");
    }
    let refused = sent(|_| {}).await;
    let Err(EngineError::Validation(message)) = refused else {
        panic!("{refused:?}")
    };
    assert!(message.contains("pdf documents"), "{message}");
}
