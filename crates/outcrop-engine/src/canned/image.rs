//! Pictures: real PNG files of the asked size whose colours follow from the prompt.

use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, Filter};
use std::io::Write;

use super::chance::{Chance, hash64};

/// The largest width and height that can be asked for, in pixels.
pub const MAX_SIDE: u32 = 4096;

/// Cells along each side of the picture's pattern.
const CELLS: u32 = 8;

/// Why no picture was made.
#[derive(Debug, thiserror::Error)]
pub enum ImageError {
    /// The size is outside what can be drawn.
    #[error(
        "cannot draw {width}x{height} pixels; ask for a width and a height from 1 to {MAX_SIDE}"
    )]
    Size {
        /// What was asked, in pixels.
        width: u32,
        /// What was asked, in pixels.
        height: u32,
    },
    /// The picture could not be written.
    #[error("cannot encode the picture")]
    Encoding(#[from] EncodingError),
}

/// Draws the picture `index` of those that `prompt` and `seed` ask for: a symmetric pattern of cells on a gradient.
/// Takes some 100 ms at the largest size, so call it off the async threads.
pub fn draw(
    prompt: &str,
    seed: u64,
    index: u32,
    width: u32,
    height: u32,
) -> Result<Vec<u8>, ImageError> {
    if !(1..=MAX_SIDE).contains(&width) || !(1..=MAX_SIDE).contains(&height) {
        return Err(ImageError::Size { width, height });
    }
    let pattern = Pattern::new(hash64(
        prompt.as_bytes(),
        seed.wrapping_add(u64::from(index) << 48),
    ));
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    // Most rows equal the one above.
    encoder.set_filter(Filter::Up);
    let mut writer = encoder.write_header()?;
    let mut stream = writer.stream_writer()?;
    let mut row = Vec::with_capacity(width as usize * 3);
    for y in 0..height {
        pattern.row(y, width, height, &mut row);
        stream.write_all(&row).map_err(EncodingError::from)?;
    }
    stream.finish()?;
    writer.finish()?;
    Ok(file)
}

struct Pattern {
    top: [u8; 3],
    bottom: [u8; 3],
    ink: [u8; 3],
    cells: u64,
}

impl Pattern {
    fn new(seed: u64) -> Self {
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

    fn row(&self, y: u32, width: u32, height: u32, row: &mut Vec<u8>) {
        row.clear();
        // Bands instead of a smooth gradient: a small file, fast to write.
        let band = y * CELLS / height;
        let ground = [0, 1, 2].map(|part| blend(self.top[part], self.bottom[part], band));
        for x in 0..width {
            let column = x * CELLS / width;
            let mirrored = column.min(CELLS - 1 - column);
            let inked = self.cells >> (band * CELLS / 2 + mirrored) & 1 == 1;
            row.extend_from_slice(if inked { &self.ink } else { &ground });
        }
    }
}

fn blend(top: u8, bottom: u8, band: u32) -> u8 {
    let mixed = u32::from(top) * (CELLS - 1 - band) + u32::from(bottom) * band;
    u8::try_from(mixed / (CELLS - 1)).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(file: &[u8]) -> (u32, u32, Vec<u8>) {
        let mut reader = png::Decoder::new(std::io::Cursor::new(file))
            .read_info()
            .unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        (info.width, info.height, pixels)
    }

    #[test]
    fn pictures_decode_to_the_asked_size() {
        for (width, height) in [(1, 1), (3, 7), (512, 512), (1024, 768), (4096, 1)] {
            let file = draw("a lighthouse", 0, 0, width, height).unwrap();
            let (w, h, pixels) = decode(&file);
            assert_eq!((w, h), (width, height));
            assert_eq!(pixels.len(), (width * height * 3) as usize);
        }
    }

    #[test]
    fn pictures_follow_from_prompt_seed_and_index() {
        let pixels = |prompt, seed, index| decode(&draw(prompt, seed, index, 64, 64).unwrap()).2;
        let first = pixels("a lighthouse", 0, 0);
        assert_eq!(first, pixels("a lighthouse", 0, 0));
        assert_ne!(first, pixels("a lighthouse", 0, 1));
        assert_ne!(first, pixels("a lighthouse", 1, 0));
        assert_ne!(first, pixels("a windmill", 0, 0));
    }

    #[test]
    fn sizes_that_cannot_be_drawn_are_refused() {
        for (width, height) in [(0, 1), (1, 0), (4097, 1), (1, u32::MAX)] {
            assert!(matches!(
                draw("", 0, 0, width, height),
                Err(ImageError::Size { .. })
            ));
        }
    }
}
