//! Numbers in bytes, as the formats of before 2007 have them.

/// Numbers at places, none where the bytes end before.
pub(crate) trait Numbers {
    /// One byte.
    fn byte(&self, at: usize) -> Option<u8>;
    /// Two bytes, the lower first.
    fn short(&self, at: usize) -> Option<u16>;
    /// Four bytes, the lowest first.
    fn long(&self, at: usize) -> Option<u32>;
    /// Four bytes as a place or a length.
    fn size(&self, at: usize) -> Option<usize> {
        usize::try_from(self.long(at)?).ok()
    }
    /// So many bytes from a place.
    fn part(&self, at: usize, length: usize) -> Option<&[u8]>;
}

impl Numbers for [u8] {
    fn byte(&self, at: usize) -> Option<u8> {
        self.get(at).copied()
    }

    fn short(&self, at: usize) -> Option<u16> {
        let bytes = self.get(at..)?.first_chunk()?;
        Some(u16::from_le_bytes(*bytes))
    }

    fn long(&self, at: usize) -> Option<u32> {
        let bytes = self.get(at..)?.first_chunk()?;
        Some(u32::from_le_bytes(*bytes))
    }

    fn part(&self, at: usize, length: usize) -> Option<&[u8]> {
        self.get(at..at.checked_add(length)?)
    }
}
