//! What is logged of one invocation.

mod answer;
mod converse;
mod fold;
mod frames;
mod media;
mod modality;
mod time;
mod tokens;

use bytes::Bytes;
use outcrop_catalogue::partition;
use outcrop_objects::{S3Uri, S3UriError};
use serde::Serialize;
use serde_json::{Value, value::RawValue};

pub(crate) use time::{compact, hour, milliseconds};

use self::{answer::Answer, media::Media, tokens::Tokens};
use crate::{invocation::Invocation, places::S3Place};

/// Bytes of a body that is part of its record. A larger one is an object of its own (documented as 100 KB).
const INLINE: usize = 100 << 10;

/// A record, as the service writes it (recorded: the members and their order).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    timestamp: String,
    account_id: &'a str,
    region: &'a str,
    request_id: &'a str,
    operation: &'a str,
    model_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<String>,
    input: Input,
    output: Output,
    identity: Identity,
    #[serde(skip_serializing_if = "Option::is_none")]
    inference_region: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_metadata: Option<Value>,
    schema_type: &'static str,
    schema_version: &'static str,
}

#[derive(Serialize)]
struct Identity {
    arn: String,
}

/// Nothing of a request that failed (recorded).
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Input {
    #[serde(rename = "inputContentType", skip_serializing_if = "Option::is_none")]
    content_type: Option<&'static str>,
    #[serde(rename = "inputBodyJson", skip_serializing_if = "Option::is_none")]
    body_json: Option<Box<RawValue>>,
    #[serde(rename = "inputBodyS3Path", skip_serializing_if = "Option::is_none")]
    body_s3_path: Option<String>,
    #[serde(rename = "inputTokenCount", skip_serializing_if = "Option::is_none")]
    token_count: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache_read_input_token_count: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache_write_input_token_count: Option<i64>,
}

#[derive(Default, Serialize)]
struct Output {
    #[serde(rename = "outputContentType", skip_serializing_if = "Option::is_none")]
    content_type: Option<&'static str>,
    #[serde(rename = "outputBodyJson", skip_serializing_if = "Option::is_none")]
    body_json: Option<Box<RawValue>>,
    #[serde(rename = "outputBodyS3Path", skip_serializing_if = "Option::is_none")]
    body_s3_path: Option<String>,
    #[serde(rename = "outputTokenCount", skip_serializing_if = "Option::is_none")]
    token_count: Option<i64>,
}

/// A record for one place, and the objects that it names.
#[derive(Debug, Default)]
pub(crate) struct Rendered {
    /// JSON on one line, without its end.
    pub(crate) line: String,
    /// What is written before the line: bodies are compressed, media are as they came.
    pub(crate) objects: Vec<(S3Uri, Object)>,
}

/// An object beside the records.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Object {
    /// A body, to be compressed.
    Json(String),
    /// An image, a document, …
    Media(Bytes),
}

/// Both bodies and what else is known, without regard to a place.
pub(crate) struct Facts<'a> {
    invocation: &'a Invocation,
    answer: Answer,
    request: Option<Value>,
    metadata: Option<Value>,
}

impl<'a> Facts<'a> {
    /// Reads both bodies.
    pub(crate) fn of(invocation: &'a Invocation) -> Self {
        let answer = Answer::of(invocation);
        let kinds = invocation.places.kinds;
        let mut request: Option<Value> = serde_json::from_slice(&invocation.input).ok();
        let mut metadata = invocation.metadata.clone();
        if invocation.operation.starts_with("Converse") {
            metadata = request.as_mut().and_then(converse::take_metadata);
        }
        if !kinds.text {
            request = None;
        }
        Self {
            invocation,
            answer,
            request,
            metadata,
        }
    }

