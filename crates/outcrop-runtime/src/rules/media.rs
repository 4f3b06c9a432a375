//! Images, videos and audio.

use bedrock_runtime_smithy::model::{
    AudioBlock, AudioSource, ImageBlock, ImageSource, VideoBlock, VideoSource,
};
use outcrop_catalogue::{ContentKind, Model};

use super::{
    place::Member,
    refusal::{Checked, refuse, supported},
};

/// The model takes images (quoted), and from where they come (recorded).
pub(super) fn image(model: &Model, block: &ImageBlock) -> Checked {
    let from_s3 = matches!(block.source, ImageSource::S3Location(_));
    is_taken(model, ContentKind::Image, from_s3)
}

/// The model takes videos (recorded), and from where they come. `member` names the format.
pub(super) fn video(model: &Model, block: &VideoBlock, member: &Member) -> Checked {
    is_known_format(&block.format, member)?;
    let from_s3 = matches!(block.source, VideoSource::S3Location(_));
    is_taken(model, ContentKind::Video, from_s3)
}

/// The model takes audio, and from where it comes.
pub(super) fn audio(model: &Model, block: &AudioBlock) -> Checked {
    let from_s3 = matches!(block.source, AudioSource::S3Location(_));
    is_taken(model, ContentKind::Audio, from_s3)
}

fn is_taken(model: &Model, kind: ContentKind, from_s3: bool) -> Checked {
    supported(model.capabilities.check_content(kind))?;
    if from_s3 {
        supported(model.capabilities.check_s3_location())?;
    }
    Ok(())
}

/// `VideoFormat` as the service lists it.
const VIDEO_FORMATS: [&str; 9] = [
    "mkv", "mov", "mp4", "webm", "flv", "mpeg", "mpg", "wmv", "three_gp",
];

/// A video has a format of the model's list, or its media type (`video/mp4`, recorded). The refusal
/// is the one of every enum (quoted for others).
fn is_known_format(format: &str, member: &Member) -> Checked {
    if VIDEO_FORMATS.contains(&format.strip_prefix("video/").unwrap_or(format)) {
        return Ok(());
    }
    refuse(format!(
        "1 validation error detected: Value '{format}' at '{member}' failed to satisfy constraint: \
         Member must satisfy enum value set: [{}]",
        VIDEO_FORMATS.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::Blob;
    use bedrock_runtime_smithy::model::{AudioFormat, ContentBlock};
    use outcrop_catalogue::Unsupported;

    use super::*;
    use crate::rules::testing::{
        GPT_OSS, NOVA_MICRO, NOVA_PRO, Request, SONNET_4, image, image_from, s3, text, video,
    };

    fn request(model: &str, block: ContentBlock) -> Request {
        Request::saying(model, [text("What is this?"), block])
    }

    #[test]
    fn the_model_takes_images() {
        let bytes = || ContentBlock::Image(image());
        let stored = || ContentBlock::Image(image_from(ImageSource::S3Location(s3("a.png"))));
        request(SONNET_4, bytes()).is_accepted();
        request(NOVA_PRO, stored()).is_accepted();
        request(SONNET_4, stored())
            .is_refused("This model doesn't support the s3Uri field. Remove s3Uri and try again.");
        for model in [NOVA_MICRO, GPT_OSS] {
            request(model, bytes()).is_refused(
                "This model doesn't support the image content block that you provided. Update the \
                 content block and try again.",
            );
        }
    }

    #[test]
    fn the_model_takes_videos() {
        for format in ["mp4", "three_gp", "video/mp4"] {
            request(NOVA_PRO, ContentBlock::Video(video(format))).is_accepted();
        }
        request(SONNET_4, ContentBlock::Video(video("mp4")))
            .is_refused(&Unsupported::Content(ContentKind::Video).to_string());
        request(NOVA_PRO, ContentBlock::Video(video("avi"))).is_refused(
            "1 validation error detected: Value 'avi' at \
             'messages.1.member.content.2.member.video.format' failed to satisfy constraint: Member \
             must satisfy enum value set: [mkv, mov, mp4, webm, flv, mpeg, mpg, wmv, three_gp]",
        );
    }

    #[test]
    fn the_model_takes_audio() {
        let source = AudioSource::Bytes(Blob::new("ID3"));
        let block = AudioBlock {
            error: None,
            format: AudioFormat::Mp3,
            source,
        };
        request(SONNET_4, ContentBlock::Audio(block))
            .is_refused(&Unsupported::Content(ContentKind::Audio).to_string());
    }
}
