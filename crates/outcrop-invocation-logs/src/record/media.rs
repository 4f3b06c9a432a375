//! Images, documents, video and audio within the bodies of Converse.

use aws_smithy_types::base64;
use bytes::Bytes;
use serde_json::Value;

use super::modality::Modality;

/// Something binary in a body.
pub(super) struct Media<'a> {
    pub(super) kind: Modality,
    /// The extension of a file.
    pub(super) format: String,
    /// The block's `source`, which has it.
    pub(super) source: &'a mut Value,
    pub(super) bytes: Bytes,
}

/// What is binary in a body, in its order.
pub(super) fn of(body: &mut Value) -> Vec<Media<'_>> {
    let mut found = Vec::new();
    look(body, &mut found);
    found
}

/// A block is an object with one of these members, wherever it is: in a message, in a tool's result, in a system prompt.
fn look<'a>(value: &'a mut Value, found: &mut Vec<Media<'a>>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| look(item, found)),
        Value::Object(members) => {
            for (name, member) in members {
                match kind(name) {
                    Some(kind) if has_bytes(member) => found.extend(media(kind, member)),
                    _ => look(member, found),
                }
            }
        }
        _ => {}
    }
}

fn kind(name: &str) -> Option<Modality> {
    match name {
        // Documents go with images (documented).
        "image" | "document" => Some(Modality::Image),
        "video" => Some(Modality::Video),
        "audio" => Some(Modality::Audio),
        _ => None,
    }
}

fn has_bytes(block: &Value) -> bool {
    block["format"].is_string() && block["source"]["bytes"].is_string()
}

fn media(kind: Modality, block: &mut Value) -> Option<Media<'_>> {
    // It becomes a part of a key.
    let format = block["format"].as_str()?;
    let format: String = format.chars().filter(char::is_ascii_alphanumeric).collect();
    let source = block.get_mut("source")?;
    let bytes = base64::decode(source["bytes"].as_str()?).ok()?.into();
    Some(Media {
        kind,
        format,
        source,
        bytes,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn media_are_found_wherever_they_are() {
        let image = json!({ "image": { "format": "png", "source": { "bytes": "AQI=" } } });
        let mut body = json!({ "messages": [{ "content": [
            { "text": "Look:" },
            image,
            { "toolResult": { "content": [image] } },
            { "document": { "format": "pdf", "name": "a", "source": { "bytes": "AA==" } } },
            { "video": { "format": "mp4", "source": { "s3Location": { "uri": "s3://b/k" } } } },
            { "toolUse": { "input": { "image": "a word" } } },
        ] }] });
        let found = of(&mut body);
        let seen: Vec<_> = found
            .iter()
            .map(|media| (media.kind, &*media.format, &media.bytes[..]))
            .collect();
        let image = (Modality::Image, "png", &[1, 2][..]);
        assert_eq!(seen, [image, image, (Modality::Image, "pdf", &[0][..])]);
    }
}
