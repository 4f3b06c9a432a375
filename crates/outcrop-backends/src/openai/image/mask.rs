//! Masks: Bedrock's models have them in black and white, `/images/edits` in what is transparent.

use std::io::Cursor;

use outcrop_engine::Shade;
use png::{BitDepth, ColorType, Decoder, Encoder, Limits, Transformations};

/// Bytes that decoding may take, and pixels of the largest mask.
const LIMITS: (usize, u64) = (64 << 20, 16 << 20);

/// A PNG that is transparent where the mask, a PNG too, has the shade.
pub(super) fn transparent(mask: &[u8], shade: Shade) -> Option<Vec<u8>> {
    let limits = Limits { bytes: LIMITS.0 };
    let mut decoder = Decoder::new_with_limits(Cursor::new(mask), limits);
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = reader.info().size();
    if u64::from(width) * u64::from(height) > LIMITS.1 {
        return None;
    }
    let mut pixels = vec![0; reader.output_buffer_size()?];
    let read = reader.next_frame(&mut pixels).ok()?;
    pixels.truncate(read.buffer_size());
    let samples = read.color_type.samples();
    // Masks are grey; what is not has the shade of its first channel.
    let is_white = |pixel: &[u8]| pixel.first().is_some_and(|sample| *sample >= 128);
    let changes = pixels
        .chunks_exact(samples)
        .map(|pixel| is_white(pixel) == (shade == Shade::White));
    let alpha = changes.flat_map(|changes| [0, 0, 0, if changes { 0 } else { 255 }]);
    encode(&alpha.collect::<Vec<_>>(), width, height).ok()
}

fn encode(pixels: &[u8], width: u32, height: u32) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(ColorType::Rgba);
    encoder.set_depth(BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(file)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A mask whose left pixel is black and whose right one is white.
    pub(in crate::openai::image) fn halves() -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, 2, 1);
        encoder.set_color(ColorType::Grayscale);
        encoder.set_depth(BitDepth::Eight);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&[0, 255]).unwrap();
        writer.finish().unwrap();
        file
    }

    fn alphas(shade: Shade) -> [u8; 2] {
        let file = transparent(&halves(), shade).unwrap();
        let mut reader = Decoder::new(Cursor::new(file)).read_info().unwrap();
        let mut pixels = [1; 8];
        reader.next_frame(&mut pixels).unwrap();
        [pixels[3], pixels[7]]
    }

    #[test]
    fn what_changes_is_transparent() {
        assert_eq!(alphas(Shade::Black), [0, 255]);
        assert_eq!(alphas(Shade::White), [255, 0]);
    }

    #[test]
    fn what_is_no_png_is_no_mask() {
        let whole = halves();
        for file in [&b""[..], b"\xff\xd8\xff", &whole[..whole.len() / 2]] {
            assert_eq!(transparent(file, Shade::Black), None);
        }
    }
}
