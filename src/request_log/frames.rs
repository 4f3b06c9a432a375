//! Exceptions in the frames of an event stream.
//!
//! A message is `total length (4) | headers length (4) | prelude CRC (4) | headers | payload | message CRC (4)`. In an
//! exception, `:exception-type` is the first header.

const PRELUDE: usize = 12;
const EXCEPTION_TYPE: &[u8] = b":exception-type";

/// The exception that is among the whole messages in `data`, as errors are called elsewhere: with a capital.
pub(super) fn exception(data: &[u8]) -> Option<String> {
    let mut rest = data;
    while let Some((length, _)) = rest.split_first_chunk::<4>() {
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (message, next) = rest.split_at_checked(length.max(PRELUDE))?;
        if let Some(name) = first_header(message.get(PRELUDE..)?) {
            return Some(capital(name));
        }
        rest = next;
    }
    None
}

/// The first header's value if it is an exception's type: `name length (1) | name | 7 | length (2) | value`.
fn first_header(headers: &[u8]) -> Option<&str> {
    let (length, rest) = headers.split_first()?;
    let (name, rest) = rest.split_at_checked(usize::from(*length))?;
    let (&[7, high, low], rest) = rest.split_first_chunk::<3>()? else {
        return None;
    };
    let value = rest.get(..usize::from(u16::from_be_bytes([high, low])))?;
    (name == EXCEPTION_TYPE)
        .then(|| std::str::from_utf8(value).ok())
        .flatten()
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::exception;

    fn message(name: &str, value: &str) -> Vec<u8> {
        let mut headers = vec![u8::try_from(name.len()).unwrap()];
        headers.extend(name.bytes());
        headers.push(7);
        headers.extend(u16::try_from(value.len()).unwrap().to_be_bytes());
        headers.extend(value.bytes());
        let length = u32::try_from(16 + headers.len()).unwrap();
        let mut message = length.to_be_bytes().to_vec();
        message.extend([0; 8]);
        message.extend(headers);
        message.extend([0; 4]);
        message
    }

    #[test]
    fn an_exception_is_found_behind_events() {
        let event = message(":event-type", "messageStart");
        let failure = message(":exception-type", "throttlingException");
        assert_eq!(exception(&event), None);
        let both = [event, failure].concat();
        assert_eq!(exception(&both).as_deref(), Some("ThrottlingException"));
        for cut in 0..both.len() {
            let _ = exception(&both[..cut]);
        }
        assert_eq!(exception(&[0; 64]), None);
    }
}
