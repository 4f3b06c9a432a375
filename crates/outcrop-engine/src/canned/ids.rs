//! Identifiers in the shapes that the service uses (recorded), made from a hash of the request.

use super::chance::hash128;

const BASE64_URL: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BASE58: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Characters of the part that differs from id to id.
const LENGTH: usize = 22;

/// The id of a tool call as Converse has it: `tooluse_` and 22 base64url characters.
///
/// `request` is a hash of the whole request, `index` tells the calls of one answer apart.
#[must_use]
pub fn tool_use(request: u64, index: u64) -> String {
    spell("tooluse_", BASE64_URL, b"tool_use", request, index)
}

/// The id of a tool call in Claude's native body: `toolu_bdrk_01` and 22 base58 characters.
#[must_use]
pub fn claude_tool_use(request: u64, index: u64) -> String {
    spell("toolu_bdrk_01", BASE58, b"claude_tool_use", request, index)
}

/// The id of a message in Claude's native body: `msg_bdrk_01` and 22 base58 characters.
#[must_use]
pub fn claude_message(request: u64) -> String {
    spell("msg_bdrk_01", BASE58, b"claude_message", request, 0)
}

fn spell(prefix: &str, alphabet: &[u8], kind: &[u8], request: u64, index: u64) -> String {
    let mut rest = hash128(kind, request ^ index.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let base = alphabet.len() as u128;
    let mut id = String::with_capacity(prefix.len() + LENGTH);
    id.push_str(prefix);
    for _ in 0..LENGTH {
        id.push(char::from(alphabet[(rest % base) as usize]));
        rest /= base;
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_the_recorded_shape() {
        let id = tool_use(1, 0);
        assert_eq!(id.len(), "tooluse_kZJMlvQmRJ6eAyJE5GIl7Q".len());
        assert_eq!(claude_message(1).len(), 33);
        assert_eq!(claude_tool_use(1, 0).len(), 35);
        assert!(
            id.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
        );
    }

    #[test]
    fn ids_differ_by_request_and_by_index() {
        let ids = [
            tool_use(1, 0),
            tool_use(1, 1),
            tool_use(2, 0),
            tool_use(2, 1),
        ];
        for (place, id) in ids.iter().enumerate() {
            assert!(!ids[place + 1..].contains(id));
        }
        assert_eq!(tool_use(1, 0), tool_use(1, 0));
    }
}
