//! The text of PDF documents whose streams are not compressed.

/// The strings that a document shows, a line for each group of them; `None` if there are none.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    if !bytes.starts_with(b"%PDF") {
        return None;
    }
    let all = String::from_utf8_lossy(bytes);
    let mut text = String::new();
    let mut rest = all.as_ref();
    // Text objects stand between these operators.
    while let Some((_, after)) = rest.split_once("BT") {
        let Some((object, after)) = after.split_once("ET") else {
            break;
        };
        strings(object, &mut text);
        text.push('\n');
        rest = after;
    }
    text.chars().any(char::is_alphabetic).then_some(text)
}

/// Adds what stands in parentheses, where `\` escapes.
fn strings(object: &str, text: &mut String) {
    let (mut depth, mut escaped) = (0_usize, false);
    for letter in object.chars() {
        match letter {
            _ if escaped => {
                escaped = false;
                text.push(if letter == 'n' { '\n' } else { letter });
            }
            '\\' if depth > 0 => escaped = true,
            '(' => {
                depth += 1;
                if depth > 1 {
                    text.push(letter);
                }
            }
            ')' if depth > 0 => {
                depth -= 1;
                text.push(if depth > 0 { letter } else { ' ' });
            }
            _ if depth > 0 => text.push(letter),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_found() {
        let document =
            b"%PDF-1.4\nstream\nBT /F1 12 Tf (Staff may \\(once\\)) Tj (leave.) Tj ET\nendstream";
        let text = text(document).unwrap();
        assert_eq!(text.trim(), "Staff may (once) leave.");
    }

    #[test]
    fn other_documents_have_none() {
        assert_eq!(text(b"Staff may leave."), None);
        assert_eq!(text(b"%PDF-1.4\nstream\n\x00\x01endstream"), None);
    }
}
