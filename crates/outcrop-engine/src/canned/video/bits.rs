//! Bits in the order of H.264's syntax, and the units that carry them.

/// A raw byte sequence payload that is being written.
#[derive(Debug, Default)]
pub(super) struct Bits {
    bytes: Vec<u8>,
    /// Bits of the last byte that are written, 0 to 7; nothing is begun with 0.
    used: u8,
}

impl Bits {
    pub(super) fn bit(&mut self, bit: bool) {
        if self.used == 0 {
            self.bytes.push(0);
        }
        if let Some(last) = self.bytes.last_mut() {
            *last |= u8::from(bit) << (7 - self.used);
        }
        self.used = (self.used + 1) % 8;
    }

    /// The lowest `count` bits of a number, the highest of them first.
    pub(super) fn number(&mut self, value: u32, count: u32) {
        for place in (0..count).rev() {
            self.bit(value >> place & 1 == 1);
        }
    }

    /// `ue(v)`.
    pub(super) fn unsigned(&mut self, value: u32) {
        let code = value + 1;
        let length = code.ilog2();
        self.number(0, length);
        self.number(code, length + 1);
    }

    /// `se(v)`.
    pub(super) fn signed(&mut self, value: i32) {
        let code = value.unsigned_abs() * 2;
        self.unsigned(if value > 0 { code - 1 } else { code });
    }

    /// Ends the payload, and makes a NAL unit of it whose first byte is `header`.
    pub(super) fn unit(mut self, header: u8) -> Vec<u8> {
        self.bit(true);
        let mut unit = Vec::with_capacity(self.bytes.len() + 2);
        unit.push(header);
        let mut zeros = 0;
        for byte in self.bytes {
            // What would look like a start code gets a byte between.
            if zeros >= 2 && byte <= 3 {
                unit.push(3);
                zeros = 0;
            }
            zeros = if byte == 0 { zeros + 1 } else { 0 };
            unit.push(byte);
        }
        unit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(write: impl FnOnce(&mut Bits)) -> Vec<u8> {
        let mut bits = Bits::default();
        write(&mut bits);
        bits.unit(0x65)
    }

    #[test]
    fn numbers_have_the_codes_of_the_standard() {
        // 1, 010, 011, 00100 and the stop bit.
        let codes = unit(|bits| (0..4).for_each(|number| bits.unsigned(number)));
        assert_eq!(codes, [0x65, 0b1010_0110, 0b0100_1000]);
        // 0, 1, -1, 2 are the codes 0 to 3.
        let signed = unit(|bits| [0, 1, -1, 2].iter().for_each(|number| bits.signed(*number)));
        assert_eq!(signed, codes);
    }

    #[test]
    fn nothing_looks_like_a_start_code() {
        let zeros = unit(|bits| bits.number(0, 32));
        assert_eq!(zeros, [0x65, 0, 0, 3, 0, 0, 0x80]);
        let one = unit(|bits| bits.number(1, 24));
        assert_eq!(one, [0x65, 0, 0, 3, 1, 0x80]);
    }
}
