//! Images.

use std::fmt::Display;

use bedrock_runtime_smithy::model::{
    ContentBlock, ImageBlock, ImageSource, ToolResultContentBlock,
};
use outcrop_engine::canned::media::detect;

use crate::rules::{
    Conversation,
    place::Place,
    refusal::{Checked, model_refuses},
};

/// Images are of the type that they are said to be (quoted; the file in a tool result in its native form only).
/// `member` is what the file is called in the format that the request came in.
pub(super) fn are_what_they_say(conversation: &Conversation<'_>, member: &str) -> Checked {
    for (message, said) in conversation.messages.iter().enumerate() {
        for (block, content) in said.content.iter().enumerate() {
            let place = Place { message, block };
            match content {
                ContentBlock::Image(image) => is_what_it_says(image, place, member)?,
                ContentBlock::ToolResult(result) => {
                    for (inner, content) in result.content.iter().enumerate() {
                        if let ToolResultContentBlock::Image(image) = content {
                            let path = format_args!("{place}.tool_result.content.{inner}");
                            is_what_it_says(image, path, member)?;
                        }
                    }
                }
                _ => {}
            }
        }
    }
    Ok(())
}

fn is_what_it_says(image: &ImageBlock, path: impl Display, member: &str) -> Checked {
    let ImageSource::Bytes(bytes) = &image.source else {
        return Ok(());
    };
    let said = image.format.as_str();
    let found = detect(bytes.as_ref());
    match found.strip_prefix("image/") {
        Some(format) if format != said => model_refuses(format!(
            "{path}.image.source.{member}: The image was specified using the image/{said} media \
             type, but the image appears to be a {found} image"
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::Blob;
    use outcrop_engine::EngineError;

    use super::*;
    use crate::rules::{
        check_model,
        testing::{NOVA_PRO, Request, SONNET_4, exchange, image_from, result_with, text},
    };

    const REFUSAL: &str = "The image was specified using the image/png media type, but the image \
                           appears to be a image/gif image";

    fn gif() -> ImageBlock {
        image_from(ImageSource::Bytes(Blob::new("GIF89a\x01\0\x01\0")))
    }

    #[test]
    fn images_are_what_they_say() {
        let request =
            |model| Request::saying(model, [text("What is this?"), ContentBlock::Image(gif())]);
        request(NOVA_PRO).is_accepted();
        request(SONNET_4).is_refused_by_the_model(&format!(
            "messages.0.content.1.image.source.bytes: {REFUSAL}"
        ));
    }

    #[test]
    fn native_bodies_call_their_files_otherwise() {
        let seen = result_with("1", [ToolResultContentBlock::Image(gif())]);
        let request = Request::new(SONNET_4, exchange(seen)).with_a_tool();
        let path = "messages.2.content.0.tool_result.content.0.image.source.base64";
        let expected = EngineError::ModelValidation(format!("{path}: {REFUSAL}"));
        assert_eq!(check_model(&request.conversation()), Err(expected));
    }
}
