//! The messages of an event stream, as the generated code writes them.
//!
//! `total length (4) | headers length (4) | prelude CRC (4) | headers | payload | message CRC (4)`, and each header as
//! `name length (1) | name | 7 | value length (2) | value`: all of them are strings.

const PRELUDE: usize = 12;
const CHECKSUM: usize = 4;
/// The type of a header whose value is a string.
const STRING: u8 = 7;

/// One message.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Message<'a> {
    /// Whether it is an exception, and no event.
    pub(super) is_exception: bool,
    /// What happened: `chunk`, `messageStart`, `throttlingException`, …
    pub(super) name: &'a str,
    pub(super) payload: &'a [u8],
}

/// The whole messages that `data` begins with.
pub(super) fn messages(mut data: &[u8]) -> impl Iterator<Item = Message<'_>> {
    std::iter::from_fn(move || {
        let (message, rest) = split(data)?;
        data = rest;
        Some(message)
    })
}

fn split(data: &[u8]) -> Option<(Message<'_>, &[u8])> {
    let length = number(data)?;
    let headers_length = number(data.get(4..)?)?;
    let (message, rest) = data.split_at_checked(length)?;
    let body = message.get(PRELUDE..length.checked_sub(CHECKSUM)?)?;
    let (headers, payload) = body.split_at_checked(headers_length)?;
    let (is_exception, name) = what_happened(headers)?;
    let message = Message {
        is_exception,
        name,
        payload,
    };
    Some((message, rest))
}

fn number(data: &[u8]) -> Option<usize> {
    let (bytes, _) = data.split_first_chunk::<4>()?;
    usize::try_from(u32::from_be_bytes(*bytes)).ok()
}

fn what_happened(mut headers: &[u8]) -> Option<(bool, &str)> {
    loop {
        let (name, value, rest) = header(headers)?;
        match name {
            b":event-type" => return Some((false, value)),
            b":exception-type" => return Some((true, value)),
            _ => headers = rest,
        }
    }
}

fn header(headers: &[u8]) -> Option<(&[u8], &str, &[u8])> {
    let (length, rest) = headers.split_first()?;
    let (name, rest) = rest.split_at_checked(usize::from(*length))?;
    let (&[STRING, high, low], rest) = rest.split_first_chunk::<3>()? else {
        return None;
    };
    let (value, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes([high, low])))?;
    Some((name, std::str::from_utf8(value).ok()?, rest))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A message with these headers, whose checksums nobody reads here.
    pub(in crate::record) fn message(headers: &[(&str, &str)], payload: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (name, value) in headers {
            bytes.push(u8::try_from(name.len()).unwrap());
            bytes.extend(name.bytes());
            bytes.push(STRING);
            bytes.extend(u16::try_from(value.len()).unwrap().to_be_bytes());
            bytes.extend(value.bytes());
        }
        let length = PRELUDE + bytes.len() + payload.len() + CHECKSUM;
        let mut message = u32::try_from(length).unwrap().to_be_bytes().to_vec();
        message.extend(u32::try_from(bytes.len()).unwrap().to_be_bytes());
        message.extend([0; 4]);
        message.extend(bytes);
        message.extend(payload.bytes());
        message.extend([0; 4]);
        message
    }

    #[test]
    fn messages_come_apart() {
        let mut data = message(
            &[
                (":message-type", "event"),
                (":event-type", "chunk"),
                (":content-type", "application/json"),
            ],
            r#"{"bytes":"e30="}"#,
        );
        data.extend(message(
            &[
                (":exception-type", "throttlingException"),
                (":message-type", "exception"),
            ],
            "{}",
        ));
        let found: Vec<_> = messages(&data).collect();
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].is_exception, found[0].name), (false, "chunk"));
        assert_eq!(found[0].payload, br#"{"bytes":"e30="}"#);
        assert!(found[1].is_exception && found[1].name == "throttlingException");
        for cut in 0..data.len() {
            assert!(messages(&data[..cut]).count() < 2);
        }
        assert_eq!(messages(&[0; 64]).count(), 0);
    }
}
