//! An HTTP answer, recorded or received.

use std::{iter, str};

use aws_smithy_eventstream::frame::{DecodedFrame, MessageFrameDecoder};
use bytes::{Bytes, BytesMut};
use serde_json::Value;

/// Status, headers and body.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Lower-case names and values, in the order of the wire.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: Bytes,
}

/// One frame of an event stream.
#[derive(Debug, Clone)]
pub struct Frame {
    /// String headers in their order.
    pub headers: Vec<(String, String)>,
    /// The payload, which is JSON in Bedrock.
    pub payload: Value,
}

impl Answer {
    /// The value of a header, by its lower-case name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether the body is an event stream.
    #[must_use]
    pub fn is_stream(&self) -> bool {
        self.header("content-type")
            .is_some_and(|kind| kind.starts_with("application/vnd.amazon.eventstream"))
    }

    /// The body as JSON.
    pub fn json(&self) -> Result<Value, String> {
        serde_json::from_slice(&self.body).map_err(|error| format!("body is not JSON: {error}"))
    }

    /// The error type: `x-amzn-errortype` up to its suffix.
    #[must_use]
    pub fn error_type(&self) -> Option<&str> {
        let full = self.header("x-amzn-errortype")?;
        Some(full.split_once(':').map_or(full, |(name, _)| name))
    }

    /// The text of an error body.
    #[must_use]
    pub fn message(&self) -> Option<String> {
        let body = self.json().ok()?;
        Some(body.get("message")?.as_str()?.to_owned())
    }

    /// The beginning of the body, for reports.
    #[must_use]
    pub fn excerpt(&self) -> String {
        let text = String::from_utf8_lossy(&self.body);
        text.chars().take(300).collect()
    }

    /// The beginning of a stream: as many frames, where there are more.
    #[must_use]
    pub fn first_frames(&self, count: usize) -> Self {
        let mut end = 0;
        for _ in 0..count {
            let length = self
                .body
                .get(end..end + 4)
                .and_then(|own| own.try_into().ok());
            let length = length.map_or(0, u32::from_be_bytes);
            end += usize::try_from(length).unwrap_or_default();
        }
        Self {
            body: self.body.slice(..end.min(self.body.len())),
            ..self.clone()
        }
    }

    /// The frames of a stream; every checksum has to be right and nothing may be left over.
    pub fn frames(&self) -> Result<Vec<Frame>, String> {
        let mut decoder = MessageFrameDecoder::new();
        let mut rest = BytesMut::from(&self.body[..]);
        let frames = iter::from_fn(|| match decoder.decode_frame(&mut rest) {
            Ok(DecodedFrame::Complete(message)) => Some(frame(&message)),
            Ok(DecodedFrame::Incomplete) => None,
            Err(error) => Some(Err(format!("frame cannot be decoded: {error}"))),
        });
        let frames: Vec<_> = frames.collect::<Result<_, _>>()?;
        if !rest.is_empty() {
            return Err(format!("{} bytes after the last frame", rest.len()));
        }
        Ok(frames)
    }
}

fn frame(message: &aws_smithy_types::event_stream::Message) -> Result<Frame, String> {
    let headers = message.headers().iter().map(|header| {
        let value = header
            .value()
            .as_string()
            .map(|text| text.as_str().to_owned());
        let value = value
            .map_err(|_| format!("frame header {} is not a string", header.name().as_str()))?;
        Ok((header.name().as_str().to_owned(), value))
    });
    let headers = headers.collect::<Result<_, String>>()?;
    let payload = str::from_utf8(message.payload()).map_err(|error| error.to_string())?;
    let payload = serde_json::from_str(payload)
        .map_err(|error| format!("payload {payload:?} is not JSON: {error}"))?;
    Ok(Frame { headers, payload })
}

impl Frame {
    /// The value of a frame header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The event's or exception's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.header(":event-type")
            .or_else(|| self.header(":exception-type"))
            .unwrap_or_default()
    }

    /// Whether the frame is an exception.
    #[must_use]
    pub fn is_exception(&self) -> bool {
        self.header(":message-type") == Some("exception")
    }
}

#[cfg(test)]
mod tests {
    use aws_smithy_eventstream::frame::write_message_to;
    use aws_smithy_types::event_stream::{Header, HeaderValue, Message};

    use super::*;

    fn stream(payload: &'static str) -> Vec<u8> {
        let message = Message::new(payload).add_header(Header::new(
            ":event-type",
            HeaderValue::String("messageStart".into()),
        ));
        let mut bytes = Vec::new();
        write_message_to(&message, &mut bytes).expect("a small message");
        bytes
    }

    fn answer(body: Vec<u8>) -> Answer {
        Answer {
            status: 200,
            headers: Vec::new(),
            body: body.into(),
        }
    }

    #[test]
    fn frames_are_read_in_order() {
        let body = [stream(r#"{"p":"a"}"#), stream(r#"{"p":"ab"}"#)].concat();
        let frames = answer(body).frames().expect("whole frames");
        assert_eq!(frames.len(), 2);
        assert_eq!(frames[0].name(), "messageStart");
        assert_eq!(frames[1].payload["p"], "ab");
    }

    #[test]
    fn a_stream_has_a_beginning() {
        let body = [stream(r#"{"p":"a"}"#), stream(r#"{"p":"ab"}"#)].concat();
        let answer = answer(body);
        assert_eq!(answer.first_frames(1).frames().expect("a frame").len(), 1);
        assert_eq!(answer.first_frames(3).frames().expect("frames").len(), 2);
    }

    #[test]
    fn a_cut_stream_is_an_error() {
        let mut body = stream("{}");
        body.pop();
        let error = answer(body).frames().expect_err("a byte is missing");
        assert!(
            error.contains("after the last frame") || error.contains("decoded"),
            "{error}"
        );
    }

    #[test]
    fn a_wrong_checksum_is_an_error() {
        let mut body = stream("{}");
        *body.last_mut().expect("not empty") ^= 1;
        answer(body).frames().expect_err("the checksum is wrong");
    }

    #[test]
    fn the_error_type_has_no_suffix() {
        let mut answer = answer(br#"{"message":"no"}"#.to_vec());
        let value = "ValidationException:http://internal.amazon.com/coral/com.amazon.bedrock/";
        answer
            .headers
            .push(("x-amzn-errortype".into(), value.into()));
        assert_eq!(answer.error_type(), Some("ValidationException"));
        assert_eq!(answer.message().as_deref(), Some("no"));
    }
}
