//! What a request says, in a form that is the same for the same request.

use serde_json::Value;
use xxhash_rust::xxh3::xxh3_128;

/// The fingerprint of a request's body without its token. Neither the order of members nor white space changes it.
pub(crate) fn fingerprint(body: &[u8]) -> [u8; 16] {
    let mut value: Value = serde_json::from_slice(body).unwrap_or_default();
    if let Value::Object(members) = &mut value {
        members.remove("clientRequestToken");
    }
    value.sort_all_objects();
    xxh3_128(value.to_string().as_bytes()).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn only_what_is_said_counts() {
        let first = fingerprint(br#"{"a": 1, "b": {"c": 2, "d": 3}, "clientRequestToken": "x"}"#);
        let same = fingerprint(br#"{"clientRequestToken":"y","b":{"d":3,"c":2},"a":1}"#);
        let other = fingerprint(br#"{"a": 1, "b": {"c": 2, "d": 4}}"#);
        assert_eq!(first, same);
        assert_ne!(first, other);
    }
}
