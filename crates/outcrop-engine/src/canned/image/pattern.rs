//! What a picture shows: a symmetric pattern of cells on bands of colour.

use crate::canned::chance::Chance;

/// Cells along each side of the picture's pattern.
const CELLS: u32 = 8;

/// What to draw, whatever the size.
pub(in crate::canned) struct Pattern {
    top: [u8; 3],
    bottom: [u8; 3],
    ink: [u8; 3],
    cells: u64,
}

impl Pattern {
    pub(in crate::canned) fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let mut colour = |from: u8| {
            let [red, green, blue, ..] = chance.number().to_le_bytes();
            [red, green, blue].map(|part| from + part % 128)
        };
        Self {
            top: colour(0),
            bottom: colour(128),
            ink: colour(64),
            cells: chance.number(),
        }
    }

    /// Writes a row of pixels: three bytes each, or four where the ground is left out.
    pub(in crate::canned) fn row(
        &self,
        y: u32,
        (width, height): (u32, u32),
        transparent: bool,
        row: &mut Vec<u8>,
    ) {
        row.clear();
        // Bands instead of a smooth gradient: a small file, fast to write.
        let band = share(y, height);
        let ground = [0, 1, 2].map(|part| blend(self.top[part], self.bottom[part], band));
        for x in 0..width {
            let column = share(x, width);
            let mirrored = column.min(CELLS - 1 - column);
            let inked = self.cells >> (band * CELLS / 2 + mirrored) & 1 == 1;
            row.extend_from_slice(if inked { &self.ink } else { &ground });
            if transparent {
                row.push(if inked { u8::MAX } else { 0 });
            }
        }
    }
}

/// In which of the cells along a side a pixel lies.
fn share(place: u32, side: u32) -> u32 {
    place * CELLS / side
}

fn blend(top: u8, bottom: u8, band: u32) -> u8 {
    let mixed = u32::from(top) * (CELLS - 1 - band) + u32::from(bottom) * band;
    u8::try_from(mixed / (CELLS - 1)).unwrap_or(u8::MAX)
}