    /// The record, whose large bodies go to `large`, and nowhere without it.
    pub(crate) fn render(&self, large: Option<&S3Place>) -> Result<Rendered, S3UriError> {
        let invocation = self.invocation;
        let mut rendered = Rendered::default();
        let mut beside = Beside {
            large,
            hour: hour(invocation.begun),
            request_id: &invocation.request_id,
            objects: &mut rendered.objects,
        };
        let nothing_was_answered = self.answer.error.is_some() && !self.answer.began;
        let (input, output) = if nothing_was_answered {
            (Input::default(), Output::default())
        } else {
            (self.input(&mut beside)?, self.output(&mut beside)?)
        };
        let region = &*invocation.caller.region;
        let account = &*invocation.caller.account;
        let record = Record {
            timestamp: time::seconds(invocation.begun),
            account_id: account,
            region,
            request_id: &invocation.request_id,
            operation: invocation.operation,
            model_id: &invocation.model_id,
            error_code: self.answer.error.clone(),
            input,
            output,
            // Credentials are not looked into, so this is the account itself.
            identity: Identity {
                arn: format!("arn:{}:iam::{account}:root", partition(region)),
            },
            // All regions are this machine.
            inference_region: invocation.cross_region.then_some(region),
            request_metadata: self.metadata.clone(),
            schema_type: "ModelInvocationLog",
            schema_version: "1.0",
        };
        // Of texts and numbers, which JSON can have.
        rendered.line = serde_json::to_string(&record).unwrap_or_default();
        Ok(rendered)
    }

    fn input(&self, beside: &mut Beside<'_>) -> Result<Input, S3UriError> {
        let Tokens {
            input,
            cache_read,
            cache_write,
            ..
        } = self.answer.tokens;
        let request = beside.body(self.request.as_ref(), self, "input")?;
        Ok(Input {
            content_type: Some(JSON),
            body_json: request.inline,
            body_s3_path: request.path,
            token_count: input,
            cache_read_input_token_count: cache_read,
            cache_write_input_token_count: cache_write,
        })
    }

    fn output(&self, beside: &mut Beside<'_>) -> Result<Output, S3UriError> {
        let answer = beside.body(self.answer.body.as_ref(), self, "output")?;
        // Of an answer that the client did not wait for, nothing is known.
        let content_type = self.answer.began.then_some(JSON);
        Ok(Output {
            content_type,
            body_json: answer.inline,
            body_s3_path: answer.path,
            token_count: self.answer.tokens.output,
        })
    }
}

/// Both bodies of every operation that is logged.
const JSON: &str = "application/json";

/// Where what is too large for the record goes.
struct Beside<'a> {
    large: Option<&'a S3Place>,
    hour: String,
    request_id: &'a str,
    objects: &'a mut Vec<(S3Uri, Object)>,
}

/// A body's place in its record.
#[derive(Default)]
struct Body {
    inline: Option<Box<RawValue>>,
    path: Option<String>,
}

impl Beside<'_> {
    fn body(
        &mut self,
        body: Option<&Value>,
        facts: &Facts<'_>,
        side: &str,
    ) -> Result<Body, S3UriError> {
        let Some(body) = body else {
            return Ok(Body::default());
        };
        let text = if facts.invocation.operation.starts_with("Converse") {
            let mut body = body.clone();
            self.take_media(&mut body, facts, side)?;
            body.to_string()
        } else {
            body.to_string()
        };
        if text.len() <= INLINE {
            let inline = RawValue::from_string(text).ok();
            return Ok(Body { inline, path: None });
        }
        // Without a bucket for it, a large body is left out (documented).
        let Some(large) = self.large else {
            return Ok(Body::default());
        };
        let name = format!("data/{}_{side}.json.gz", self.request_id);
        let uri = large.object(&self.hour, &name)?;
        let path = Some(uri.to_string());
        self.objects.push((uri, Object::Json(text)));
        Ok(Body { inline: None, path })
    }

    /// Moves what is binary in a body of Converse into objects, or out of the record where its kind is not delivered.
    fn take_media(
        &mut self,
        body: &mut Value,
        facts: &Facts<'_>,
        side: &str,
    ) -> Result<(), S3UriError> {
        for (number, media) in media::of(body).into_iter().enumerate() {
            let Media {
                kind,
                format,
                source,
                bytes,
            } = media;
            let delivered = kind.is_delivered(facts.invocation.places.kinds);
            *source = match self.large.filter(|_| delivered) {
                Some(large) => {
                    let name = format!("data/{}_{side}_{number}.{format}", self.request_id);
                    let uri = large.object(&self.hour, &name)?;
                    let location = serde_json::json!({ "s3Location": { "uri": uri.to_string() } });
                    self.objects.push((uri, Object::Media(bytes)));
                    location
                }
                None => serde_json::json!({}),
            };
        }
        Ok(())
    }
}

#[cfg(test)]
pub(crate) mod tests;
