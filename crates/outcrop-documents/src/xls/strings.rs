//! Texts, which may go on in the next record.

/// The bytes of a record and of those that go on with it.
#[derive(Debug)]
pub(super) struct Pieces<'a> {
    parts: std::vec::IntoIter<&'a [u8]>,
    rest: &'a [u8],
}

/// Characters of two bytes each.
const WIDE: u8 = 1;
/// Something about another language's reading comes behind.
const EXTENDED: u8 = 4;
/// Changes of the font come behind.
const RICH: u8 = 8;

impl<'a> Pieces<'a> {
    pub(super) fn new(parts: Vec<&'a [u8]>) -> Self {
        let mut parts = parts.into_iter();
        let rest = parts.next().unwrap_or_default();
        Self { parts, rest }
    }

    /// A text behind its length in a byte.
    pub(super) fn short_string(&mut self) -> Option<String> {
        let count = self.byte()?;
        self.string(count.into())
    }

    /// A text behind its length in two bytes.
    pub(super) fn long_string(&mut self) -> Option<String> {
        let count = self.short()?;
        self.string(count.into())
    }

    fn is_empty(&self) -> bool {
        self.rest.is_empty() && self.parts.as_slice().iter().all(|part| part.is_empty())
    }

    fn byte(&mut self) -> Option<u8> {
        loop {
            if let Some((first, rest)) = self.rest.split_first() {
                self.rest = rest;
                return Some(*first);
            }
            self.rest = self.parts.next()?;
        }
    }

    fn short(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn long(&mut self) -> Option<u32> {
        let (low, high) = (self.short()?, self.short()?);
        Some(u32::from(high) << 16 | u32::from(low))
    }

    pub(super) fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > self.rest.len() {
            count -= self.rest.len();
            self.rest = self.parts.next()?;
        }
        self.rest = self.rest.get(count..)?;
        Some(())
    }

    fn string(&mut self, count: usize) -> Option<String> {
        let flags = self.byte()?;
        let runs = if flags & RICH == 0 { 0 } else { self.short()? };
        let extra = if flags & EXTENDED == 0 {
            0
        } else {
            self.long()?
        };
        let extra = usize::try_from(extra).ok()?;
        let string = self.characters(count, flags & WIDE != 0)?;
        self.skip(usize::from(runs) * 4)?;
        self.skip(extra)?;
        Some(string)
    }

    fn characters(&mut self, count: usize, mut is_wide: bool) -> Option<String> {
        let mut units = Vec::new();
        while units.len() < count {
            if self.rest.is_empty() {
                // A text that goes on says again how wide its characters are.
                self.rest = self.parts.next()?;
                is_wide = self.byte()? & WIDE != 0;
                continue;
            }
            units.push(if is_wide {
                self.short()?
            } else {
                self.byte()?.into()
            });
        }
        Some(String::from_utf16_lossy(&units))
    }
}

/// The texts that cells have by their number.
pub(super) fn shared(mut pieces: Pieces<'_>) -> Option<Vec<String>> {
    let _all = pieces.long()?;
    let count = pieces.long()?;
    let mut strings = Vec::new();
    for _ in 0..count {
        // Some files tell of more than they have; a cell whose text is not there is seen.
        if pieces.is_empty() {
            break;
        }
        strings.push(pieces.long_string()?);
    }
    Some(strings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_go_on_in_other_records() {
        // Narrow, then wide in the next record; fonts and readings are passed by.
        let first = [
            2,
            0,
            0,
            0,
            2,
            0,
            0,
            0,
            4,
            0,
            RICH | EXTENDED,
            1,
            0,
            3,
            0,
            0,
            0,
            b'a',
            b'b',
        ];
        let second = [WIDE, 0xE9, 0, 0x22, 0x6F, 9, 9];
        let third = [9, 9, 7, 7, 7, 1, 0, 0, b'z'];
        let pieces = Pieces::new(vec![&first, &second, &third]);
        assert_eq!(shared(pieces).unwrap(), ["abé漢", "z"]);
    }

    #[test]
    fn texts_that_break_off_are_none() {
        for bytes in [
            &[5, 0, 0, b'a'][..],
            &[5],
            &[1, 0],
            &[1, 0, RICH, 9, 9, b'a'],
        ] {
            assert_eq!(Pieces::new(vec![bytes]).long_string(), None, "{bytes:?}");
        }
        assert_eq!(shared(Pieces::new(vec![&[0xFF; 12]])), None);
        assert_eq!(shared(Pieces::new(vec![&[0xFF; 8], &[]])), Some(Vec::new()));
    }
}
