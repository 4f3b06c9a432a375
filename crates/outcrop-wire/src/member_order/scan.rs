//! Telling sorted JSON from unsorted, in one pass without allocation.

use memchr::memchr2;

/// Objects within objects that are looked at; what has more counts as unsorted.
const DEPTH: usize = 16;

/// Whether the members of every object come in the order of their names. Names are compared as they are spelled.
pub(super) fn is_sorted(json: &[u8]) -> bool {
    let mut last_names = [None::<&[u8]>; DEPTH];
    let mut depth = 0;
    let mut rest = json;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'{' => {
                let Some(last) = last_names.get_mut(depth) else {
                    return false;
                };
                *last = None;
                depth += 1;
            }
            b'}' => depth = depth.saturating_sub(1),
            b'"' => {
                let Some(end) = string_end(rest) else {
                    return true;
                };
                let (text, after) = (&rest[..end], &rest[end + 1..]);
                rest = after;
                if rest.first() == Some(&b':')
                    && let Some(last) = last_names[..depth].last_mut()
                    && last.replace(text).is_some_and(|last| last > text)
                {
                    return false;
                }
            }
            _ => {}
        }
    }
    true
}

/// Where the quote is that ends the string.
fn string_end(text: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + memchr2(b'"', b'\\', text.get(from..)?)?;
        if text[at] == b'"' {
            return Some(at);
        }
        from = at + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_members_of_one_object_are_compared() {
        assert!(is_sorted(br#"{"a":{"z":1},"b":{"c":1}}"#));
        assert!(is_sorted(br#"[{"b":"{\"z\":1,\"a\":1}"},{"a":1}]"#));
        assert!(!is_sorted(br#"{"a":{"z":1,"y":2}}"#));
        assert!(!is_sorted(br#"{"a":{"c":1},"b":1,"a":1}"#));
    }

    #[test]
    fn what_is_deep_counts_as_unsorted() {
        let nested = |depth: usize| [r#"{"a":"#.repeat(depth), "}".repeat(depth)].concat();
        assert!(is_sorted(nested(DEPTH).as_bytes()));
        assert!(!is_sorted(nested(DEPTH + 1).as_bytes()));
    }

    #[test]
    fn a_string_that_does_not_end_is_no_reason_to_sort() {
        assert!(is_sorted(br#"{"b":1,"a\"#));
    }
}
