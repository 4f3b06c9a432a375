//! One event-stream message: prelude, headers, payload and their checksums.
//!
//! `total length (4) | headers length (4) | prelude CRC (4) | headers | payload | message CRC (4)`, big-endian.

use bytes::{BufMut, Bytes, BytesMut};

use crate::member_order::sorted;

const PRELUDE: usize = 12;
const CHECKSUM: usize = 4;

/// The header that the generated code writes first and the service last.
const MESSAGE_TYPE: &[u8] = b":message-type";

/// The header value type of strings.
const STRING: u8 = 7;

/// Moves `:message-type` behind the other headers of every message in `data`. Whatever is not a sequence of whole
/// messages that begin with that header is returned as it is.
pub(super) fn reorder(data: Bytes) -> Bytes {
    if !begin_with_type(&data) {
        return data;
    }
    // The generated code has handed the buffer over, so this does not copy.
    let mut data = data
        .try_into_mut()
        .unwrap_or_else(|shared| BytesMut::from(&shared[..]));
    let mut start = 0;
    while let Some(Bounds {
        headers_end, end, ..
    }) = bounds(&data, start)
    {
        let headers = &mut data[start + PRELUDE..headers_end];
        headers.rotate_left(first_header(headers).unwrap_or_default());
        let checksum = crc32fast::hash(&data[start..end - CHECKSUM]);
        data[end - CHECKSUM..end].copy_from_slice(&checksum.to_be_bytes());
        start = end;
    }
    data.freeze()
}

/// Whether `data` is a sequence of whole messages that begin with a `:message-type`.
fn begin_with_type(data: &[u8]) -> bool {
    let mut read = 0;
    for Bounds {
        start,
        headers_end,
        end,
    } in messages(data)
    {
        if first_header(&data[start + PRELUDE..headers_end]).is_none() {
            return false;
        }
        read = end;
    }
    read == data.len() && read > 0
}

/// Sorts the members of every message's payload, see `member_order`.
pub(super) fn sort_members(data: Bytes) -> Bytes {
    let mut sorted_data = BytesMut::new();
    let mut copied = 0;
    for Bounds {
        start,
        headers_end,
        end,
    } in messages(&data)
    {
        if let Some(payload) = sorted(&data[headers_end..end - CHECKSUM]) {
            sorted_data.extend_from_slice(&data[copied..start]);
            let headers = &data[start + PRELUDE..headers_end];
            put_message(&mut sorted_data, headers, &payload);
            copied = end;
        }
    }
    if copied == 0 {
        return data;
    }
    sorted_data.extend_from_slice(&data[copied..]);
    sorted_data.freeze()
}

/// Where a message's parts are.
struct Bounds {
    start: usize,
    headers_end: usize,
    end: usize,
}

/// The whole messages that `data` begins with.
fn messages(data: &[u8]) -> impl Iterator<Item = Bounds> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let bounds = bounds(data, next)?;
        next = bounds.end;
        Some(bounds)
    })
}

fn bounds(data: &[u8], start: usize) -> Option<Bounds> {
    let length = |at: usize| {
        let bytes = data.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(u32::from_be_bytes(bytes)).ok()
    };
    let end = start
        .checked_add(length(start)?)
        .filter(|end| *end <= data.len())?;
    let headers_end = (start + PRELUDE).checked_add(length(start + 4)?)?;
    let whole = headers_end.checked_add(CHECKSUM)? <= end;
    whole.then_some(Bounds {
        start,
        headers_end,
        end,
    })
}

/// The length of the first header if it is a `:message-type`.
fn first_header(headers: &[u8]) -> Option<usize> {
    let name = headers.get(1..=MESSAGE_TYPE.len())?;
    if usize::from(headers[0]) != MESSAGE_TYPE.len() || name != MESSAGE_TYPE {
        return None;
    }
    let value = &headers[1 + MESSAGE_TYPE.len()..];
    let &[STRING, high, low, ..] = value else {
        return None;
    };
    let length = 1 + MESSAGE_TYPE.len() + 3 + usize::from(u16::from_be_bytes([high, low]));
    (length <= headers.len()).then_some(length)
}

/// An exception message that ends a stream. `kind` is the name of the stream's member for the exception.
pub(super) fn exception(kind: &str, message: &str) -> Bytes {
    let payload = serde_json::json!({ "message": message }).to_string();
    let mut headers = BytesMut::new();
    for (name, value) in [
        (":exception-type", kind),
        (":content-type", "application/json"),
        (":message-type", "exception"),
    ] {
        headers.put_u8(u8::try_from(name.len()).unwrap_or_default());
        headers.put_slice(name.as_bytes());
        headers.put_u8(STRING);
        headers.put_u16(u16::try_from(value.len()).unwrap_or_default());
        headers.put_slice(value.as_bytes());
    }
    let mut message = BytesMut::new();
    put_message(&mut message, &headers, payload.as_bytes());
    message.freeze()
}

