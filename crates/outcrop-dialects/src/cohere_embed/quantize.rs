//! Vectors in fewer bits.

use serde_json::{Value, json};

use crate::body;

/// A vector in the form of that name.
pub(super) fn vector(vector: &[f32], form: &str) -> Value {
    match form {
        "int8" => vector.iter().map(|number| json!(signed(*number))).collect(),
        "uint8" => vector
            .iter()
            .map(|number| json!(signed(*number) + 128))
            .collect(),
        "binary" => packed(vector)
            .map(|byte| json!(i16::from(byte) - 128))
            .collect(),
        "ubinary" => packed(vector).map(|byte| json!(byte)).collect(),
        _ => body::floats(vector),
    }
}

/// From -128 to 127; 1 is the longest that a component of a unit vector can be.
fn signed(number: f32) -> i16 {
    #[expect(clippy::cast_possible_truncation, reason = "clamped before")]
    let scaled = (number * 127.0).round().clamp(-128.0, 127.0) as i16;
    scaled
}

/// One bit for each component, eight in a byte, the first one highest: whether it is positive.
fn packed(vector: &[f32]) -> impl Iterator<Item = u8> + '_ {
    vector.chunks(8).map(|eight| {
        eight.iter().enumerate().fold(0, |byte, (place, number)| {
            byte | (u8::from(*number > 0.0) << (7 - place))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_have_their_ranges() {
        let source = [1.0, -1.0, 0.5, 0.0, -0.5, 0.1, -0.1, 0.2, 1.0];
        assert_eq!(
            vector(&source, "int8"),
            json!([127, -127, 64, 0, -64, 13, -13, 25, 127])
        );
        assert_eq!(vector(&source[..2], "uint8"), json!([255, 1]));
        assert_eq!(
            vector(&source, "ubinary"),
            json!([0b1010_0101, 0b1000_0000])
        );
        assert_eq!(vector(&source, "binary"), json!([37, 0]));
        assert_eq!(vector(&source[2..3], "float"), json!([0.5]));
    }
}
