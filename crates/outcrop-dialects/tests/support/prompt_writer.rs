//! Converse requests as the bodies of families that take a prompt.

use aws_smithy_types::base64;
use bedrock_runtime_smithy::model::{ContentBlock, ImageSource, VideoSource};
use outcrop_dialects::ConverseParts;
use serde_json::{Map, Value, json};

use super::prompt::{self, Turns};

pub(crate) fn claude_text(parts: &ConverseParts) -> Value {
    let names = [
        "max_tokens_to_sample",
        "stop_sequences",
        "temperature",
        "top_p",
    ];
    body(
        parts,
        json!({"prompt": prompt::claude(&Turns::of(parts))}),
        names,
    )
}

pub(crate) fn llama(parts: &ConverseParts) -> Value {
    with_images(parts, &prompt::llama(&Turns::of(parts)))
}

pub(crate) fn llama_4(parts: &ConverseParts) -> Value {
    with_images(parts, &prompt::llama_4(&Turns::of(parts)))
}

pub(crate) fn mistral(parts: &ConverseParts) -> Value {
    let prompt = prompt::instructions(&Turns::of(parts));
    body(parts, json!({"prompt": prompt}), COMPLETION)
}

pub(crate) fn deepseek(parts: &ConverseParts) -> Value {
    let prompt = prompt::deepseek(&Turns::of(parts));
    body(parts, json!({"prompt": prompt}), COMPLETION)
}

pub(crate) fn completion(parts: &ConverseParts) -> Value {
    let told = json!({"prompt": Turns::of(parts).last(), "n": parts.choices});
    body(parts, told, COMPLETION)
}

pub(crate) fn cohere_command(parts: &ConverseParts) -> Value {
    let names = ["max_tokens", "stop_sequences", "temperature", "p"];
    let told = json!({"prompt": Turns::of(parts).last(), "num_generations": parts.choices});
    body(parts, told, names)
}

pub(crate) fn jurassic(parts: &ConverseParts) -> Value {
    let names = ["maxTokens", "stopSequences", "temperature", "topP"];
    let told = json!({"prompt": Turns::of(parts).last(), "numResults": parts.choices});
    body(parts, told, names)
}

pub(crate) fn titan_text(parts: &ConverseParts) -> Value {
    let names = ["maxTokenCount", "stopSequences", "temperature", "topP"];
    let config = body(parts, json!({}), names);
    json!({"inputText": Turns::of(parts).last(), "textGenerationConfig": config})
}

pub(crate) fn pegasus(parts: &ConverseParts) -> Value {
    let mut told = json!({"inputPrompt": Turns::of(parts).last()});
    for block in parts.messages.iter().flat_map(|message| &message.content) {
        if let ContentBlock::Video(video) = block {
            told["mediaSource"] = match &video.source {
                VideoSource::Bytes(bytes) => json!({"base64String": base64::encode(bytes)}),
                VideoSource::S3Location(at) => {
                    json!({"s3Location": {"uri": at.uri, "bucketOwner": at.bucket_owner}})
                }
            };
        }
    }
    body(parts, told, ["maxOutputTokens", "", "temperature", ""])
}

const COMPLETION: [&str; 4] = ["max_tokens", "stop", "temperature", "top_p"];

fn with_images(parts: &ConverseParts, prompt: &str) -> Value {
    let mut told = json!({"prompt": prompt});
    let blocks = parts.messages.iter().flat_map(|message| &message.content);
    let images = blocks.filter_map(|block| match block {
        ContentBlock::Image(image) => match &image.source {
            ImageSource::Bytes(bytes) => Some(json!(base64::encode(bytes))),
            ImageSource::S3Location(location) => panic!("{location:?}"),
        },
        _ => None,
    });
    let images: Vec<_> = images.collect();
    if !images.is_empty() {
        told["images"] = Value::Array(images);
    }
    body(parts, told, ["max_gen_len", "", "temperature", "top_p"])
}

/// What was read, the limits under the family's names, and what Converse had no member for.
pub(crate) fn body(parts: &ConverseParts, read: Value, names: [&str; 4]) -> Value {
    let [max_tokens, stop, temperature, top_p] = names;
    let config = parts.inference_config.as_ref().unwrap();
    let members = [
        (max_tokens, config.max_tokens.map(Value::from)),
        (stop, config.stop_sequences.clone().map(Value::from)),
        (
            temperature,
            config.temperature.map(|number| json!(f64::from(number))),
        ),
        (top_p, config.top_p.map(|number| json!(f64::from(number)))),
    ];
    let members = members
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let Value::Object(mut told) = read else {
        panic!("{read}");
    };
    told.extend(members.collect::<Map<_, _>>());
    if let Some(Value::Object(fields)) = &parts.additional_model_request_fields {
        told.extend(fields.clone());
    }
    Value::Object(told)
}
