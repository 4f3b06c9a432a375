//! What comes of a Converse request in Anthropic's format.
//!
//! Bedrock sends a PDF as a document block and any other document as text, in two blocks (quoted: a
//! document at index 1 moved what followed it from 2 to 3).

use bedrock_runtime_smithy::model::{ContentBlock, DocumentBlock, DocumentFormat, DocumentSource};

use crate::rules::{
    Conversation,
    place::Place,
    refusal::{Checked, model_refuses},
    turn::{Turn, turns},
};

/// Rules of documents that do not survive the translation.
pub(super) fn check(conversation: &Conversation<'_>) -> Checked {
    for turn in turns(conversation.messages) {
        for (index, message) in turn.messages() {
            for (block, content) in message.content.iter().enumerate() {
                let place = Place {
                    message: index,
                    block,
                };
                match content {
                    ContentBlock::Document(document) => {
                        is_in_the_request(place, &message.content, document)?;
                    }
                    ContentBlock::CachePoint(_) => {
                        does_not_follow_a_text_document(place, &message.content)?;
                    }
                    _ => {}
                }
            }
        }
        results_come_without_text_documents(&turn)?;
    }
    Ok(())
}

/// A document of a message comes with its bytes: the translation drops a location in S3 (recorded).
/// Within a tool result it is read (recorded).
fn is_in_the_request(place: Place, content: &[ContentBlock], document: &DocumentBlock) -> Checked {
    if !matches!(document.source, DocumentSource::S3Location(_)) {
        return Ok(());
    }
    model_refuses(format!(
        "messages.{}.content.{}.document.source.type: Field required",
        place.message,
        translated_index(content, place.block)
    ))
}

/// A cache point does not follow a document that is sent as text (quoted).
fn does_not_follow_a_text_document(place: Place, content: &[ContentBlock]) -> Checked {
    let before = place
        .block
        .checked_sub(1)
        .and_then(|index| content.get(index));
    if !before.is_some_and(is_text_document) {
        return Ok(());
    }
    model_refuses(format!(
        "messages.{}.content.{}.type: Field required",
        place.message,
        translated_index(content, place.block)
    ))
}

/// Tool results come without documents that are sent as text: those end up before the results
/// (quoted; measured for CSV, TXT and DOCX, and that PDFs are taken).
fn results_come_without_text_documents(turn: &Turn<'_>) -> Checked {
    if !turn.blocks().any(|(_, block)| is_text_document(block)) {
        return Ok(());
    }
    let ids: Vec<_> = turn
        .blocks()
        .filter_map(|(_, block)| match block {
            ContentBlock::ToolResult(result) => Some(result.tool_use_id.as_str()),
            _ => None,
        })
        .collect();
    if ids.is_empty() {
        return Ok(());
    }
    model_refuses(format!(
        "messages.{}: `tool_use` ids were found without `tool_result` blocks immediately after: {}. \
         Each `tool_use` block must have a corresponding `tool_result` block in the next message.",
        turn.first,
        ids.join(", ")
    ))
}

fn is_text_document(block: &ContentBlock) -> bool {
    matches!(block, ContentBlock::Document(document) if document.format != DocumentFormat::Pdf)
}

/// Where the block at `index` stands after the translation.
pub(super) fn translated_index(content: &[ContentBlock], index: usize) -> usize {
    content
        .iter()
        .take(index)
        .map(|block| match block {
            ContentBlock::CachePoint(_) => 0,
            block if is_text_document(block) => 2,
            _ => 1,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::Blob;

    use super::*;
    use crate::rules::testing::{
        NOVA_PRO, Request, SONNET_4_5, assistant, call, file, pdf, point, result, s3, text, user,
    };

    fn csv() -> ContentBlock {
        let source = DocumentSource::Bytes(Blob::new("a,b"));
        ContentBlock::Document(file("table", DocumentFormat::Csv, source))
    }

    #[test]
    fn documents_come_with_their_bytes() {
        let stored = || {
            let source = DocumentSource::S3Location(s3("a.pdf"));
            ContentBlock::Document(file("a", DocumentFormat::Pdf, source))
        };
        Request::saying(NOVA_PRO, [text("Read"), stored()]).is_accepted();
        Request::saying(SONNET_4_5, [text("Read"), ContentBlock::Document(pdf("a"))]).is_accepted();
        Request::saying(SONNET_4_5, [text("Read"), stored()])
            .is_refused_by_the_model("messages.0.content.1.document.source.type: Field required");
        Request::saying(SONNET_4_5, [text("Read"), csv(), stored()])
            .is_refused_by_the_model("messages.0.content.3.document.source.type: Field required");
    }

    #[test]
    fn a_point_does_not_follow_a_text_document() {
        let block = || ContentBlock::CachePoint(point());
        let document = || ContentBlock::Document(pdf("a"));
        Request::saying(SONNET_4_5, [text("Read"), document(), block()]).is_accepted();
        Request::saying(SONNET_4_5, [csv(), text("Read"), block()]).is_accepted();
        Request::saying(NOVA_PRO, [text("Read"), csv(), block()]).is_accepted();
        Request::saying(SONNET_4_5, [text("Read"), csv(), block()])
            .is_refused_by_the_model("messages.0.content.3.type: Field required");
    }

    #[test]
    fn results_come_without_text_documents() {
        let request = |model, document| {
            let back = [result("1"), result("2"), text("Read"), document];
            let answer = assistant([call("1"), call("2")]);
            Request::new(model, [user([text("Look")]), answer, user(back)]).with_a_tool()
        };
        request(SONNET_4_5, ContentBlock::Document(pdf("a"))).is_accepted();
        request(NOVA_PRO, csv()).is_accepted();
        request(SONNET_4_5, csv()).is_refused_by_the_model(
            "messages.2: `tool_use` ids were found without `tool_result` blocks immediately after: \
             1, 2. Each `tool_use` block must have a corresponding `tool_result` block in the next \
             message.",
        );
    }
}
