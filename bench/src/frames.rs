//! The events of a stream that Outcrop sent, for the yardstick to send again.

use std::io;

use aws_smithy_eventstream::frame::read_message_from;
use serde_json::{Value, json};

/// A JSON array of `[event type, payload]`.
pub fn decode(body: &[u8]) -> io::Result<String> {
    let mut events = Vec::new();
    let mut rest = body;
    while !rest.is_empty() {
        let message = read_message_from(&mut rest).map_err(io::Error::other)?;
        let name = message
            .headers()
            .iter()
            .find(|header| header.name().as_str() == ":event-type");
        let name = name
            .and_then(|header| header.value().as_string().ok())
            .map(|name| name.as_str());
        let payload: Value = serde_json::from_slice(message.payload())?;
        events.push(json!([name.unwrap_or_default(), payload]));
    }
    Ok(Value::Array(events).to_string())
}