/// Writes a whole message at the end of `out`.
fn put_message(out: &mut BytesMut, headers: &[u8], payload: &[u8]) {
    let start = out.len();
    let total = PRELUDE + headers.len() + payload.len() + CHECKSUM;
    out.reserve(total);
    out.put_u32(u32::try_from(total).unwrap_or_default());
    out.put_u32(u32::try_from(headers.len()).unwrap_or_default());
    out.put_u32(crc32fast::hash(&out[start..]));
    out.put_slice(headers);
    out.put_slice(payload);
    out.put_u32(crc32fast::hash(&out[start..]));
}

#[cfg(test)]
mod tests {
    use aws_smithy_eventstream::frame::{read_message_from, write_message_to};
    use aws_smithy_types::event_stream::{Header, HeaderValue, Message};

    use super::*;

    fn message(headers: &[(&'static str, &'static str)]) -> Bytes {
        let mut message = Message::new(&b"{\"a\":1}"[..]);
        for (name, value) in headers {
            message = message.add_header(Header::new(*name, HeaderValue::String((*value).into())));
        }
        let mut bytes = Vec::new();
        write_message_to(&message, &mut bytes).expect("can be written");
        Bytes::from(bytes)
    }

    /// Reads the messages, which checks their checksums.
    fn names(data: &Bytes) -> Vec<Vec<String>> {
        let mut data = data.clone();
        let mut messages = Vec::new();
        while !data.is_empty() {
            let message = read_message_from(&mut data).expect("is valid");
            messages.push(
                message
                    .headers()
                    .iter()
                    .map(|header| header.name().as_str().to_owned())
                    .collect(),
            );
        }
        messages
    }

    const EVENT: [(&str, &str); 3] = [
        (":message-type", "event"),
        (":event-type", "chunk"),
        (":content-type", "application/json"),
    ];

    #[test]
    fn message_type_goes_last() {
        let event = reorder(message(&EVENT));
        assert_eq!(
            names(&event),
            [[":event-type", ":content-type", ":message-type"]]
        );
        let exception = [
            (":message-type", "exception"),
            (":exception-type", "x"),
            (":content-type", "application/json"),
        ];
        assert_eq!(
            names(&reorder(message(&exception))),
            [[":exception-type", ":content-type", ":message-type"]]
        );
    }

    #[test]
    fn several_messages_in_one_piece_are_all_mended() {
        let two = [message(&EVENT), message(&EVENT)].concat();
        let order = vec![":event-type", ":content-type", ":message-type"];
        assert_eq!(names(&reorder(Bytes::from(two))), [order.clone(), order]);
    }

    #[test]
    fn payloads_are_sorted() {
        let headers = [Header::new(":event-type", HeaderValue::String("x".into()))];
        let of = |payload: &'static str| {
            let mut bytes = Vec::new();
            let message = Message::new_from_parts(headers.to_vec(), payload);
            write_message_to(&message, &mut bytes).expect("can be written");
            bytes
        };
        let data = [
            of(r#"{"a":1}"#),
            of(r#"{"b":{"d":1,"c":2},"a":1}"#),
            of("{}"),
        ]
        .concat();
        let mut data = sort_members(Bytes::from(data));
        let mut payloads = Vec::new();
        while !data.is_empty() {
            let message = read_message_from(&mut data).expect("is valid");
            payloads.push(String::from_utf8_lossy(message.payload()).into_owned());
        }
        assert_eq!(
            payloads,
            [r#"{"a":1}"#, r#"{"a":1,"b":{"c":2,"d":1}}"#, "{}"]
        );
    }

    #[test]
    fn anything_else_is_left_alone() {
        let whole = message(&EVENT);
        for data in [
            Bytes::new(),
            Bytes::from_static(b"{}"),
            whole.slice(..whole.len() - 1),
            message(&[(":event-type", "chunk"), (":message-type", "event")]),
            message(&[]),
            Bytes::from(vec![0xff; 64]),
        ] {
            assert_eq!(reorder(data.clone()), data);
        }
    }

    #[test]
    fn exception_is_a_valid_message() {
        let exception = exception("internalServerException", "no \"luck\"");
        assert_eq!(
            names(&exception),
            [[":exception-type", ":content-type", ":message-type"]]
        );
        let message = read_message_from(&mut exception.clone()).expect("is valid");
        assert_eq!(message.payload().as_ref(), br#"{"message":"no \"luck\""}"#);
    }
}
