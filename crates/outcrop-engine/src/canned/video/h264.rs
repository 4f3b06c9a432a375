//! H.264 of pictures that are made of squares of one colour each.
//!
//! Such a picture needs little of the standard: constrained baseline profile, every macroblock predicted from its
//! neighbour and corrected by one coefficient for each plane, and pictures that repeat the one before. Every player
//! decodes it, and the files stay small. Numbers in parentheses are clauses of ITU-T H.264.

use super::bits::Bits;

/// Pixels along a side of a macroblock.
pub(super) const SQUARE: u32 = 16;

/// The quantizer for which a coefficient stands for 5/8 of a brightness level, so that each level can be reached.
const QUANTIZER: i32 = 24;

/// The quantizer of colour is so much below, where its coefficients stand for the same (8.5.11.2).
const COLOUR_OFFSET: i32 = -6;

/// Constrained baseline, level 4: up to 8,192 macroblocks in a picture, and 245,760 in a second (A.3).
const PROFILE: [u8; 3] = [66, 0b1100_0000, 40];

/// The most macroblocks of a picture.
pub(super) const MOST_SQUARES: u32 = 8192;

/// Brightness and the two colour differences of a square.
pub(super) type Colour = [u8; 3];

/// What is the same for all pictures of a stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct Encoder {
    /// Squares of a row.
    pub(super) columns: u32,
    /// Rows of squares.
    pub(super) rows: u32,
}

impl Encoder {
    pub(super) fn new((width, height): (u32, u32)) -> Self {
        Self {
            columns: width.div_ceil(SQUARE),
            rows: height.div_ceil(SQUARE),
        }
    }

    /// The decoder configuration record of an MP4 file (ISO/IEC 14496-15, 5.3.3.1).
    pub(super) fn configuration(self, size: (u32, u32)) -> Vec<u8> {
        let [profile, compatibility, level] = PROFILE;
        // Lengths of units have four bytes; one set of each kind.
        let mut record = vec![1, profile, compatibility, level, 0xff, 0xe1];
        for (unit, count_after) in [(self.sequence(size), Some(1)), (picture_parameters(), None)] {
            let length = u16::try_from(unit.len()).unwrap_or(u16::MAX);
            record.extend(length.to_be_bytes());
            record.extend(unit);
            record.extend(count_after);
        }
        record
    }

    /// Sequence parameters (7.3.2.1).
    fn sequence(self, (width, height): (u32, u32)) -> Vec<u8> {
        let mut bits = Bits::default();
        for byte in PROFILE {
            bits.number(byte.into(), 8);
        }
        bits.unsigned(0);
        // Pictures are numbered modulo 16, and shown in the order in which they come.
        bits.unsigned(0);
        bits.unsigned(2);
        bits.unsigned(1);
        bits.bit(false);
        bits.unsigned(self.columns - 1);
        bits.unsigned(self.rows - 1);
        bits.bit(true);
        bits.bit(true);
        // What the last squares have too much, in pairs of pixels.
        let right = (self.columns * SQUARE - width) / 2;
        let below = (self.rows * SQUARE - height) / 2;
        bits.bit(right + below > 0);
        if right + below > 0 {
            for crop in [0, right, 0, below] {
                bits.unsigned(crop);
            }
        }
        bits.bit(false);
        bits.unit(0x67)
    }

    /// A picture that needs no other one: `colours` row by row. `number` counts such pictures.
    pub(super) fn key_picture(self, number: u32, colours: &[Colour]) -> Vec<u8> {
        let mut bits = Bits::default();
        // All of the picture, predicted from itself.
        for value in [0, 7, 0] {
            bits.unsigned(value);
        }
        bits.number(0, 4);
        // Neighbours differ.
        bits.unsigned(number % 2);
        bits.number(0, 2);
        slice_end(&mut bits);
        let columns = usize::try_from(self.columns).unwrap_or(usize::MAX);
        let mut above: Vec<Option<Colour>> = vec![None; columns.min(colours.len())];
        for row in colours.chunks(columns) {
            let mut left = None;
            for (colour, above) in row.iter().zip(&mut above) {
                let shown = square(&mut bits, *colour, left, *above);
                (left, *above) = (Some(shown), Some(shown));
            }
        }
        sample(&bits.unit(0x65))
    }

    /// The picture before once more. `after` counts them from the last key picture on, which is 0.
    pub(super) fn same_picture(self, after: u32) -> Vec<u8> {
        let mut bits = Bits::default();
        // All of the picture, predicted from the one before.
        for value in [0, 5, 0] {
            bits.unsigned(value);
        }
        bits.number(after % 16, 4);
        bits.number(0, 3);
        slice_end(&mut bits);
        // Nothing but skipped macroblocks.
        bits.unsigned(self.columns * self.rows);
        sample(&bits.unit(0x41))
    }
}

