//! The texts of cells.

use crate::{
    Unreadable,
    package::{Event, Xml},
};

/// The texts that cells have by their number.
pub(super) fn read(mut xml: Xml<'_>) -> Result<Vec<String>, Unreadable> {
    let mut strings = Vec::new();
    while let Some(event) = xml.next()? {
        if let Event::Start(element) = event
            && element.name() == b"si"
        {
            strings.push(one(&mut xml)?);
        }
    }
    Ok(strings)
}

/// Reads a text up to the end of the element that began last: its runs, without how they are pronounced.
pub(super) fn one(xml: &mut Xml<'_>) -> Result<String, Unreadable> {
    let mut string = String::new();
    let (whole, mut is_text) = (xml.depth(), false);
    while let Some(event) = xml.next_in(whole)? {
        match event {
            Event::Start(element) if element.name() == b"rPh" => xml.skip()?,
            Event::Start(element) => is_text = element.name() == b"t",
            Event::End(_) => is_text = false,
            Event::Text(text) if is_text => string.push_str(&text),
            Event::Text(_) => {}
        }
    }
    Ok(unescape(&string))
}

/// Characters that XML does not have are spelled `_xHHHH_`.
fn unescape(string: &str) -> String {
    let mut out = String::new();
    let mut rest = string;
    while let Some(at) = rest.find("_x") {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let digits = escape.get(2..6).filter(|_| escape.get(6..7) == Some("_"));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        if let Some(char) = code.and_then(char::from_u32) {
            out.push(char);
            rest = escape.get(7..).unwrap_or_default();
        } else {
            out.push_str("_x");
            rest = escape.get(2..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn escapes_are_characters() {
        for (string, expected) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x", "_x"),
            ("a_xyz_", "a_xyz_"),
            ("_x00é0_", "_x00é0_"),
            ("_xD800_", "_xD800_"),
        ] {
            assert_eq!(unescape(string), expected, "{string}");
        }
    }
}
