//! What comes of a Converse request in the native format of Amazon's Nova models.

use bedrock_runtime_smithy::model::{ContentBlock, DocumentFormat, ToolResultContentBlock};

use super::{
    Conversation, family,
    refusal::{Checked, model_refuses},
    turn::{Turn, turns},
};

/// Rules of Nova's requests.
pub(super) fn check(conversation: &Conversation<'_>) -> Checked {
    if !family::is_any(conversation.model, &["amazon.nova-"]) {
        return Ok(());
    }
    results_are_text_or_images(conversation)
}

/// Tool results hold text, images or text documents: one with a video or a packed document has no
/// form that the model knows (recorded).
fn results_are_text_or_images(conversation: &Conversation<'_>) -> Checked {
    for (place, block) in turns(conversation.messages).flat_map(Turn::blocks) {
        let ContentBlock::ToolResult(result) = block else {
            continue;
        };
        if result.content.iter().any(has_no_form) {
            return model_refuses(format!(
                "Malformed input request: #/messages/{}/content/{}: extraneous key [toolResult] is \
                 not permitted, please reformat your input and try again.",
                place.message, place.block
            ));
        }
    }
    Ok(())
}

fn has_no_form(content: &ToolResultContentBlock) -> bool {
    match content {
        ToolResultContentBlock::Video(_) => true,
        ToolResultContentBlock::Document(document) => !matches!(
            document.format,
            DocumentFormat::Csv | DocumentFormat::Html | DocumentFormat::Md | DocumentFormat::Txt
        ),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use bedrock_runtime_smithy::model::{DocumentSource, ImageSource};

    use super::*;
    use crate::rules::testing::{
        LLAMA_4, NOVA_2_LITE, NOVA_PRO, Request, exchange, file, image_from, pdf, result_with, s3,
        video,
    };

    #[test]
    fn results_are_text_or_images() {
        let request = |model, content| {
            Request::new(model, exchange(result_with("1", [content]))).with_a_tool()
        };
        let stored = |format| {
            let source = DocumentSource::S3Location(s3("a"));
            ToolResultContentBlock::Document(file("a", format, source))
        };
        let image = image_from(ImageSource::S3Location(s3("a.png")));
        request(NOVA_PRO, ToolResultContentBlock::Image(image)).is_accepted();
        request(NOVA_PRO, stored(DocumentFormat::Txt)).is_accepted();
        request(LLAMA_4, ToolResultContentBlock::Document(pdf("a"))).is_accepted();
        for content in [
            stored(DocumentFormat::Pdf),
            ToolResultContentBlock::Video(video("mp4")),
        ] {
            request(NOVA_2_LITE, content).is_refused_by_the_model(
                "Malformed input request: #/messages/2/content/0: extraneous key [toolResult] is not \
                 permitted, please reformat your input and try again.",
            );
        }
    }
}
