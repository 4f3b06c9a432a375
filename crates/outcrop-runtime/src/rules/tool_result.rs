//! Tool results, each for itself. How they answer tool calls is a rule of turns.

use bedrock_runtime_smithy::model::{ToolResultBlock, ToolResultContentBlock, ToolResultStatus};
use outcrop_catalogue::Model;

use super::{
    document::Documents,
    media,
    place::Place,
    refusal::{Checked, refuse, supported},
    tool_use,
};

/// Rules of one tool result and its content.
pub(super) fn check<'a>(
    model: &Model,
    place: Place,
    block: &'a ToolResultBlock,
    documents: &mut Documents<'a>,
) -> Checked {
    status_is_taken(model, block)?;
    error_says_something(place, block)?;
    for (index, content) in block.content.iter().enumerate() {
        match content {
            ToolResultContentBlock::Json(value) => {
                let path = format_args!("{place}.toolResult.content.{index}.json");
                tool_use::is_an_object(value, path)?;
            }
            ToolResultContentBlock::Image(block) => media::image(model, block)?,
            ToolResultContentBlock::Video(block) => {
                media::video(model, block, &place.inner_member(index, "video.format"))?;
            }
            ToolResultContentBlock::Document(block) => documents.check(model, block)?,
            _ => {}
        }
    }
    Ok(())
}

/// A status is sent to models that take it (quoted for Writer).
fn status_is_taken(model: &Model, block: &ToolResultBlock) -> Checked {
    match block.status {
        Some(_) => supported(model.capabilities.check_tool_result_status()),
        None => Ok(()),
    }
}

/// A failed tool says something (quoted). A tool that succeeded need not (measured).
fn error_says_something(place: Place, block: &ToolResultBlock) -> Checked {
    if block.status == Some(ToolResultStatus::Error) && block.content.is_empty() {
        return refuse(format!(
            "The content field at {place}.toolResult cannot be empty when status value is error."
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::Document;
    use bedrock_runtime_smithy::model::ContentBlock;
    use outcrop_catalogue::{ContentKind, Unsupported};

    use super::*;
    use crate::rules::testing::{
        GPT_OSS, NOVA_PRO, Request, SONNET_4, exchange, image, object, pdf, result_with, video,
    };

    const WRITER: &str = "writer.palmyra-x5-v1:0";

    fn answering(model: &str, content: impl Into<Vec<ToolResultContentBlock>>) -> Request {
        Request::new(model, exchange(result_with("1", content))).with_a_tool()
    }

    fn with_status(model: &str, status: ToolResultStatus, empty: bool) -> Request {
        let said = ToolResultContentBlock::Text("seen".to_owned());
        let mut block = result_with("1", if empty { vec![] } else { vec![said] });
        if let ContentBlock::ToolResult(result) = &mut block {
            result.status = Some(status);
        }
        Request::new(model, exchange(block)).with_a_tool()
    }

    #[test]
    fn failures_say_something() {
        with_status(SONNET_4, ToolResultStatus::Error, false).is_accepted();
        with_status(SONNET_4, ToolResultStatus::Success, true).is_accepted();
        answering(SONNET_4, []).is_accepted();
        with_status(SONNET_4, ToolResultStatus::Error, true).is_refused(
            "The content field at messages.2.content.0.toolResult cannot be empty when status \
             value is error.",
        );
    }

    #[test]
    fn the_model_takes_a_status() {
        with_status(NOVA_PRO, ToolResultStatus::Success, false).is_accepted();
        with_status(WRITER, ToolResultStatus::Success, false)
            .is_refused(&Unsupported::Field("status").to_string());
    }

    #[test]
    fn json_is_an_object() {
        let seen = || ToolResultContentBlock::Text("seen".to_owned());
        answering(SONNET_4, [seen(), ToolResultContentBlock::Json(object())]).is_accepted();
        let list = Document::Array(vec![object()]);
        answering(SONNET_4, [seen(), ToolResultContentBlock::Json(list)]).is_refused(
            "The format of the value at messages.2.content.0.toolResult.content.1.json is invalid. \
             Provide a json object for the field and try again.",
        );
    }

    #[test]
    fn media_are_those_that_the_model_takes() {
        answering(SONNET_4, [ToolResultContentBlock::Image(image())]).is_accepted();
        answering(SONNET_4, [ToolResultContentBlock::Document(pdf("a"))]).is_accepted();
        answering(GPT_OSS, [ToolResultContentBlock::Image(image())])
            .is_refused(&Unsupported::Content(ContentKind::Image).to_string());
        answering(SONNET_4, [ToolResultContentBlock::Video(video("mp4"))])
            .is_refused(&Unsupported::Content(ContentKind::Video).to_string());
        answering(SONNET_4, [ToolResultContentBlock::Video(video("avi"))]).is_refused(
            "1 validation error detected: Value 'avi' at \
             'messages.3.member.content.1.member.toolResult.content.1.member.video.format' failed \
             to satisfy constraint: Member must satisfy enum value set: [mkv, mov, mp4, webm, flv, \
             mpeg, mpg, wmv, three_gp]",
        );
    }
}
