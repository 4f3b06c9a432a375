//! Llama: a prompt; the counts of tokens run along with the stream.

use aws_smithy_types::{Blob, base64};
use bedrock_runtime_smithy::model::{ContentBlock, ImageBlock, ImageFormat, ImageSource};
use serde_json::{Map, Value, json};

use crate::DialectError;
use crate::prompt::form::{Form, Progress, Reply};
use crate::prompt::{Conversation, Family, Names, request};
use crate::schema::{Kind, TEXT, TEXTS, TOKENS, UNIT, optional, required};

pub(crate) static LLAMA: Family = Family {
    schema: Kind::Object(&[
        required("prompt", TEXT),
        optional("max_gen_len", TOKENS),
        optional("temperature", UNIT),
        optional("top_p", UNIT),
        optional("images", TEXTS),
    ]),
    names: Names {
        max_tokens: "/max_gen_len",
        temperature: "/temperature",
        top_p: "/top_p",
        stop: "/stop",
        choices: "",
    },
    read,
    form: &Llama,
};

/// Images belong to the last turn (documented for the models that see).
fn read(members: &Map<String, Value>) -> Result<Conversation, DialectError> {
    let mut conversation = request::prompt(members)?;
    let images = members.get("images").and_then(Value::as_array);
    for image in images.into_iter().flatten() {
        let block = image.as_str().and_then(image_block);
        let block = block.ok_or(DialectError::Malformed)?;
        if let Some(turn) = conversation.messages.last_mut() {
            turn.content.push(block);
        }
    }
    Ok(conversation)
}

/// An image is bare base64: its first bytes tell its format.
fn image_block(data: &str) -> Option<ContentBlock> {
    let bytes = base64::decode(data).ok()?;
    let format = match bytes.as_slice() {
        [0x89, b'P', b'N', b'G', ..] => ImageFormat::Png,
        [0xff, 0xd8, ..] => ImageFormat::Jpeg,
        [b'G', b'I', b'F', ..] => ImageFormat::Gif,
        [b'R', b'I', b'F', b'F', ..] => ImageFormat::Webp,
        _ => return None,
    };
    Some(ContentBlock::Image(ImageBlock {
        error: None,
        format,
        source: ImageSource::Bytes(Blob::new(bytes)),
    }))
}

struct Llama;

impl Form for Llama {
    fn tells_input_first(&self) -> bool {
        true
    }

    fn whole(&self, reply: &Reply<'_>) -> Value {
        json!({
            "generation": reply.text,
            "prompt_token_count": reply.input_tokens(),
            "generation_token_count": reply.output_tokens(),
            "stop_reason": reply.stop("stop", "length"),
        })
    }

    fn piece(&self, text: &str, progress: &Progress) -> Value {
        json!({
            "generation": text,
            "prompt_token_count": prompt_tokens(progress),
            "generation_token_count": progress.chunks + 1,
            "stop_reason": null,
        })
    }

    fn last(&self, text: &str, progress: &Progress, reply: &Reply<'_>) -> Vec<Value> {
        vec![json!({
            "generation": text,
            "prompt_token_count": prompt_tokens(progress),
            "generation_token_count": reply.output_tokens(),
            "stop_reason": reply.stop("stop", "length"),
        })]
    }
}

/// Only the first chunk tells them.
fn prompt_tokens(progress: &Progress) -> Option<u32> {
    (progress.chunks == 0).then_some(progress.input_tokens)
}