/// Picture parameters (7.3.2.2).
fn picture_parameters() -> Vec<u8> {
    let mut bits = Bits::default();
    bits.unsigned(0);
    bits.unsigned(0);
    bits.number(0, 2);
    for _ in 0..3 {
        bits.unsigned(0);
    }
    bits.number(0, 3);
    bits.signed(QUANTIZER - 26);
    bits.signed(0);
    bits.signed(COLOUR_OFFSET);
    bits.bit(true);
    bits.number(0, 2);
    bits.unit(0x68)
}

/// The end of a slice's header: no other quantizer, and edges stay as they are.
fn slice_end(bits: &mut Bits) {
    bits.signed(0);
    bits.unsigned(1);
}

/// A unit as samples of an MP4 file have it.
fn sample(unit: &[u8]) -> Vec<u8> {
    let length = u32::try_from(unit.len()).unwrap_or(u32::MAX);
    [&length.to_be_bytes(), unit].concat()
}

/// Writes a macroblock (7.3.5), and tells the colour that it is shown in.
fn square(bits: &mut Bits, wanted: Colour, left: Option<Colour>, above: Option<Colour>) -> Colour {
    // Horizontal, vertical or mean prediction, whose numbers differ for brightness and colour (8.3.3, 8.3.4).
    let (brightness_mode, colour_mode, predicted) = match (left, above) {
        (Some(left), _) => (1, 1, left),
        (None, Some(above)) => (0, 2, above),
        (None, None) => (2, 0, [128; 3]),
    };
    let mut levels = [0; 3];
    for ((level, wanted), predicted) in levels.iter_mut().zip(wanted).zip(predicted) {
        *level = level_of(i32::from(wanted) - i32::from(predicted));
    }
    let [brightness, blue, red] = levels;
    let coloured = blue != 0 || red != 0;
    bits.unsigned(1 + brightness_mode + 4 * u32::from(coloured));
    bits.unsigned(colour_mode);
    bits.signed(0);
    coefficient(bits, brightness, BRIGHTNESS);
    if coloured {
        coefficient(bits, blue, COLOUR);
        coefficient(bits, red, COLOUR);
    }
    let mut shown = predicted;
    for (shown, level) in shown.iter_mut().zip(levels) {
        let sum = i32::from(*shown) + difference_of(level);
        *shown = u8::try_from(sum.clamp(0, 255)).unwrap_or_default();
    }
    shown
}

/// The level that comes next to a difference: 8/5 of it, rounded.
fn level_of(difference: i32) -> i32 {
    (difference * 16 + 5 * difference.signum()) / 10
}

/// The difference that a level makes (8.5.10 to 8.5.12): 40 for each, of which 64 are one.
fn difference_of(level: i32) -> i32 {
    (level * 40 + 32) >> 6
}

/// The codes of `coeff_token` for no coefficient, for one that is 1 or -1, and for another one, each with its length (table 9-5).
type Tokens = [(u32, u32); 3];

/// Of a block without neighbours that have coefficients.
const BRIGHTNESS: Tokens = [(1, 1), (1, 2), (5, 6)];
const COLOUR: Tokens = [(1, 2), (1, 1), (7, 6)];

/// Writes a block that has at most its first coefficient (9.2).
fn coefficient(bits: &mut Bits, level: i32, [none, one, other]: Tokens) {
    let (code, length) = match level {
        0 => none,
        -1 | 1 => one,
        _ => other,
    };
    bits.number(code, length);
    match level {
        0 => return,
        -1 | 1 => bits.bit(level < 0),
        _ => magnitude(bits, level),
    }
    // No zeros before it.
    bits.bit(true);
}

/// Writes a level that is not 0, 1 or -1 (9.2.2.1).
fn magnitude(bits: &mut Bits, level: i32) {
    let code = level.unsigned_abs() * 2 - 4 + u32::from(level < 0);
    let (prefix, suffix, length) = match code {
        0..14 => (code, 0, 0),
        14..30 => (14, code - 14, 4),
        _ => (15, code - 30, 12),
    };
    bits.number(1, prefix + 1);
    bits.number(suffix, length);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_difference_can_be_reached() {
        for difference in -255..=255 {
            assert_eq!(difference_of(level_of(difference)), difference);
        }
    }

    #[test]
    fn squares_are_shown_in_their_colours() {
        let (mut bits, mut left) = (Bits::default(), None);
        for colour in [[16, 128, 128], [235, 16, 240], [81, 90, 240], [81, 90, 240]] {
            left = Some(square(&mut bits, colour, left, None));
            assert_eq!(left, Some(colour));
        }
    }

    #[test]
    fn repeated_pictures_need_a_few_bytes() {
        let encoder = Encoder::new((1280, 720));
        let colours = vec![[100, 110, 120]; 80 * 45];
        assert!(encoder.key_picture(0, &colours).len() < 4000);
        assert!(encoder.same_picture(1).len() < 20);
    }

    #[test]
    fn sizes_are_cropped_to_what_was_asked() {
        let whole = Encoder::new((1280, 720)).configuration((1280, 720));
        let cropped = Encoder::new((1280, 710)).configuration((1280, 710));
        assert!(whole.len() < cropped.len());
        assert_eq!(Encoder::new((1280, 710)).rows, 45);
    }
}
